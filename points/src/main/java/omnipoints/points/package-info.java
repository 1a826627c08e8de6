/** What an event is worth. See the module list in README.md. */
package omnipoints.points;
