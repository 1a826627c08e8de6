package omnipoints.facts;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Times of the examples: {@code 2} is noon of day 2, {@code 2.0} its T00:00, {@code end} the last
 * second of day 5, the night that decides, and {@code cut} the moment after.
 */
final class Days {
  static final LocalDate NIGHT = date(5);
  static final Instant MIDNIGHT = NIGHT.atStartOfDay().toInstant(ZoneOffset.UTC);
  static final Instant CUT = NIGHT.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
  static final Instant END = CUT.minusSeconds(1);

  private Days() {}

  static LocalDate date(int day) {
    return LocalDate.of(2026, 5, day);
  }

  static Instant at(String day) {
    if (day.equals("cut")) return CUT;
    if (day.equals("end")) return END;
    boolean start = day.endsWith(".0");
    LocalDate date = date(Integer.parseInt(start ? day.substring(0, day.length() - 2) : day));
    return date.atTime(start ? 0 : 12, 0).toInstant(ZoneOffset.UTC);
  }

  static String text(Instant at) {
    if (at.equals(CUT)) return "cut";
    if (at.equals(END)) return "end";
    int day = at.atZone(ZoneOffset.UTC).getDayOfMonth();
    return at.equals(at(day + ".0")) ? day + ".0" : String.valueOf(day);
  }
}
