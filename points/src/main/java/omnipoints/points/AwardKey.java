package omnipoints.points;

import omnipoints.facts.LineKey;

/**
 * How an award stands among order lines: the rate under the key of its line, a grant under that of
 * its line, or of the order ({@code ""}), with the rule behind it. What stands between is a tab: no
 * key that is read from a file holds one, so that no line can take the place of an award.
 */
public final class AwardKey {
  private static final char BETWEEN = '\t';

  private AwardKey() {}

  /** The award that a rule gives for a line; for the order where the line is {@code ""}. */
  public static LineKey of(LineKey line, String rule) {
    return new LineKey(line.channel(), line.shop(), line.order(), of(line.line(), rule));
  }

  /** The same of a line key alone; the line's own rate where the rule is {@code ""}. */
  public static String of(String line, String rule) {
    return rule.isEmpty() ? line : line + BETWEEN + rule;
  }

  /** The line of an award, {@code ""} where it is given for the order. */
  public static String line(String award) {
    int between = award.indexOf(BETWEEN);
    return between < 0 ? award : award.substring(0, between);
  }

  /** The rule of a grant, {@code ""} of a rate. */
  public static String rule(String award) {
    int between = award.indexOf(BETWEEN);
    return between < 0 ? "" : award.substring(between + 1);
  }

  /**
   * How the ledger names the cause: {@code <order>/<line>}, of a grant {@code
   * <order>/<line>#<rule>}.
   */
  static String cause(LineKey award) {
    return award.cause().replace(BETWEEN, '#');
  }
}
