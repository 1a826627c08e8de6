package omnipoints.points;

/**
 * What a grant pins beside its decision, for itself alone.
 *
 * @param granted points it was given at its award; less than it desired where a limit or a budget
 *     bound it
 * @param baseFen money of its cause then, before refunds
 */
public record Award(long granted, long baseFen) {}
