package omnipoints.points.tiers;

/**
 * What keeps a level of a rolling window, whatever is measured.
 *
 * @param days a purchase is at most so long ago
 * @param otherwise the level of who bought nothing for longer
 */
public record Keep(int days, String otherwise) {}
