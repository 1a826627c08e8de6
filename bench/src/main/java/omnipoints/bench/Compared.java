package omnipoints.bench;

import java.util.List;

/**
 * What the two books of a night say beside each other.
 *
 * @param kinds per kind of entry: kind, entries, points, moved points, as the product booked them
 * @param differences one line each: what, side, detail
 */
record Compared(List<String[]> kinds, List<String> differences) {}
