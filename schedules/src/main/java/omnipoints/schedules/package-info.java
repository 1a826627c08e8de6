/** When. See the module list in README.md. */
package omnipoints.schedules;
