package omnipoints.jobs;

import java.time.Instant;
import java.time.LocalDate;
import omnipoints.points.rules.Item;
import omnipoints.points.rules.PassGiven;

/**
 * A pass that the night gives. Grain: one per redemption of passes, or entry of a draw that won
 * one.
 *
 * @param toAt exclusive, null: open
 * @param uses null for any number
 */
record PassRow(
    String requestNo,
    String memberId,
    String pass,
    LocalDate night,
    Instant fromAt,
    Instant toAt,
    Long uses) {

  static PassRow of(
      Night night, String requestNo, String member, Item item, long qty, Instant from) {
    PassGiven pass = item.pass();
    LocalDate last = pass.lastDay(LocalDate.ofInstant(from, night.zone()));
    return new PassRow(
        requestNo,
        member,
        pass.pass(),
        night.date(),
        from,
        last == null ? null : last.plusDays(1).atStartOfDay(night.zone()).toInstant(),
        pass.uses() == null ? null : (Long) Math.multiplyExact(pass.uses(), qty));
  }
}
