/**
 * Orders and after-sales fetched from the APIs of platforms: one small class of facts per platform
 * beside one pull that owns windows, pages, retries, tokens and proof. What was fetched lies in the
 * inbox afterwards, like a file somebody dropped there. The same client tells platforms what their
 * members may spend: {@link omnipoints.routes.pull.Syncer}, with one class of facts per platform.
 */
package omnipoints.routes.pull;
