/** Copies of an installation that it can be made again from: its database, secrets and settings. */
package omnipoints.jobs.backup;
