package omnipoints.points;

import java.util.ArrayList;
import java.util.List;
import omnipoints.points.rules.GrantRule;
import omnipoints.points.rules.Occasion;
import omnipoints.points.rules.RateGiven;
import omnipoints.points.rules.Rational;

/**
 * What the points of a top-up cost. Grain: one per rule that gives a rate of what is paid in.
 *
 * @param paidInFen what is paid in
 * @param points what the rule gives for it
 * @param costFen what the points are worth, in fen
 * @param expectedFen the same of those that are redeemed
 */
public record StoredValueCost(
    GrantRule rule, long paidInFen, long points, Rational costFen, Rational expectedFen) {

  /** What is expected to be spent, of what is paid in. */
  public Rational share() {
    return expectedFen.times(Rational.of(1, paidInFen));
  }

  /**
   * The rules of a version, by their place in the file; none where it does not say what a point is
   * worth.
   *
   * @param paidInFen above 0; null for what each rule counts by
   * @param redeemed share of the points given that members will ever redeem, 0 to 1
   */
  public static List<StoredValueCost> of(Program version, Long paidInFen, Rational redeemed) {
    Rational worth = ProgramLint.worth(version);
    if (worth == null) return List.of();
    var costs = new ArrayList<StoredValueCost>();
    for (GrantRule rule : version.rates().grants()) {
      if (rule.occasion() == null || rule.occasion().kind() != Occasion.Kind.TOPUP) continue;
      if (!(rule.given() instanceof RateGiven rate)) continue;
      long fen = paidInFen == null ? rate.perFen() : paidInFen;
      long points = Earning.desired(version.topUp(rule), fen);
      Rational cost = worth.times(Rational.of(points));
      costs.add(new StoredValueCost(rule, fen, points, cost, cost.times(redeemed)));
    }
    return costs;
  }
}
