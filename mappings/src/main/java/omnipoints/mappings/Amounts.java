package omnipoints.mappings;

import java.math.BigDecimal;
import java.util.List;
import omnipoints.files.Blanks;

/**
 * Numbers as people and exports write them, exactly: every sign is accounted for, or the text is
 * refused.
 */
public final class Amounts {
  /** No amount of a shop is larger, in fen: 100 million times a hundred yuan. */
  static final long MOST_FEN = 1_000_000_000_000L;

  /** No quantity is larger; a barcode that was scanned into its cell is. */
  static final BigDecimal MOST_ITEMS = BigDecimal.valueOf(1_000_000_000L);

  /** Why a text is no amount. */
  public enum Fault {
    NONE,
    /** Something beside an amount is in the cell. */
    LEFTOVER,
    /** A number, but not one of whole fen, or too large. */
    NOT_EXACT
  }

  private final long most;
  private Fault fault = Fault.NONE;

  /** Amounts of one row. */
  public Amounts() {
    this(MOST_FEN);
  }

  private Amounts(long most) {
    this.most = most;
  }

  /** Sums of a whole file: what fifteen digits of yuan can say. */
  static Amounts ofTotals() {
    return new Amounts(Long.MAX_VALUE);
  }

  /** Why the last text was no amount. */
  public Fault fault() {
    return fault;
  }

  /**
   * Integer fen of {@code ¥1,234.50}, {@code 0元}, {@code -12.3}; {@code unit} fen per written unit
   * (100 or 1). Look at {@link #fault()} before using the result.
   */
  public long fen(char[] chars, int from, int to, int unit, Channel.MoneyStyle style) {
    int at = from;
    int end = to;
    boolean signed = sign(chars, at, end);
    boolean negative = signed && chars[at] == '-';
    if (signed) at++;
    int prefix = affix(chars, at, end, style == null ? List.of() : style.prefixes(), true);
    at = skipBlanks(chars, at + prefix, end);
    if (prefix > 0 && sign(chars, at, end)) {
      if (signed) return leftover();
      negative = chars[at++] == '-';
    }
    end -= affix(chars, at, end, style == null ? List.of() : style.suffixes(), false);
    while (end > at && Blanks.space(chars[end - 1])) end--;
    return digits(chars, at, end, unit, style != null && style.thousands(), negative);
  }

  private long digits(
      char[] chars, int from, int to, int unit, boolean thousands, boolean negative) {
    fault = Fault.NONE;
    int point = from;
    while (point < to && chars[point] != '.') point++;
    if (point == to - 1 || from == to) return leftover();
    long whole = whole(chars, from, point, thousands);
    if (fault != Fault.NONE) return 0;
    int scale = unit == 100 ? 2 : 0;
    long fraction = 0;
    int decimals = 0;
    for (int i = point + 1; i < to; i++) {
      char c = chars[i];
      if (c < '0' || c > '9') return leftover();
      if (decimals < scale) {
        fraction = fraction * 10 + c - '0';
        decimals++;
      } else if (c != '0') {
        fault = Fault.NOT_EXACT;
      }
    }
    if (fault != Fault.NONE) return 0;
    for (; decimals < scale; decimals++) fraction *= 10;
    long fen = Math.addExact(Math.multiplyExact(whole, (long) unit), fraction);
    if (fen > most) {
      fault = Fault.NOT_EXACT;
      return 0;
    }
    return negative ? -fen : fen;
  }

  /** Digits before the point, in groups of three if a comma is among them. At most 15 digits. */
  private long whole(char[] chars, int from, int to, boolean thousands) {
    long whole = 0;
    int digits = 0;
    int group = -1;
    for (int i = from; i < to; i++) {
      char c = chars[i];
      if (c == ',') {
        int length = group < 0 ? i - from : group;
        if (!thousands || length == 0 || length > 3 || (group >= 0 && group != 3))
          return leftover();
        group = 0;
        continue;
      }
      if (c < '0' || c > '9') return leftover();
      if (group >= 0) group++;
      if (++digits > 15) {
        fault = Fault.NOT_EXACT;
        return 0;
      }
      whole = whole * 10 + c - '0';
    }
    if (group >= 0 && group != 3) return leftover();
    return whole;
  }

  private static boolean sign(char[] chars, int at, int end) {
    return at < end && (chars[at] == '-' || chars[at] == '+');
  }

  private long leftover() {
    fault = Fault.LEFTOVER;
    return 0;
  }

  private static int affix(char[] chars, int from, int to, List<String> affixes, boolean atStart) {
    for (String affix : affixes) {
      int start = atStart ? from : to - affix.length();
      if (affix.length() <= to - from && matches(chars, start, affix)) return affix.length();
    }
    return 0;
  }

  private static boolean matches(char[] chars, int at, String text) {
    for (int i = 0; i < text.length(); i++) {
      if (chars[at + i] != text.charAt(i)) return false;
    }
    return true;
  }

  private static int skipBlanks(char[] chars, int from, int to) {
    int at = from;
    while (at < to && Blanks.space(chars[at])) at++;
    return at;
  }

  /** Exact decimal without exponent and without needless zeros; null if the text is none. */
  public static BigDecimal number(char[] chars, int from, int to) {
    int at = from;
    if (at < to && (chars[at] == '-' || chars[at] == '+')) at++;
    int digits = 0;
    int points = 0;
    for (int i = at; i < to; i++) {
      char c = chars[i];
      if (c == '.') {
        if (++points > 1 || i == to - 1) return null;
      } else if (c < '0' || c > '9') {
        return null;
      } else if (++digits > 18) {
        return null;
      }
    }
    if (digits == 0) return null;
    if (points == 0 && digits <= 9) {
      int value = 0;
      for (int i = at; i < to; i++) value = value * 10 + chars[i] - '0';
      return BigDecimal.valueOf(chars[from] == '-' ? -value : value);
    }
    BigDecimal exact = new BigDecimal(chars, from, to - from).stripTrailingZeros();
    return exact.scale() < 0 ? exact.setScale(0) : exact;
  }
}
