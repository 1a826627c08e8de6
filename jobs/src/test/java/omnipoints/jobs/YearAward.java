package omnipoints.jobs;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.function.ToLongFunction;

/** What somebody is given for a reason; what of it was booked. */
final class YearAward {

  /** What it gives for so much money. */
  interface Money {

    /**
     * @param fen of each of the order's goods
     * @param order what is kept of the whole order
     */
    long of(ToLongFunction<Told.Thing> fen, long order);
  }

  final String birth;
  final String rule;
  final String key;
  final LocalDateTime at;
  final Told.Sale sale;
  final LocalDate availableOn;
  final LocalDate until;
  long target;

  /** Null where it does not go by money: that stays until all of the order went back. */
  Money money;

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

  /** What stays of it by what is kept of its order. */
  long left(ToLongFunction<Told.Thing> fen, long order) {
    if (money != null) return money.of(fen, order);
    return order > 0 ? target : 0;
  }
}
