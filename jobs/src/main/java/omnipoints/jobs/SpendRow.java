package omnipoints.jobs;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/**
 * What a verdict changed of what a member spent: rows of all nights add up to what stands. Grain:
 * one per night, order, member and date of payment.
 *
 * @param channel where it was sold, with {@code shop}
 * @param orders 1; -1 where the order is no longer his, or was paid on another date; 0 where only
 *     amounts changed
 * @param refundFen of goods, at most the base
 * @param kept 1 where something of an order is kept; -1 where it came back whole, or is no longer
 *     his; 0 where that did not change
 */
record SpendRow(
    LocalDate night,
    String memberId,
    String channel,
    String shop,
    LocalDate paidOn,
    int orders,
    long baseFen,
    long refundFen,
    int kept) {

  /**
   * The difference between two verdicts on one order.
   *
   * @param before null if no night looked at it so far
   */
  static List<SpendRow> between(String channel, String shop, VerdictRow before, VerdictRow now) {
    SpendRow was = before == null ? null : of(channel, shop, before, now.night());
    SpendRow is = of(channel, shop, now, now.night());
    if (was == null || is == null) {
      if (was == null && is == null) return List.of();
      return List.of(was == null ? is : was.negated());
    }
    if (!was.memberId.equals(is.memberId) || !Objects.equals(was.paidOn, is.paidOn))
      return List.of(was.negated(), is);
    if (was.baseFen == is.baseFen && was.refundFen == is.refundFen) return List.of();
    return List.of(
        new SpendRow(
            is.night,
            is.memberId,
            channel,
            shop,
            is.paidOn,
            0,
            is.baseFen - was.baseFen,
            is.refundFen - was.refundFen,
            is.kept - was.kept));
  }

  private static SpendRow of(String channel, String shop, VerdictRow verdict, LocalDate night) {
    if (verdict.paidOn() == null) return null;
    long refund = Math.min(verdict.goodsRefundFen(), verdict.baseFen());
    return new SpendRow(
        night,
        verdict.owner(),
        channel,
        shop,
        verdict.paidOn(),
        1,
        verdict.baseFen(),
        refund,
        verdict.baseFen() > refund ? 1 : 0);
  }

  private SpendRow negated() {
    return new SpendRow(
        night, memberId, channel, shop, paidOn, -orders, -baseFen, -refundFen, -kept);
  }
}
