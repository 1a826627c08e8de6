package omnipoints.facts;

import java.time.Instant;
import java.util.List;

/**
 * What order space hands to member space: the money of one order tonight, without points. Grain:
 * one per order of the work set.
 *
 * @param owner the living member it belongs to, or null
 * @param paidAt null while it is unpaid
 * @param baseFen what the buyer paid without freight; 0 while unpaid
 * @param goodsRefundFen how much of it went back; 0 while unpaid
 * @param orderType its kind, null if not told
 * @param payment how it was paid, null if not told
 * @param lines one per known line, in the order of the facts; none where no document shows one
 */
public record Purchase(
    Acceptance acceptance,
    String owner,
    Instant paidAt,
    long baseFen,
    long goodsRefundFen,
    String orderType,
    String payment,
    List<Purchase.Line> lines) {

  /** One of which nothing tells its kind. */
  public Purchase(
      Acceptance acceptance,
      String owner,
      Instant paidAt,
      long baseFen,
      long goodsRefundFen,
      List<Purchase.Line> lines) {
    this(acceptance, owner, paidAt, baseFen, goodsRefundFen, null, null, lines);
  }

  /**
   * The money of a line.
   *
   * @param sku empty if it has none
   * @param live of the key generation that counts; others have no base
   * @param decidable bought before the cut
   * @param boughtAt its own time, else that of the payment; the last second of the night where the
   *     order has lost its payment
   * @param baseFen its part of the order's base, 0 if it earns nothing; what it is worth when the
   *     order is ACCEPTED
   * @param refunds cumulative refund of the line in time order, capped at baseFen
   * @param completedAt when it completed, null while it had not before the cut
   * @param afterSaleOpen an after-sale case of it is open
   */
  public record Line(
      LineKey key,
      String sku,
      boolean live,
      boolean decidable,
      Instant boughtAt,
      long baseFen,
      List<RefundStep> refunds,
      Instant completedAt,
      boolean afterSaleOpen) {

    /** The same line with other money. */
    Line with(long otherFen, List<RefundStep> otherRefunds) {
      return with(otherFen, otherRefunds, completedAt, afterSaleOpen);
    }

    /** The same line with other money, and what else of it is known by now. */
    Line with(
        long otherFen, List<RefundStep> otherRefunds, Instant otherCompletedAt, boolean open) {
      return new Line(
          key, sku, live, decidable, boughtAt, otherFen, otherRefunds, otherCompletedAt, open);
    }

    /** What of the base was not paid back. */
    public long keptFen() {
      return refunds.isEmpty() ? baseFen : baseFen - refunds.get(refunds.size() - 1).refundedFen();
    }
  }

  /** The same order with other lines. */
  Purchase with(List<Purchase.Line> other) {
    return new Purchase(
        acceptance, owner, paidAt, baseFen, goodsRefundFen, orderType, payment, other);
  }

  /** Whether the key is that of a line of the key generation that counts. */
  public boolean live(String line) {
    for (Line one : lines) if (one.live() && one.key().line().equals(line)) return true;
    return false;
  }
}
