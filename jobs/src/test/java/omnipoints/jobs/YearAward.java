package omnipoints.jobs;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;

/** What somebody is given for a reason; what of it was booked. */
final class YearAward {
  final String birth;
  final String rule;
  final String key;
  final LocalDateTime at;
  final Told.Sale sale;
  final LocalDate availableOn;
  final LocalDate until;
  long target;

  /** What stays of it, by what is kept in fen of its own money and of the whole order. */
  LongBinaryOperator kept;

  /** Of a line: what it gives for so much money. */
  LongUnaryOperator worth;

  Told.Thing thing;
  Told.TopUp topup;
  long granted;
  boolean barren;
  boolean revoked;
  long earned;
  long clawed;

  YearAward(
      String birth,
      String rule,
      String key,
      LocalDateTime at,
      Told.Sale sale,
      LocalDate availableOn,
      LocalDate until,
      long target) {
    this.birth = birth;
    this.rule = rule;
    this.key = key;
    this.at = at;
    this.sale = sale;
    this.availableOn = availableOn;
    this.until = until;
    this.target = target;
  }
}
