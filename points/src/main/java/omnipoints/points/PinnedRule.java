package omnipoints.points;

/** The earning decision a line pins at its first award; later nights rescale by amount only. */
public record PinnedRule(
    int programVersion, String rule, long perFen, long points, Mode mode, Rounding rounding) {

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
