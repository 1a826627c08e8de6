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
    if (rule.mode() == PinnedRule.Mode.STEP)
      return Math.multiplyExact(baseFen / rule.perFen(), rule.points());
    if (Math.multiplyHigh(baseFen, rule.points()) != 0) return pointsOfHugeProduct(rule, baseFen);
    long product = baseFen * rule.points();
    if (product < 0) return pointsOfHugeProduct(rule, baseFen);
    long whole = product / rule.perFen();
    long rest = product % rule.perFen();
    return roundsUp(rule, rest) ? whole + 1 : whole;
  }

  private static long pointsOfHugeProduct(PinnedRule rule, long baseFen) {
    BigInteger product = BigInteger.valueOf(baseFen).multiply(BigInteger.valueOf(rule.points()));
    BigInteger[] parts = product.divideAndRemainder(BigInteger.valueOf(rule.perFen()));
    long whole = parts[0].longValueExact();
    return roundsUp(rule, parts[1].longValueExact()) ? Math.addExact(whole, 1) : whole;
  }

  private static boolean roundsUp(PinnedRule rule, long rest) {
    return switch (rule.rounding()) {
      case FLOOR -> false;
      case CEIL -> rest > 0;
      case ROUND -> rest >= rule.perFen() - rest;
    };
  }

  /**
   * How {@link #points} came about, for people: {@code floor(19999/100)*1}; when an exact share
   * pays several points a unit, {@code floor(25000*10/10000)}.
   */
  public static String arithmetic(PinnedRule rule, long baseFen) {
    if (rule.mode() == PinnedRule.Mode.STEP) {
      return "floor(" + baseFen + "/" + rule.perFen() + ")*" + rule.points();
    }
    String rounding =
        switch (rule.rounding()) {
          case FLOOR -> "floor";
          case ROUND -> "round";
          case CEIL -> "ceil";
        };
    return rule.points() == 1
        ? rounding + "(" + baseFen + "/" + rule.perFen() + ")*1"
        : rounding + "(" + baseFen + "*" + rule.points() + "/" + rule.perFen() + ")";
  }
}
