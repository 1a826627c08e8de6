/** How bytes arrive and leave. See the module list in README.md. */
package omnipoints.routes;
