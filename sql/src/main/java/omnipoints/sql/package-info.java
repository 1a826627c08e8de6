/** What is true. See the module list in README.md. */
package omnipoints.sql;
