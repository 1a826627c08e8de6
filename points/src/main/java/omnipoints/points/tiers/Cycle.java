package omnipoints.points.tiers;

import java.time.LocalDate;

/** Over which days a night measures. All but ROLLING are years that follow each other. */
public enum Cycle {
  /** So many days that end with the night. */
  ROLLING,
  /** From 1 January. */
  CALENDAR,
  /** From the day the tier came into force. */
  TIER_START,
  /** From the day of joining. */
  JOIN;

  /**
   * The first day of the year in which a day lies.
   *
   * @param anchor where the years of a member begin
   */
  LocalDate start(LocalDate anchor, LocalDate on) {
    if (this == CALENDAR) return on.withDayOfYear(1);
    if (anchor.isAfter(on)) return anchor;
    int years = on.getYear() - anchor.getYear();
    LocalDate start = anchor.plusYears(years);
    return start.isAfter(on) ? anchor.plusYears(years - 1L) : start;
  }

  /** The last day of that year. */
  LocalDate end(LocalDate anchor, LocalDate on) {
    LocalDate start = start(anchor, on);
    if (this == CALENDAR) return start.plusYears(1).minusDays(1);
    return anchor.plusYears(start.getYear() - anchor.getYear() + 1L).minusDays(1);
  }
}
