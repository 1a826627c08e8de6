/**
 * The words of a points programme that multiply: conditions, windows, what a rule gives, and how
 * several of them count together. Each kind is one small file with its pure function and its
 * sentence; {@link omnipoints.points.rules.Facts} holds all that may be asked.
 */
package omnipoints.points.rules;
