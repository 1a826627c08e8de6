package omnipoints.books;

import java.util.ArrayList;
import java.util.List;
import omnipoints.points.Award;
import omnipoints.points.Earning;
import omnipoints.points.PinnedRule;

/** The one-line formula behind an award or a clawback of a line: target minus posted. */
final class LineArithmetic {
  private LineArithmetic() {}

  /**
   * The formula, checked: it is only told if it yields the points of the entry; that of a clawback
   * yields how much is taken back, as a positive number.
   *
   * @param kind EARN or CLAWBACK
   * @param points of the entry, signed
   * @param award what a grant pinned for itself, null of a rate
   * @param charged what counts for what is kept of a rate since the tier it was paid in was lost,
   *     null where none was
   * @param postedBefore net points of the line's earlier entries of the same kind, signed
   * @param amounts what the line is worth as of the entry's night, null if its facts are gone
   */
  static String formula(
      String kind,
      long points,
      PinnedRule rule,
      Award award,
      PinnedRule charged,
      long postedBefore,
      LineAmounts amounts) {
    boolean clawback = kind.equals("CLAWBACK");
    long before = clawback ? -postedBefore : postedBefore;
    long target = before + (clawback ? -points : points);
    if (amounts != null && !clawback && Earning.points(rule, award, amounts.baseFen()) == target) {
      return Earning.arithmetic(rule, award, amounts.baseFen()) + minus(before);
    }
    if (amounts != null && clawback) {
      String told = taken(target, rule, award, rule, amounts, amounts.refundedFen());
      if (told == null && charged != null) {
        var steps = new ArrayList<>(List.of(0L));
        steps.addAll(amounts.refundedFen());
        told = taken(target, rule, award, charged, amounts, steps);
      }
      if (told != null) return told + minus(before);
    }
    // The facts of the line have changed since, or it lost its owner: what stands is what was
    // posted.
    return target + minus(before);
  }

  /** Null where no step takes so much. */
  private static String taken(
      long target,
      PinnedRule rule,
      Award award,
      PinnedRule left,
      LineAmounts amounts,
      List<Long> refundedFen) {
    for (long refunded : refundedFen) {
      long kept = Math.max(0, amounts.baseFen() - refunded);
      if (Earning.points(rule, award, amounts.baseFen()) - Earning.points(left, award, kept)
          != target) continue;
      return Earning.arithmetic(rule, award, amounts.baseFen())
          + " - "
          + Earning.arithmetic(left, award, kept);
    }
    return null;
  }

  private static String minus(long posted) {
    if (posted == 0) return "";
    return posted > 0 ? " - " + posted : " + " + -posted;
  }

  /**
   * What a line is worth.
   *
   * @param refundedFen cumulative refund after each step, as of a night, rising
   */
  record LineAmounts(long baseFen, List<Long> refundedFen) {}
}
