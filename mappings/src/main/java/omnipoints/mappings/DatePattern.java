package omnipoints.mappings;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A declared date format, compiled: {@code yyyy MM M dd d HH H mm ss XXX}, other letters in quotes
 * ({@code 'T'}). A two-letter part has exactly two digits, a one-letter part one or two. Seconds
 * may carry a fraction. Nothing is guessed: a text that does not match from end to end, or names no
 * real date, is no date. {@code epoch_seconds} and {@code epoch_millis} are formats of their own.
 */
public final class DatePattern {
  private enum Kind {
    YEAR,
    MONTH,
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    OFFSET,
    LITERAL,
    /** Seconds or milliseconds since 1970, the whole text. */
    EPOCH
  }

  /** What a number of seconds or milliseconds is declared by. */
  private static final Map<String, Integer> EPOCHS = Map.of("epoch_seconds", 0, "epoch_millis", 3);

  /** More digits than any millisecond of the next centuries has. */
  private static final int EPOCH_DIGITS = 14;

  private static final Instant EPOCH_FIRST = Instant.parse("1990-01-01T00:00:00Z");
  private static final Instant EPOCH_LAST = Instant.parse("2200-01-01T00:00:00Z");

  private record Part(Kind kind, int minDigits, int maxDigits, char literal) {}

  private final String pattern;
  private final List<Part> parts;
  private final boolean withTime;

  private DatePattern(String pattern, List<Part> parts) {
    this.pattern = pattern;
    this.parts = List.copyOf(parts);
    this.withTime =
        parts.stream().anyMatch(part -> part.kind == Kind.HOUR || part.kind == Kind.EPOCH);
  }

