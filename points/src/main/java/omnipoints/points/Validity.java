package omnipoints.points;

import java.time.LocalDate;
import java.time.MonthDay;
import java.time.YearMonth;

/** How long points live. */
public final class Validity {
  private Validity() {}

  /**
   * The last usable day of points that became available on {@code availableOn}, were booked in the
   * night {@code awarded}, and are given for something of the day {@code earned}; null when they
   * never expire.
   */
  static LocalDate expiresOn(
      Program.Expiry expiry, LocalDate availableOn, LocalDate awarded, LocalDate earned) {
    LocalDate start =
        switch (expiry.start()) {
          case AVAILABLE -> availableOn;
          case AWARD -> awarded;
          case PAID -> earned;
        };
    return expiresOn(expiry, start);
  }

  /**
   * The last usable day of points whose life begins on {@code start}; null when they never expire.
   * Rolling: start + length (clamped to the month's end) − 1 day, so 2024-02-29 + 1y → 2025-02-27.
   * Fixed: the end of the calendar month or year, or the day that years are said to end on, the
   * current one counted as the first.
   */
  public static LocalDate expiresOn(Program.Expiry expiry, LocalDate start) {
    int n = expiry.length();
    return switch (expiry.kind()) {
      case NEVER -> null;
      case ROLLING ->
          switch (expiry.unit()) {
            case DAY -> start.plusDays(n - 1L);
            case MONTH -> start.plusMonths(n).minusDays(1);
            case YEAR -> start.plusYears(n).minusDays(1);
          };
      case FIXED ->
          switch (expiry.unit()) {
            case DAY ->
                throw new IllegalArgumentException("a fixed expiry has months or years, not days");
            case MONTH -> YearMonth.from(start).plusMonths(n - 1L).atEndOfMonth();
            case YEAR -> yearEnd(expiry.yearEnd(), start).plusYears(n - 1L);
          };
    };
  }

  private static LocalDate yearEnd(MonthDay end, LocalDate start) {
    if (end == null) return LocalDate.of(start.getYear(), 12, 31);
    LocalDate thisYear = end.atYear(start.getYear());
    return thisYear.isBefore(start) ? end.atYear(start.getYear() + 1) : thisYear;
  }
}
