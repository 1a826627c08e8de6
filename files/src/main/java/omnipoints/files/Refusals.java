package omnipoints.files;

import java.util.List;

/** The refusals that more than one reader has to say, in the same words. */
public final class Refusals {
  private static final String AGAIN =
      "fetch or export the file again and deliver it anew; nothing of this one was used";

  private Refusals() {}

  /** Damaged: {@code where} names the file and the place. */
  static DeliveryRefused broken(String where, String rule) {
    return new DeliveryRefused(
        DeliveryOutcome.STRUCTURE_BROKEN, where + ": " + rule, List.of(AGAIN));
  }

  /** Ends too early. */
  static DeliveryRefused torn(String where, String rule) {
    return new DeliveryRefused(DeliveryOutcome.TRUNCATED, where + ": " + rule, List.of(AGAIN));
  }

  /** Only its owner can open it. */
  static DeliveryRefused locked(String where, String what) {
    return new DeliveryRefused(
        DeliveryOutcome.STRUCTURE_BROKEN,
        where + ": " + what + " is password-protected, and no password is known here",
        List.of(
            "open it with its password, save it without one, and deliver that; or export it again without protection"));
  }

  /** Beyond a limit of the mapping. */
  public static DeliveryRefused tooLarge(String where, String rule, String limit) {
    return new DeliveryRefused(
        DeliveryOutcome.TOO_LARGE,
        where + ": " + rule,
        List.of(
            "split the file along orders, or raise limits."
                + limit
                + " in mappings/<channel>.yaml of the home"));
  }
}
