package omnipoints.jobs.extract;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text of a cell on its way through a spreadsheet and back. What a spreadsheet would run as a
 * formula or change as a number or date (long ids, leading zeros, 199.00, times) gets a leading
 * apostrophe.
 */
public final class SheetCell {
  private static final Pattern PLAIN_NUMBER = Pattern.compile("0|[1-9]\\d{0,10}");
  private static final Pattern WRAPPED = Pattern.compile("=\"(.*)\"", Pattern.DOTALL);
  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d+)?");
  private static final String STARTS_FORMULA = "=+-@\t\r";

  private SheetCell() {}

  /** What a spreadsheet would run gets the apostrophe that makes it a text. */
  static String guarded(String text) {
    if (text.isEmpty() || STARTS_FORMULA.indexOf(text.charAt(0)) < 0) return text;
    return NUMBER.matcher(text).matches() ? text : "'" + text;
  }

  /** Text that comes back from the spreadsheet: what it would change is kept from it, too. */
  public static String out(String raw) {
    if (raw.isEmpty()) return raw;
    boolean runs = raw.charAt(0) == '\'' || STARTS_FORMULA.indexOf(raw.charAt(0)) >= 0;
    boolean changes = raw.chars().anyMatch(c -> c >= '0' && c <= '9' || c >= '０' && c <= '９');
    return runs || changes && !PLAIN_NUMBER.matcher(raw).matches() ? "'" + raw : raw;
  }

  /** What {@link #out} was given; {@code ="x"} is x, too. */
  public static String in(String cell) {
    if (cell.startsWith("'")) return cell.substring(1);
    Matcher wrapped = WRAPPED.matcher(cell);
    return wrapped.matches() ? wrapped.group(1).replace("\"\"", "\"") : cell;
  }
}
