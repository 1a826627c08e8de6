/** What a field means. See the module list in README.md. */
package omnipoints.mappings;
