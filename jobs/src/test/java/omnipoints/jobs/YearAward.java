package omnipoints.jobs;

import java.time.LocalDate;
import java.time.LocalDateTime;
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
  LongUnaryOperator kept;
  Told.Thing thing;
  Told.TopUp topup;
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
