package omnipoints.points;

import java.time.Instant;
import java.util.List;
import omnipoints.facts.Acceptance;
import omnipoints.facts.Purchase;
import omnipoints.facts.RefundStep;

/**
 * What becomes of an order that an activity names, as order space decided it tonight.
 *
 * @param at when it was bought, null while it is not paid
 * @param type its kind, null where nobody tells it
 * @param owner the living member it belongs to, null while nobody knows
 * @param decided whether tonight says anything of it; else what was given for it stays as it is
 * @param baseFen money before refunds, 0 where the order counts for nothing
 * @param refunds cumulative, in time order
 * @param completedAt null while it has not
 * @param afterSaleOpen an after-sale case holds its points
 */
public record NamedOrder(
    Instant at,
    String type,
    String owner,
    boolean decided,
    long baseFen,
    List<RefundStep> refunds,
    Instant completedAt,
    boolean afterSaleOpen) {

  /** Of tonight's money of the order. */
  public static NamedOrder of(Purchase purchase) {
    Acceptance acceptance = purchase.acceptance();
    boolean decided = acceptance.decided() || acceptance == Acceptance.UNATTRIBUTED;
    Cause cause = acceptance == Acceptance.ACCEPTED ? Cause.of(purchase) : null;
    return cause == null
        ? new NamedOrder(
            purchase.paidAt(),
            purchase.orderType(),
            purchase.owner(),
            decided,
            0,
            List.of(),
            null,
            false)
        : new NamedOrder(
            cause.at(),
            purchase.orderType(),
            purchase.owner(),
            decided,
            cause.baseFen(),
            cause.refunds(),
            cause.completedAt(),
            cause.afterSaleOpen());
  }

  /** Whether what a member does counts who names it: it is his, and something of it is kept. */
  public boolean bears(String member) {
    return member.equals(owner) && keptFen() > 0;
  }

  /** Money that did not go back. */
  public long keptFen() {
    return refunds.isEmpty() ? baseFen : baseFen - refunds.get(refunds.size() - 1).refundedFen();
  }
}
