package omnipoints.jobs;

import java.util.List;

/**
 * Between what values a figure of a night is as it was lately.
 *
 * @param nights of whose values it is made; 0: none, and {@code high} is a limit of the settings
 * @param low null: nothing is too little
 * @param middle the median; null without a band
 * @param high null: nothing is too much
 */
record Band(int nights, Long low, Long middle, Long high) {

  /** So few nights say nothing of what is usual. */
  static final int FEWEST = 7;

  private static final int SPREADS = 3;

  /** No band, and no limit either. */
  static final Band NONE = limit(null);

  /** What the settings allow a channel whose nights say nothing yet; null: anything. */
  static Band limit(Long most) {
    return new Band(0, null, null, most);
  }

  /**
   * From the lower quartile less three times the distance of the quartiles to the upper one plus as
   * much, so that weekdays and weekends both fit and one odd night moves nothing; never nearer to
   * the quartiles than the figure's own least width, so that a shop without any variance does not
   * stop for a little.
   *
   * @param values of the last nights, sorted; at least {@link #FEWEST}
   */
  static Band of(Figure figure, List<Long> values) {
    int last = values.size() - 1;
    long lower = values.get(last / 4);
    long upper = values.get(last - last / 4);
    long middle = values.get(last / 2);
    long width = Math.max(SPREADS * (upper - lower), figure.width(Math.abs(middle)));
    Long low = figure.tooLittle() && lower - width > 0 ? lower - width : null;
    return new Band(values.size(), low, middle, upper + width);
  }

  boolean holds(long value) {
    return (low == null || value >= low) && (high == null || value <= high);
  }

  /** {@code 80120 to 160400}, {@code at most 5.00 %}. */
  String shown(Figure figure) {
    if (high == null) return "anything";
    String most = figure.shown(high);
    return low == null ? "at most " + most : figure.shown(low) + " to " + most;
  }
}
