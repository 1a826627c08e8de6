/**
 * What rows a file holds: text, workbooks, web pages, archives, and the limits of all of them.
 * Knows no mapping, no channel and no record. See the module list in README.md.
 */
package omnipoints.files;
