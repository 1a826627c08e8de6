/**
 * What people do about rows and files that no night would trust: read them again under a corrected
 * mapping or edited, in a spreadsheet if there are many, or give them up. The night knows nothing
 * of it: it meets a replay as a delivery like any other.
 */
package omnipoints.jobs.quarantine;
