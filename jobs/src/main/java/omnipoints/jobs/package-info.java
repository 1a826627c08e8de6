/** In what order. See the module list in README.md. */
package omnipoints.jobs;
