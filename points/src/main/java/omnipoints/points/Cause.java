package omnipoints.points;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import omnipoints.facts.LineKey;
import omnipoints.facts.Purchase;
import omnipoints.facts.RefundStep;

/**
 * What an award is given for: a line of an order, or the order as a whole.
 *
 * @param key its line is {@code ""} for the order
 * @param at when it was bought
 * @param baseFen money before refunds, without excluded goods
 * @param refunds cumulative, in time order
 * @param completedAt null while it has not
 */
record Cause(
    LineKey key,
    Instant at,
    long baseFen,
    List<RefundStep> refunds,
    Instant completedAt,
    boolean afterSaleOpen) {

  static Cause of(Purchase.Line line) {
    return new Cause(
        line.key(),
        line.boughtAt(),
        line.baseFen(),
        line.refunds(),
        line.completedAt(),
        line.afterSaleOpen());
  }

  /**
   * The order: it is complete when every line that earns is, and what went back of it is what went
   * back of them. Null where it has no lines.
   */
  static Cause of(Purchase purchase) {
    if (purchase.lines().isEmpty()) return null;
    LineKey first = purchase.lines().get(0).key();
    Instant at = null;
    Instant completedAt = null;
    boolean complete = true;
    boolean afterSaleOpen = false;
    long base = 0;
    var refunds = new ArrayList<List<RefundStep>>();
    for (Purchase.Line line : purchase.lines()) {
      if (at == null || line.boughtAt() != null && line.boughtAt().isBefore(at))
        at = line.boughtAt();
      if (line.baseFen() <= 0) continue;
      base = Math.addExact(base, line.baseFen());
      afterSaleOpen |= line.afterSaleOpen();
      complete &= line.completedAt() != null;
      if (complete && (completedAt == null || line.completedAt().isAfter(completedAt)))
        completedAt = line.completedAt();
      refunds.add(line.refunds());
    }
    if (purchase.paidAt() != null) at = purchase.paidAt();
    LineKey key = new LineKey(first.channel(), first.shop(), first.order(), "");
    return new Cause(
        key, at, base, RefundStep.together(refunds), complete ? completedAt : null, afterSaleOpen);
  }

  /** Money that did not go back. */
  long keptFen() {
    return refunds.isEmpty() ? baseFen : baseFen - refunds.get(refunds.size() - 1).refundedFen();
  }

  /** The same, of which nothing goes back before all of the order does. */
  Cause within(Cause order) {
    return baseFen <= 0
        ? this
        : new Cause(key, at, order.baseFen, order.refunds, completedAt, afterSaleOpen);
  }
}
