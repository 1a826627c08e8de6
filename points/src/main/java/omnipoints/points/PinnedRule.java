package omnipoints.points;

import omnipoints.points.rules.Multiplier;

/**
 * The decision a line pins at its first award; later nights rescale by amount only, and later
 * versions of the programme change nothing of it.
 *
 * @param holdDays days between the order's completion and the points' first usable day
 * @param expiry how long they live from then on
 * @param times what the rules multiply by
 */
public record PinnedRule(
    int programVersion,
    String rule,
    long perFen,
    long points,
    Mode mode,
    Rounding rounding,
    int holdDays,
    Program.Expiry expiry,
    Multiplier times) {

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
