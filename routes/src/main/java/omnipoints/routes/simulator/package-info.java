/**
 * Platforms that are not there: a real HTTP server on this machine that answers as their APIs do,
 * with all the trouble they make. For tests and for trying a pull without a shop.
 */
package omnipoints.routes.simulator;
