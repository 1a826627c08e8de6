package omnipoints.points;

import java.util.List;
import java.util.Set;
import omnipoints.points.rules.GrantRule;
import omnipoints.points.rules.Occasion;
import omnipoints.points.rules.Rational;
import omnipoints.points.rules.Said;

/** What top-ups give for the money that is paid in. */
final class StoredValueLint {
  private static final Rational LEAST = Rational.of(1, 20);
  private static final Rational MOST = Rational.of(1, 10);

  private StoredValueLint() {}

  /**
   * @param worth of a point, in fen
   */
  static void add(Program version, Rational worth, List<ProgramLint.Finding> findings) {
    for (StoredValueCost cost : StoredValueCost.of(version, null, Rational.ONE)) {
      Rational share = cost.share();
      if (share.compareTo(LEAST) < 0 || share.compareTo(MOST) > 0)
        findings.add(band(cost.rule(), share));
    }
    boolean any =
        version.rates().grants().stream()
            .anyMatch(
                rule -> rule.occasion() != null && rule.occasion().kind() == Occasion.Kind.TOPUP);
    if (any && !version.rates().boundBy(Set.of("payment"))) findings.add(again(version, worth));
  }

  private static ProgramLint.Finding band(GrantRule rule, Rational share) {
    String percent = ProgramLint.percent(share);
    return new ProgramLint.Finding(
        "STORED_VALUE_BAND",
        rule.id(),
        rule.line(),
        share,
        new Said(
            "储值赠送相当于 " + percent + "，不在 5% 至 10% 之间",
            "gives " + percent + " of what is paid in, which is not within 5 % and 10 %"));
  }

  private static ProgramLint.Finding again(Program version, Rational worth) {
    Rational base = worth.times(Rational.of(version.earn().points(), version.earn().perFen()));
    return new ProgramLint.Finding(
        "PAID_FROM_TOPUP",
        "",
        version.source().versionLine(),
        base,
        new Said(
            "储值已赠积分，用储值支付的订单再积 " + ProgramLint.percent(base),
            "top-ups give points, and orders paid from them earn another "
                + ProgramLint.percent(base)));
  }
}
