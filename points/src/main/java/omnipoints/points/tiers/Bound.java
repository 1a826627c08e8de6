package omnipoints.points.tiers;

/**
 * How much of a measure is asked for.
 *
 * @param from least, included
 * @param to most, included
 */
record Bound(Measure measure, long from, long to) {

  boolean met(Figures figures) {
    long value = figures.of(measure);
    return value >= from && value <= to;
  }

  long missing(Figures figures) {
    return Math.max(0, from - figures.of(measure));
  }

  boolean empty() {
    return from > to;
  }
}
