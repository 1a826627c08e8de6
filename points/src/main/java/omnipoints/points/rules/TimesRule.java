package omnipoints.points.rules;

import java.util.ArrayList;
import java.util.List;

/**
 * A rule that multiplies.
 *
 * @param id unique in its programme; settles ties
 * @param group of several that hold in one group the best counts; a rule without one is its own
 * @param excludes groups it silences where it holds
 * @param requalify returns ask its money again
 * @param line of the file, for messages
 */
record TimesRule(
    String id,
    String group,
    List<String> excludes,
    Window window,
    When when,
    Gives gives,
    boolean requalify,
    int line)
    implements OrderRule {

  static final Said REQUALIFIED =
      new Said("退货后不再满足金额条件的不计", "and not for who returns what it asked for");

  /** Its factor where it holds, else null. */
  Rational times(Known known) {
    return window.holds(known.facts()) && when.holds(known) ? gives.times(known) : null;
  }

  /** Whether the tier, or what comes with it, decides something of it. */
  boolean asksRank() {
    return when.asks(When.RANK)
        || gives instanceof TimesBy by && When.RANK.contains(by.fact().word());
  }

  /**
   * What it gives where it held, when only what it asks of the tier is asked again; null where it
   * holds no longer.
   *
   * @param factor that it gave
   */
  Rational reranked(Rational factor, Known known) {
    if (!when.qualifies(When.RANK, known)) return null;
    boolean byRank = gives instanceof TimesBy by && When.RANK.contains(by.fact().word());
    return byRank ? gives.times(known) : factor;
  }

  /** Whether it holds for everybody at any time. */
  boolean always() {
    return window.kinds().isEmpty() && when.conditions().isEmpty();
  }

  @Override
  public List<HeldFact> gaveBy() {
    return gives instanceof TimesBy by
        ? List.of(new HeldFact(id, by.fact().word(), by.said()))
        : List.of();
  }

  /** {@code 每月18日，积分2倍}; and what it silences. */
  @Override
  public Said said() {
    var parts = new ArrayList<Said>(3);
    if (!window.kinds().isEmpty()) parts.add(window.said());
    if (!when.conditions().isEmpty()) parts.add(when.said());
    parts.add(gives.said());
    if (requalify) parts.add(REQUALIFIED);
    if (!excludes.isEmpty()) parts.add(silences(excludes));
    return Said.joined(parts, new Said("，", ", "));
  }

  static Said silences(List<String> groups) {
    return new Said(
        String.join("、", groups) + " 组的规则不计",
        "and no rule of " + String.join(", ", groups) + " counts");
  }
}
