/**
 * Levels of membership: what enters one, what holds it, and what a night makes of a member's.
 * {@link omnipoints.points.tiers.TierNight} is the one pure function; a night asks it for who
 * bought, returned, joined, merged, or is due.
 */
package omnipoints.points.tiers;
