package omnipoints.books;

import java.time.Instant;
import java.time.LocalDate;

/**
 * The night as of which something is asked.
 *
 * @param past somebody asked for a night of the past: what became known later counts as unknown
 */
public record AsOf(LocalDate night, boolean past) {
  private static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

  /** As of now: of the last closed night, if there is one. */
  public static AsOf now(Books books) {
    return new AsOf(books.lastClosedOrNever(), false);
  }

  /** As of a closed night. */
  public static AsOf night(LocalDate night) {
    return new AsOf(night, true);
  }

  /**
   * The moment whose tokens are in force: the last one of a night of the past, else a day that
   * never comes.
   */
  Instant moment(Books books) {
    if (!past) return NEVER;
    Instant cut = night.plusDays(1).atStartOfDay(books.zone()).toInstant();
    return cut.minusNanos(1000);
  }
}
