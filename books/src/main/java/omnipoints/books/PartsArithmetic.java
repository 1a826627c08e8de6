package omnipoints.books;

import java.util.List;
import java.util.stream.Collectors;
import omnipoints.points.Award;
import omnipoints.points.Earning;
import omnipoints.points.PinnedRule;

/** The formula behind what a factor adds to an order whose lines are each rounded by themselves. */
final class PartsArithmetic {
  private PartsArithmetic() {}

  /**
   * A line of the order.
   *
   * @param decision what it pinned for the factor, or the order for it
   */
  record Part(PinnedRule decision, long baseFen, long keptFen) {}

  /**
   * What was added to each line; of a clawback, less what is still added. Null where that does not
   * yield the points of the entry.
   *
   * @param points of the entry, signed
   * @param postedBefore net points of the award's earlier entries of the same kind, signed
   */
  static String formula(
      boolean clawback, long points, Award award, long postedBefore, List<Part> parts) {
    long target = Math.abs(postedBefore + points);
    long earned = 0;
    long kept = 0;
    for (Part part : parts) {
      earned = Math.addExact(earned, Earning.desired(part.decision(), part.baseFen()));
      kept = Math.addExact(kept, Earning.desired(part.decision(), part.keptFen()));
    }
    long granted = Math.min(award.granted(), earned);
    if (!clawback && granted == target)
      return bound(award, earned, sum(parts, false)) + minus(postedBefore);
    if (!clawback || granted - Math.min(award.granted(), kept) != target) return null;
    String left = kept == 0 ? "0" : bound(award, kept, sum(parts, true));
    return granted + " - (" + left + ")" + minus(-postedBefore);
  }

  private static String bound(Award award, long desired, String sum) {
    return award.granted() < desired ? "min(" + award.granted() + "," + sum + ")" : sum;
  }

  private static String sum(List<Part> parts, boolean kept) {
    return parts.stream()
        .filter(part -> (kept ? part.keptFen() : part.baseFen()) > 0)
        .map(
            part ->
                Earning.desiredArithmetic(part.decision(), kept ? part.keptFen() : part.baseFen()))
        .collect(Collectors.joining(" + "));
  }

  private static String minus(long posted) {
    if (posted == 0) return "";
    return posted > 0 ? " - " + posted : " + " + -posted;
  }
}
