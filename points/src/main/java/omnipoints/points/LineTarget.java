package omnipoints.points;

import java.time.Instant;
import java.util.List;
import omnipoints.facts.LineKey;
import omnipoints.facts.RefundStep;

/**
 * What tonight is known of one award of a line, or of an order, for one account. Facts at or after
 * the cut are not in it.
 *
 * @param key {@link AwardKey} of the award
 * @param owned false when the line no longer belongs to this account: both targets are 0
 * @param earnedAt effective time of the award: payment, or the line's own time (POS)
 * @param baseFen earn base of the line; 0 if the line earns nothing (excluded, replaced by another
 *     key generation), or pins its decision for an award of the order. Of an order's rate, and of
 *     what a factor adds to it: not money but the points it is worth, and so are its refunds
 * @param refunds cumulative refund of the line in time order, the last one is the state of tonight;
 *     capped at baseFen
 * @param completedAt when the order completed, null while it has not
 * @param afterSaleOpen an after-sale case is open and holds the release
 * @param decision the one pinned at the line's first award on any account; before it what a first
 *     award of tonight would pin, null before the programme's first version
 * @param pinned it was awarded
 * @param award what a grant pinned, or would pin, for itself; null of a rate, unless its money is
 *     counted in points, because returns ask conditions again
 */
public record LineTarget(
    LineKey key,
    boolean owned,
    Instant earnedAt,
    long baseFen,
    List<RefundStep> refunds,
    Instant completedAt,
    boolean afterSaleOpen,
    PinnedRule decision,
    boolean pinned,
    Award award) {

  /** Points that stand for what is kept of it. */
  long points(PinnedRule rule, long kept) {
    boolean ofOrder = AwardKey.type(key) == MemberOutcome.CauseType.ORDER;
    if (rule.grant() == null)
      return ofOrder || award != null ? Math.max(0, kept) : Earning.points(rule, kept);
    return ofOrder && rule.grant().addsKept()
        ? Math.max(0, Math.min(award.granted(), kept))
        : Earning.points(rule, award, kept);
  }

  /** Points that would stand of it by now if nothing of it had been booked. */
  public long worth() {
    if (!owned || decision == null || baseFen <= 0) return 0;
    long back = refunds.isEmpty() ? 0 : refunds.get(refunds.size() - 1).refundedFen();
    return points(decision, baseFen - back);
  }

  /** Whether nothing but its decision is to be kept, for the award of its order. */
  boolean pinsOnly() {
    return owned && !pinned && baseFen == 0 && decision != null;
  }

  /** The target of a rate. */
  public LineTarget(
      LineKey key,
      boolean owned,
      Instant earnedAt,
      long baseFen,
      List<RefundStep> refunds,
      Instant completedAt,
      boolean afterSaleOpen,
      PinnedRule decision,
      boolean pinned) {
    this(
        key, owned, earnedAt, baseFen, refunds, completedAt, afterSaleOpen, decision, pinned, null);
  }

  /** The same, booked as of another moment. */
  public LineTarget at(Instant other) {
    return new LineTarget(
        key, owned, other, baseFen, refunds, completedAt, afterSaleOpen, decision, pinned, award);
  }

  /** The same, given so much. */
  public LineTarget granting(Award other) {
    return new LineTarget(
        key,
        owned,
        earnedAt,
        baseFen,
        refunds,
        completedAt,
        afterSaleOpen,
        decision,
        pinned,
        other);
  }
}
