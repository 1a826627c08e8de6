package omnipoints.mappings;

import java.util.regex.Pattern;

/** Makes text of a cell fit for messages and reports. */
final class Masking {
  private static final Pattern MOBILE =
      Pattern.compile(
          "(?<![0-9０-９])((?:(?:00)?86[ -]*)?[1１][3-9３-９][0-9０-９])[ -]?[0-9０-９]{4}[ -]?([0-9０-９]{4})(?![0-9０-９])");
  private static final Pattern DIGITS = Pattern.compile("\\d+");
  private static final int SHOWN = 120;

  private Masking() {}

  /** Text of a cell that names a person: the first and last signs at most. */
  static String person(String text) {
    String shown = oneLine(text);
    if (shown.isEmpty()) return "";
    if (shown.length() >= 11)
      return shown.substring(0, 3) + "****" + shown.substring(shown.length() - 4);
    return shown.substring(0, shown.offsetByCodePoints(0, 1)) + "***";
  }

  /** Any text: mobile numbers inside it masked, cut to a readable length. */
  static String phonesIn(String text) {
    return phones(oneLine(text));
  }

  /** Any text, whole: mobile numbers inside it masked. */
  static String phones(String text) {
    return MOBILE.matcher(text).replaceAll("$1****$2");
  }

  /**
   * What identifies somebody, fit to be shown: a card or nick as it is, but for a mobile number
   * that stands in its place or in it.
   */
  static String identity(String text) {
    if (Phones.phone(text)) return person(text);
    return DIGITS.matcher(text).matches() ? text : phones(text);
  }

  /** On one line, without control characters, cut to a readable length. */
  static String oneLine(String text) {
    StringBuilder line = new StringBuilder(Math.min(text.length(), SHOWN + 1));
    for (int i = 0; i < text.length() && line.length() < SHOWN; i++) {
      char c = text.charAt(i);
      line.append(Character.isISOControl(c) ? ' ' : c);
    }
    if (text.length() > SHOWN) line.append('…');
    return line.toString().strip();
  }
}
