package omnipoints.points;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import omnipoints.points.rules.CashOff;
import omnipoints.points.rules.Draw;
import omnipoints.points.rules.Item;
import omnipoints.points.rules.RatesLint;
import omnipoints.points.rules.Rational;
import omnipoints.points.rules.Said;
import omnipoints.points.tiers.Level;
import omnipoints.points.tiers.TiersLint;

/**
 * What a version costs, and what is legal of it and probably not meant.
 *
 * @param rebates none where the version says neither what points take off an order nor what a point
 *     is worth
 */
public record ProgramLint(List<Finding> findings, List<Rebate> rebates) {
  /** A fifth of what is paid: more is flagged. */
  private static final Rational MOST_REBATE = Rational.of(1, 5);

  /**
   * One finding; all of them are warnings.
   *
   * @param code REBATE, UNREACHABLE_TIER, BELOW_COST, STORED_VALUE_BAND, PAID_FROM_TOPUP, or one of
   *     {@link RatesLint}
   * @param rule id of the rule, level or item, {@code ""} where the version as a whole is meant
   * @param number what is found as a number: a rebate, days, or what is paid for an item, in fen
   */
  public record Finding(String code, String rule, int line, Rational number, Said said) {}

  /**
   * What members get back of what they pay.
   *
   * @param tier {@code ""} for members of none
   * @param stack base: by rules that always hold; best: by all rules at once, as far as they may
   */
  public record Rebate(String tier, String stack, Rational rebate) {}

  /** Judges one version. */
  public static ProgramLint of(Program version) {
    var findings = new ArrayList<Finding>();
    var rebates = new ArrayList<Rebate>();
    Rational worth = worth(version);
    if (worth != null) {
      rebate("", version, worth, rebates);
      var tiers = new TreeSet<>(version.rates().tiers());
      for (Level level : version.tiers().levels()) {
        tiers.remove(level.id());
        rebate(level.id(), version, worth, rebates);
      }
      for (String tier : tiers) rebate(tier, version, worth, rebates);
      for (Rebate rebate : rebates)
        if (rebate.rebate().compareTo(MOST_REBATE) > 0) findings.add(generous(rebate, version));
      StoredValueLint.add(version, worth, findings);
      for (Item item : version.redeem().catalogue()) belowCost(item, worth, findings);
      for (Draw draw : version.redeem().draws()) belowCost(draw, version, worth, findings);
    }
    for (RatesLint.Remark remark : RatesLint.of(version.rates(), version.effectiveFrom()))
      findings.add(
          new Finding(
              remark.code(),
              remark.rule(),
              remark.line(),
              Rational.of(remark.number()),
              remark.said()));
    for (TiersLint.Unreachable found : TiersLint.of(version.tiers()))
      findings.add(unreachable(found));
    return new ProgramLint(findings, rebates);
  }

  private static Finding unreachable(TiersLint.Unreachable found) {
    return new Finding(
        "UNREACHABLE_TIER",
        found.level().id(),
        found.level().line(),
        Rational.of(found.days()),
        new Said(
            "没有人能达到：要求" + found.days() + "个活跃天，而周期只有" + found.most() + "天",
            "nobody can reach it: it asks for "
                + found.days()
                + " active days of "
                + found.most()));
  }

  /** What a point takes off an order where it does, else what the version says; null if neither. */
  static Rational worth(Program version) {
    CashOff cashOff = version.redeem().cashOff();
    return cashOff == null ? version.pointFen() : Rational.of(cashOff.offFen(), cashOff.points());
  }

  private static void belowCost(Item item, Rational worth, List<Finding> findings) {
    if (item.costFen() == null) return;
    Rational paid = worth.times(Rational.of(item.points())).plus(Rational.of(item.cashFen()));
    if (paid.compareTo(Rational.of(item.costFen())) >= 0) return;
    String yuan = paid.times(Rational.of(1, 100)).decimal();
    String cost = Rational.of(item.costFen(), 100).decimal();
    findings.add(
        new Finding(
            "BELOW_COST",
            item.item(),
            item.line(),
            paid,
            new Said(
                "兑换价折合 " + yuan + " 元，低于成本 " + cost + " 元",
                "is had for the worth of ¥" + yuan + " and costs ¥" + cost)));
  }

  /**
   * Entries pay for the prizes of a draw: from how many on, where that is more than one a prize.
   */
  private static void belowCost(
      Draw draw, Program version, Rational worth, List<Finding> findings) {
    long cost = 0;
    long prizes = 0;
    for (Draw.Prize prize : draw.prizes()) {
      Item item = version.redeem().item(prize.item());
      if (item == null || item.costFen() == null) continue;
      cost = Math.addExact(cost, Math.multiplyExact(prize.n(), item.costFen()));
      prizes = Math.addExact(prizes, prize.n());
    }
    Rational paid = worth.times(Rational.of(draw.points()));
    Rational costs = Rational.of(cost);
    if (paid.numerator().signum() == 0 || paid.times(Rational.of(prizes)).compareTo(costs) >= 0)
      return;
    BigInteger[] needed =
        costs
            .numerator()
            .multiply(paid.denominator())
            .divideAndRemainder(costs.denominator().multiply(paid.numerator()));
    BigInteger entries = needed[1].signum() > 0 ? needed[0].add(BigInteger.ONE) : needed[0];
    String yuan = paid.times(Rational.of(1, 100)).decimal();
    String cent = Rational.of(cost, 100).decimal();
    findings.add(
        new Finding(
            "BELOW_COST",
            draw.itemName(),
            draw.line(),
            paid,
            new Said(
                "每次参加折合 " + yuan + " 元，奖品成本共 " + cent + " 元，" + entries + " 次才抵",
                "an entry is worth ¥"
                    + yuan
                    + " and the prizes cost ¥"
                    + cent
                    + ": "
                    + entries
                    + " entries pay for them")));
  }

  private static void rebate(String tier, Program version, Rational worth, List<Rebate> rebates) {
    Rational base = worth.times(Rational.of(version.earn().points(), version.earn().perFen()));
    Rational always = base.times(version.rates().alwaysTimes(tier));
    Rational best = base.times(version.rates().mostTimes(tier));
    rebates.add(new Rebate(tier, "base", always));
    if (!best.equals(always)) rebates.add(new Rebate(tier, "best", best));
  }

  private static Finding generous(Rebate rebate, Program version) {
    String percent = percent(rebate.rebate());
    Said who =
        rebate.tier().isEmpty()
            ? new Said("会员", "members")
            : new Said("等级 " + rebate.tier(), "tier " + rebate.tier());
    Said how =
        rebate.stack().equals("best")
            ? new Said("在全部规则叠加时", " with all rules at once")
            : Said.NOTHING;
    return new Finding(
        "REBATE",
        "",
        version.source().versionLine(),
        rebate.rebate(),
        new Said(
            who.zh() + how.zh() + "的返还率为 " + percent + "，高于 " + percent(MOST_REBATE),
            who.en() + how.en() + " get back " + percent + ", more than " + percent(MOST_REBATE)));
  }

  /** {@code 1.5%}. */
  public static String percent(Rational share) {
    return share.times(Rational.of(100)).decimal() + "%";
  }
}
