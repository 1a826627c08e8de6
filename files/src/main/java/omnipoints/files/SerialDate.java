package omnipoints.files;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;

/** Dates as a spreadsheet stores them: days since an epoch, the time of day as a fraction. */
public final class SerialDate {
  private static final LocalDate EPOCH_1900 = LocalDate.of(1899, 12, 30);
  private static final LocalDate EPOCH_1904 = LocalDate.of(1904, 1, 1);
  private static final long LAST_DAY = 2_958_465;
  private static final BigDecimal DAY_MILLIS = BigDecimal.valueOf(86_400_000);

  private SerialDate() {}

  /**
   * The moment, to the millisecond. Null if the number is none: before the first day, a time of day
   * alone, beyond the year 9999, or the 29th of February 1900, which the 1900 epoch counts although
   * it never was.
   *
   * @param number plain digits
   */
  public static LocalDateTime of(String number, boolean epoch1904) {
    BigDecimal serial;
    try {
      serial = new BigDecimal(number);
    } catch (NumberFormatException e) {
      return null;
    }
    if (serial.signum() < 0 || serial.compareTo(BigDecimal.valueOf(LAST_DAY + 1)) >= 0) return null;
    long day = serial.longValue();
    if (day == 0 || (!epoch1904 && day == 60)) return null;
    LocalDate date =
        epoch1904 ? EPOCH_1904.plusDays(day) : EPOCH_1900.plusDays(day < 60 ? day + 1 : day);
    long millis =
        serial
            .subtract(BigDecimal.valueOf(day))
            .multiply(DAY_MILLIS)
            .setScale(0, RoundingMode.HALF_UP)
            .longValue();
    return date.atStartOfDay().plusNanos(millis * 1_000_000);
  }

  /** The serial of an ISO date, or date and time, without offset; null if the text is none. */
  static String serial(String iso, boolean epoch1904) {
    String local = iso.endsWith("Z") ? iso.substring(0, iso.length() - 1) : iso;
    LocalDateTime time;
    try {
      time =
          local.length() == "2026-05-04".length()
              ? LocalDate.parse(local).atStartOfDay()
              : LocalDateTime.parse(local);
    } catch (DateTimeParseException e) {
      return null;
    }
    long days = ChronoUnit.DAYS.between(epoch1904 ? EPOCH_1904 : EPOCH_1900, time.toLocalDate());
    if (days <= 60) return null;
    BigDecimal millis = BigDecimal.valueOf(time.toLocalTime().toNanoOfDay() / 1_000_000);
    BigDecimal serial =
        BigDecimal.valueOf(days).add(millis.divide(DAY_MILLIS, 12, RoundingMode.HALF_UP));
    return serial.stripTrailingZeros().toPlainString();
  }

  /**
   * The time of day of a fraction of a day, to the millisecond, as {@code HH:mm:ss} with the
   * fraction it has; the number itself if it is none.
   */
  public static String time(String number) {
    BigDecimal fraction;
    try {
      fraction = new BigDecimal(number);
    } catch (NumberFormatException e) {
      return number;
    }
    if (fraction.signum() < 0 || fraction.compareTo(BigDecimal.ONE) >= 0) return number;
    long millis = fraction.multiply(DAY_MILLIS).setScale(0, RoundingMode.HALF_UP).longValue();
    if (millis >= DAY_MILLIS.longValue()) return number;
    LocalTime time = LocalTime.ofNanoOfDay(millis * 1_000_000);
    return DateTimeFormatter.ofPattern(time.getNano() == 0 ? "HH:mm:ss" : "HH:mm:ss.SSS")
        .format(time);
  }
}
