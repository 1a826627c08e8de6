package omnipoints.jobs;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.time.format.TextStyle;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A document that nights must bring.
 *
 * @param shop null: of any shop
 * @param days of the week of the business date on which it is expected; never empty
 * @param deadline until when, on the day after the business date, a night waits for it; null: no
 *     night waits
 */
public record Expected(String document, String shop, Set<DayOfWeek> days, LocalTime deadline) {

  /** Every night. */
  static final Set<DayOfWeek> EVERY_DAY = EnumSet.allOf(DayOfWeek.class);

  private static final int SHORT = 3;

  boolean on(LocalDate date) {
    return days.contains(date.getDayOfWeek());
  }

  /** {@code expected every night}, or on which days. */
  String when() {
    if (days.equals(EVERY_DAY)) return "expected every night";
    return "expected on "
        + days.stream()
            .map(day -> day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH))
            .collect(Collectors.joining(", "));
  }

  /** The moment until which night {@code date} waits, empty if it does not. */
  Optional<Instant> waits(LocalDate date, ZoneId zone) {
    return Optional.ofNullable(deadline)
        .map(time -> date.plusDays(1).atTime(time).atZone(zone).toInstant());
  }

  /** {@code 09:30} as people write it, empty if it is none. */
  static Optional<LocalTime> time(String text) {
    try {
      return Optional.of(LocalTime.parse(text.length() == SHORT + 1 ? "0" + text : text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** A day by its first three letters or its name in English, empty if it is none. */
  static Optional<DayOfWeek> day(String text) {
    String name = text.toUpperCase(Locale.ROOT);
    for (DayOfWeek day : DayOfWeek.values())
      if (name.equals(day.name()) || name.equals(day.name().substring(0, SHORT)))
        return Optional.of(day);
    return Optional.empty();
  }
}
