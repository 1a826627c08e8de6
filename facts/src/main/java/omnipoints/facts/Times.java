package omnipoints.facts;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;

/**
 * How instants are printed: ISO-8601 in the installation's zone, seconds always, fractions only if
 * not zero.
 */
public final class Times {

  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .appendOffsetId()
          .toFormatter();

  private Times() {}

  /** {@code 2017-07-08T00:42:32+08:00}; null stays null. */
  public static String print(Instant instant, ZoneId zone) {
    return instant == null ? null : ISO.format(ZonedDateTime.ofInstant(instant, zone));
  }
}
