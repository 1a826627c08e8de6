/**
 * Platforms that are not there: a real HTTP server on this machine that answers as their APIs do,
 * with all the trouble they make. Its world of orders is known, so that the demo and tests know the
 * truth; no night uses it.
 */
package omnipoints.routes.simulator;
