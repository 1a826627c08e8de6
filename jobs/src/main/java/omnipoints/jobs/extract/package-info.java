/**
 * Files as they are handed out: written beside their place and shown whole, kept compressed so that
 * they can be written again byte for byte, and safe to open in a spreadsheet if people read them.
 * Knows no night and no home: which rows go into which file is said by the steps.
 */
package omnipoints.jobs.extract;
