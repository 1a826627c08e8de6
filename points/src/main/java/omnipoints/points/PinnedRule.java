package omnipoints.points;

/**
 * The decision a line pins at its first award; later nights rescale by amount only, and later
 * versions of the programme change nothing of it.
 *
 * @param holdDays days between the order's completion and the points' first usable day
 * @param expiry how long they live from then on
 */
public record PinnedRule(
    int programVersion,
    String rule,
    long perFen,
    long points,
    Mode mode,
    Rounding rounding,
    int holdDays,
    Program.Expiry expiry) {

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