  /** Compiles {@code pattern}; throws IllegalArgumentException with the offending letter. */
  public static DatePattern of(String pattern) {
    Integer decimals = EPOCHS.get(pattern);
    if (decimals != null)
      return new DatePattern(pattern, List.of(new Part(Kind.EPOCH, decimals, 0, ' ')));
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < pattern.length(); ) {
      char c = pattern.charAt(i);
      if (c == '\'') {
        int close = pattern.indexOf('\'', i + 1);
        if (close < 0)
          throw new IllegalArgumentException("date format " + pattern + ": quote is not closed");
        for (char quoted : pattern.substring(i + 1, close).toCharArray())
          parts.add(literal(quoted));
        i = close + 1;
        continue;
      }
      int end = i;
      while (end < pattern.length() && pattern.charAt(end) == c) end++;
      if (Character.isLetter(c)) parts.add(field(pattern, pattern.substring(i, end)));
      else for (int k = i; k < end; k++) parts.add(literal(c));
      i = end;
    }
    DatePattern compiled = new DatePattern(pattern, parts);
    for (Kind needed : List.of(Kind.YEAR, Kind.MONTH, Kind.DAY)) {
      if (parts.stream().noneMatch(part -> part.kind == needed)) {
        throw new IllegalArgumentException(
            "date format " + pattern + " has no " + needed.name().toLowerCase());
      }
    }
    return compiled;
  }

  private static Part literal(char c) {
    return new Part(Kind.LITERAL, 0, 0, c);
  }

  private static Part field(String pattern, String letters) {
    return switch (letters) {
      case "yyyy" -> new Part(Kind.YEAR, 4, 4, ' ');
      case "MM" -> new Part(Kind.MONTH, 2, 2, ' ');
      case "M" -> new Part(Kind.MONTH, 1, 2, ' ');
      case "dd" -> new Part(Kind.DAY, 2, 2, ' ');
      case "d" -> new Part(Kind.DAY, 1, 2, ' ');
      case "HH" -> new Part(Kind.HOUR, 2, 2, ' ');
      case "H" -> new Part(Kind.HOUR, 1, 2, ' ');
      case "mm" -> new Part(Kind.MINUTE, 2, 2, ' ');
      case "ss" -> new Part(Kind.SECOND, 2, 2, ' ');
      case "XXX" -> new Part(Kind.OFFSET, 0, 0, ' ');
      default ->
          throw new IllegalArgumentException(
              "date format "
                  + pattern
                  + ": '"
                  + letters
                  + "' is none of yyyy MM M dd d HH H mm ss XXX");
    };
  }

  /** Whether it says the hour, too. */
  public boolean withTime() {
    return withTime;
  }

  /**
   * The instant written in {@code chars[from, to)}, in {@code zone} if it has no offset; null if it
   * does not match.
   */
  public Instant instant(char[] chars, int from, int to, ZoneId zone) {
    if (parts.get(0).kind == Kind.EPOCH) return epoch(chars, from, to, parts.get(0).minDigits);
    Scan scan = scan(chars, from, to);
    if (scan == null) return null;
    try {
      LocalDateTime local =
          LocalDateTime.of(
              LocalDate.of(scan.year, scan.month, scan.day),
              LocalTime.of(scan.hour, scan.minute, scan.second, scan.nano));
      ZoneOffset offset = scan.offset != null ? scan.offset : zone.getRules().getOffset(local);
      return local.toInstant(offset);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** The moment that is so many seconds, or thousandths of them, after 1970 began. */
  private static Instant epoch(char[] chars, int from, int to, int decimals) {
    if (from == to || to - from > EPOCH_DIGITS) return null;
    long count = 0;
    for (int i = from; i < to; i++) {
      if (chars[i] < '0' || chars[i] > '9') return null;
      count = count * 10 + chars[i] - '0';
    }
    Instant moment = decimals == 0 ? Instant.ofEpochSecond(count) : Instant.ofEpochMilli(count);
    // Milliseconds in place of seconds are millennia away, seconds in place of milliseconds weeks.
    return moment.isBefore(EPOCH_FIRST) || moment.isAfter(EPOCH_LAST) ? null : moment;
  }

  /** The date written in {@code chars[from, to)}, null if it does not match. */
  public LocalDate date(char[] chars, int from, int to) {
    Scan scan = scan(chars, from, to);
    if (scan == null) return null;
    try {
      return LocalDate.of(scan.year, scan.month, scan.day);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /**
   * The time in this format; null if the format cannot say it to the second, or needs an offset.
   */
  String write(LocalDateTime time) {
    if (parts.get(0).kind == Kind.EPOCH) return null;
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      switch (part.kind) {
        case LITERAL -> text.append(part.literal);
        case OFFSET -> {
          return null;
        }
        default -> {
          String digits = String.valueOf(value(part.kind, time));
          text.append("0".repeat(Math.max(0, part.minDigits - digits.length()))).append(digits);
          if (part.kind == Kind.SECOND && time.getNano() != 0) {
            text.append('.').append(String.format(Locale.ROOT, "%09d", time.getNano()), 0, 3);
          }
        }
      }
    }
    char[] chars = text.toString().toCharArray();
    Instant read = instant(chars, 0, chars.length, ZoneOffset.UTC);
    LocalDateTime meant = withTime ? time : time.toLocalDate().atStartOfDay();
    return meant.toInstant(ZoneOffset.UTC).equals(read) ? text.toString() : null;
  }

  private static int value(Kind kind, LocalDateTime time) {
    return switch (kind) {
      case YEAR -> time.getYear();
      case MONTH -> time.getMonthValue();
      case DAY -> time.getDayOfMonth();
      case HOUR -> time.getHour();
      case MINUTE -> time.getMinute();
      default -> time.getSecond();
    };
  }

  private static final class Scan {
    int year;
    int month;
    int day;
    int hour;
    int minute;
    int second;
    int nano;
    ZoneOffset offset;
  }

  private Scan scan(char[] chars, int from, int to) {
    if (parts.get(0).kind == Kind.EPOCH) return null;
    Scan scan = new Scan();
    int at = from;
    for (int p = 0; p < parts.size(); p++) {
      Part part = parts.get(p);
      if (part.kind == Kind.LITERAL) {
        if (at >= to || chars[at] != part.literal) return null;
        at++;
        continue;
      }
      if (part.kind == Kind.OFFSET) {
        at = offset(chars, at, to, scan);
        if (at < 0) return null;
        continue;
      }
      int value = 0;
      int digits = 0;
      while (digits < part.maxDigits && at < to && chars[at] >= '0' && chars[at] <= '9') {
        value = value * 10 + chars[at++] - '0';
        digits++;
      }
      if (digits < part.minDigits) return null;
      switch (part.kind) {
        case YEAR -> scan.year = value;
        case MONTH -> scan.month = value;
        case DAY -> scan.day = value;
        case HOUR -> scan.hour = value;
        case MINUTE -> scan.minute = value;
        default -> {
          scan.second = value;
          at = fraction(chars, at, to, scan);
          if (at < 0) return null;
        }
      }
    }
    return at == to && scan.year >= 1900 ? scan : null;
  }

  /** Optional {@code .digits}; -1 for a point without digits or with more than nine. */
  private static int fraction(char[] chars, int at, int to, Scan scan) {
    if (at >= to || chars[at] != '.') return at;
    int nano = 0;
    int digits = 0;
    int i = at + 1;
    while (i < to && chars[i] >= '0' && chars[i] <= '9') {
      if (++digits > 9) return -1;
      nano = nano * 10 + chars[i++] - '0';
    }
    if (digits == 0) return -1;
    for (; digits < 9; digits++) nano *= 10;
    scan.nano = nano;
    return i;
  }

  /** {@code Z} or {@code +hh:mm}. */
  private static int offset(char[] chars, int at, int to, Scan scan) {
    if (at < to && chars[at] == 'Z') {
      scan.offset = ZoneOffset.UTC;
      return at + 1;
    }
    if (to - at < 6 || (chars[at] != '+' && chars[at] != '-') || chars[at + 3] != ':') return -1;
    for (int i : new int[] {1, 2, 4, 5}) {
      if (chars[at + i] < '0' || chars[at + i] > '9') return -1;
    }
    int hours = (chars[at + 1] - '0') * 10 + chars[at + 2] - '0';
    int minutes = (chars[at + 4] - '0') * 10 + chars[at + 5] - '0';
    int total = (hours * 60 + minutes) * 60;
    if (minutes > 59 || total > 18 * 3600) return -1;
    scan.offset = ZoneOffset.ofTotalSeconds(chars[at] == '-' ? -total : total);
    return at + 6;
  }

  @Override
  public String toString() {
    return pattern;
  }
}
