/**
 * What happened: the records rows become, their keys and states; what they say together of an
 * order's money ({@link omnipoints.facts.OrderDecision}) and of people ({@link
 * omnipoints.facts.IdentityGraph}). Pure: no clock, no I/O, no rule of points. See the module list
 * in README.md.
 */
package omnipoints.facts;
