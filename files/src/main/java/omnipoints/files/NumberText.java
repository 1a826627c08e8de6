package omnipoints.files;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Numbers as a spreadsheet stores them, 64-bit binary with 15 decimal digits a person can rely on,
 * written as that person sees them.
 */
public final class NumberText {
  private static final MathContext DIGITS = new MathContext(15, RoundingMode.HALF_UP);
  private static final BigDecimal TOO_LONG = BigDecimal.TEN.pow(15);

  private NumberText() {}

  /**
   * Plain digits without exponent and without needless zeros, binary noise beyond the fifteenth
   * digit rounded away ({@code 0.30000000000000004} is {@code 0.3}). A number of more than fifteen
   * digits before the point has lost some of them: it stays in scientific notation, which no field
   * takes for a value. Null if the text is no number.
   */
  public static String of(String stored) {
    if (plain(stored)) return stored;
    for (int i = 0; i < stored.length(); i++) {
      if ("0123456789+-.eE".indexOf(stored.charAt(i)) < 0) return null;
    }
    try {
      String shortest = Double.toString(Double.parseDouble(stored));
      if (shortest.equals("Infinity") || shortest.equals("-Infinity")) return null;
      BigDecimal exact = new BigDecimal(shortest);
      if (exact.signum() == 0) return "0";
      if (exact.abs().compareTo(TOO_LONG) >= 0) {
        return shortest.indexOf('E') >= 0 ? shortest : shortest + "E0";
      }
      return exact.round(DIGITS).stripTrailingZeros().toPlainString();
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** Whether {@link #of} gave a number that lost digits. */
  public static boolean lost(String text) {
    return text.indexOf('E') >= 0;
  }

  /** At most fifteen digits and nothing else: nearly every number is. */
  private static boolean plain(String text) {
    if (text.isEmpty() || text.length() > 15) return false;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') return false;
    }
    return true;
  }
}
