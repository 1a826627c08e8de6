package omnipoints.points;

import java.util.Locale;
import java.util.Set;

/** Adjustments that give no points: they let go what a member owes. */
public final class WriteOff {
  /** How an adjustment says so, in its column reason. */
  public static final String REASON = "write_off";

  private static final Set<String> REASONS = Set.of(REASON, "核销");

  private WriteOff() {}

  /**
   * Whether an adjustment is one.
   *
   * @param points signed; what is taken writes nothing off
   * @param reason as it was written; blanks around it and its case do not matter; null for none
   */
  public static boolean is(long points, String reason) {
    return points > 0
        && reason != null
        && REASONS.contains(reason.strip().toLowerCase(Locale.ROOT));
  }
}
