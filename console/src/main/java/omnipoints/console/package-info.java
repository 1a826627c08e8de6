/** Who steers. See the module list in README.md. */
package omnipoints.console;
