package omnipoints.points;

import java.math.BigInteger;

/**
 * What an amount is worth under a pinned rule: exact integer arithmetic, no float, no overflow in
 * between.
 */
public final class Earning {
  private Earning() {}

  /**
   * Points for {@code baseFen} fen; 0 for nothing or less.
   *
   * @throws ArithmeticException when the result itself exceeds 64 bits
   */
  public static long points(PinnedRule rule, long baseFen) {
    if (baseFen <= 0) return 0;
    if (!rule.times().isNone()) return multiplied(rule, baseFen);
    if (rule.mode() == PinnedRule.Mode.STEP)
      return Math.multiplyExact(baseFen / rule.perFen(), rule.points());
    if (Math.multiplyHigh(baseFen, rule.points()) != 0) return ofHugeProduct(rule, baseFen);
    long product = baseFen * rule.points();
    if (product < 0) return ofHugeProduct(rule, baseFen);
    long whole = product / rule.perFen();
    long rest = product % rule.perFen();
    return roundsUp(rule, rest) ? whole + 1 : whole;
  }

  /**
   * Points that stand for what is kept of a cause.
   *
   * @param award what the grant pinned for itself, null of a rate
   * @param keptFen money of the cause that did not go back
   */
  public static long points(PinnedRule rule, Award award, long keptFen) {
    if (rule.grant() == null) return points(rule, keptFen);
    return switch (rule.grant().onReturn()) {
      case KEPT -> Math.min(award.granted(), desired(rule, keptFen));
      case PROPORTIONAL ->
          award.baseFen() == 0 ? 0 : share(award.granted(), keptFen, award.baseFen());
      case FULL -> keptFen > 0 ? award.granted() : 0;
      case KEEP -> award.granted();
    };
  }

  /** What a grant would give for an amount if nothing bound it. */
  public static long desired(PinnedRule rule, long baseFen) {
    if (baseFen <= 0) return 0;
    return switch (rule.grant().kind()) {
      case POINTS -> rule.points();
      case RATE -> points(rule.bare(), baseFen);
      case TIMES -> Math.subtractExact(points(rule.with(), baseFen), points(rule, baseFen));
    };
  }

  /** floor(points × kept ÷ base). */
  private static long share(long points, long keptFen, long baseFen) {
    long kept = Math.max(0, Math.min(keptFen, baseFen));
    return BigInteger.valueOf(points)
        .multiply(BigInteger.valueOf(kept))
        .divide(BigInteger.valueOf(baseFen))
        .longValueExact();
  }

  private static boolean roundsUp(PinnedRule rule, long rest) {
    return switch (rule.rounding()) {
      case FLOOR -> false;
      case CEIL -> rest > 0;
      case ROUND -> rest >= rule.perFen() - rest;
    };
  }

  private static long ofHugeProduct(PinnedRule rule, long baseFen) {
    BigInteger product = BigInteger.valueOf(baseFen).multiply(BigInteger.valueOf(rule.points()));
    return rounded(rule.rounding(), product, BigInteger.valueOf(rule.perFen()));
  }

  /** Linear rounds base × points / per_fen × times once; step rounds whole steps × times. */
  private static long multiplied(PinnedRule rule, long baseFen) {
    boolean step = rule.mode() == PinnedRule.Mode.STEP;
    BigInteger units = BigInteger.valueOf(step ? baseFen / rule.perFen() : baseFen);
    BigInteger product =
        units
            .multiply(BigInteger.valueOf(rule.points()))
            .multiply(rule.times().times().numerator());
    BigInteger per = step ? BigInteger.ONE : BigInteger.valueOf(rule.perFen());
    return rounded(rule.rounding(), product, per.multiply(rule.times().times().denominator()));
  }

  static long rounded(PinnedRule.Rounding rounding, BigInteger amount, BigInteger unit) {
    BigInteger[] parts = amount.divideAndRemainder(unit);
    boolean up =
        switch (rounding) {
          case FLOOR -> false;
          case CEIL -> parts[1].signum() > 0;
          case ROUND -> parts[1].shiftLeft(1).compareTo(unit) >= 0;
        };
    return (up ? parts[0].add(BigInteger.ONE) : parts[0]).longValueExact();
  }

  /** How the points of a grant came about, {@code min(40,floor(200*3)-floor(200))} where bound. */
  public static String arithmetic(PinnedRule rule, Award award, long keptFen) {
    if (rule.grant() == null) return arithmetic(rule, keptFen);
    return switch (rule.grant().onReturn()) {
      case KEPT -> {
        String desired = desiredArithmetic(rule, keptFen);
        boolean bound = award.granted() < desired(rule, keptFen);
        yield bound ? "min(" + award.granted() + "," + desired + ")" : desired;
      }
      case PROPORTIONAL ->
          keptFen >= award.baseFen()
              ? Long.toString(award.granted())
              : "floor(" + award.granted() + "*" + keptFen + "/" + award.baseFen() + ")";
      case FULL -> keptFen > 0 ? Long.toString(award.granted()) : "0";
      case KEEP -> Long.toString(award.granted());
    };
  }

  /** How {@link #desired} came about. */
  public static String desiredArithmetic(PinnedRule rule, long baseFen) {
    return switch (rule.grant().kind()) {
      case POINTS -> baseFen > 0 ? Long.toString(rule.points()) : "0";
      case RATE -> arithmetic(rule.bare(), baseFen);
      case TIMES -> arithmetic(rule.with(), baseFen) + "-" + arithmetic(rule, baseFen);
    };
  }

  /**
   * How {@link #points} came about, for people: {@code floor(19999/100)*1}; when an exact share
   * pays several points a unit {@code floor(25000*10/10000)}, with multipliers {@code
   * floor(19900/100*3/2*2)}.
   */
  public static String arithmetic(PinnedRule rule, long baseFen) {
    String rounding =
        switch (rule.rounding()) {
          case FLOOR -> "floor";
          case ROUND -> "round";
          case CEIL -> "ceil";
        };
    String steps = "floor(" + baseFen + "/" + rule.perFen() + ")*" + rule.points();
    String share = baseFen + (rule.points() == 1 ? "" : "*" + rule.points()) + "/" + rule.perFen();
    boolean step = rule.mode() == PinnedRule.Mode.STEP;
    if (!rule.times().isNone())
      return rounding + "(" + (step ? steps : share) + "*" + rule.times().formula() + ")";
    if (step) return steps;
    return rounding + "(" + share + ")" + (rule.points() == 1 ? "*1" : "");
  }
}
