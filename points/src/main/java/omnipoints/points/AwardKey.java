package omnipoints.points;

import omnipoints.facts.LineKey;

/**
 * How an award stands among order lines: the rate under the key of its line, a grant under that of
 * its line, or of the order ({@code ""}), with the rule behind it. What stands between is a tab: no
 * key that is read from a file holds one, so that no line can take the place of an award.
 */
public final class AwardKey {
  /** Under it stands what no order gave. */
  private static final String PROGRAM = "program";

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
   * The award of a cause that is no order.
   *
   * @param type says what it is
   * @param cause its number, such as {@code check_in/wechat/4711}
   */
  public static LineKey of(MemberOutcome.CauseType type, String cause, String rule) {
    return new LineKey(PROGRAM, "", cause, of(type.name(), rule));
  }

  /** What kind of cause an award has. */
  static MemberOutcome.CauseType type(LineKey award) {
    String line = line(award.line());
    if (award.channel().equals(PROGRAM)) return MemberOutcome.CauseType.valueOf(line);
    return line.isEmpty() ? MemberOutcome.CauseType.ORDER : MemberOutcome.CauseType.LINE;
  }

  /**
   * How the ledger names the cause: {@code <order>/<line>}, of a grant {@code
   * <order>/<line>#<rule>}; of what is no order {@code <number>#<rule>}.
   */
  static String cause(LineKey award) {
    if (award.channel().equals(PROGRAM)) return award.order() + "#" + rule(award.line());
    return award.cause().replace(BETWEEN, '#');
  }
}
