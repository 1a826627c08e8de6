package omnipoints.points;

import omnipoints.points.rules.Multiplier;

/**
 * The decision an award pins when it is given first; later nights rescale by amount only, and later
 * versions of the programme change nothing of it.
 *
 * @param holdDays days between what they count from and the points' first usable day
 * @param holdFrom what the days count from
 * @param expiry how long they live from then on
 * @param rule the programme of a rate, the rule of a grant
 * @param points for every perFen; of a grant of POINTS all of them
 * @param times what the rates multiply by
 * @param grant null for a rate
 */
public record PinnedRule(
    int programVersion,
    String rule,
    long perFen,
    long points,
    Mode mode,
    Rounding rounding,
    int holdDays,
    Program.HoldFrom holdFrom,
    Program.Expiry expiry,
    Multiplier times,
    Grant grant) {

  /** The decision of a rate whose points wait from completion on. */
  public PinnedRule(
      int programVersion,
      String rule,
      long perFen,
      long points,
      Mode mode,
      Rounding rounding,
      int holdDays,
      Program.Expiry expiry,
      Multiplier times) {
    this(
        programVersion,
        rule,
        perFen,
        points,
        mode,
        rounding,
        holdDays,
        Program.HoldFrom.COMPLETED,
        expiry,
        times,
        null);
  }

  /** A decision that no rule multiplied. */
  public PinnedRule(
      int programVersion,
      String rule,
      long perFen,
      long points,
      Mode mode,
      Rounding rounding,
      int holdDays,
      Program.Expiry expiry) {
    this(programVersion, rule, perFen, points, mode, rounding, holdDays, expiry, Multiplier.NONE);
  }

  /** Of a grant of POINTS: the same that gives so many. */
  PinnedRule giving(long other) {
    return new PinnedRule(
        programVersion,
        rule,
        perFen,
        other,
        mode,
        rounding,
        holdDays,
        holdFrom,
        expiry,
        times,
        grant);
  }

  /** Of a grant of RATE: its rate by itself. */
  PinnedRule bare() {
    return multiplied(Multiplier.NONE);
  }

  /** Of a grant of TIMES: the rate that its rule multiplies, too. */
  PinnedRule with() {
    return multiplied(grant.with());
  }

  /** Of a grant of TIMES: the rate alone. */
  PinnedRule rates() {
    return multiplied(times);
  }

  /** The same, multiplied otherwise. */
  PinnedRule times(Multiplier by) {
    return multiplied(by).granting(grant);
  }

  /** The decision of a rate as what is kept of it counts once a tier was lost. */
  public PinnedRule charged(Multiplier by) {
    return multiplied(by);
  }

  /** The same as the decision of a grant. */
  PinnedRule granting(Grant as) {
    return new PinnedRule(
        programVersion,
        rule,
        perFen,
        points,
        mode,
        rounding,
        holdDays,
        holdFrom,
        expiry,
        times,
        as);
  }

  private PinnedRule multiplied(Multiplier by) {
    return new PinnedRule(
        programVersion, rule, perFen, points, mode, rounding, holdDays, holdFrom, expiry, by, null);
  }

  /** LINEAR pays the exact share, STEP pays whole {@code perFen} steps only. */
  public enum Mode {
    LINEAR,
    STEP
  }

  /** How the exact rational becomes whole points. ROUND is half up. */
  public enum Rounding {
    FLOOR,
    ROUND,
    CEIL
  }
}
