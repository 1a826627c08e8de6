/**
 * What happened: records, keys, states. Pure, no clock, no I/O. See the module list in README.md.
 */
package omnipoints.facts;
