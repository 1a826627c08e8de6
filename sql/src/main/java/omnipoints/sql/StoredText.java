package omnipoints.sql;

import java.util.Locale;

/**
 * The gate every text goes through on its way into the database. PostgreSQL stores neither U+0000
 * nor half of a character, and nobody wants to meet the other control characters in a report or on
 * a terminal: such a character is written as what it is, {@code <U+0000>}, so that no text can stop
 * a night and no two texts become one. Tabs and line ends stay. Keys never hold such a character:
 * whoever reads them refuses it first.
 */
final class StoredText {
  private StoredText() {}

  static String of(String text) {
    int sound = 0;
    while (sound < text.length() && stored(text, sound)) sound++;
    if (sound == text.length()) return text;
    StringBuilder kept = new StringBuilder(text.length() + 8).append(text, 0, sound);
    for (int i = sound; i < text.length(); i++) {
      char c = text.charAt(i);
      if (stored(text, i)) kept.append(c);
      else kept.append(String.format(Locale.ROOT, "<U+%04X>", (int) c));
    }
    return kept.toString();
  }

  private static boolean stored(String text, int at) {
    char c = text.charAt(at);
    if (c >= ' ' && c < 0x7f) return true;
    if (Character.isHighSurrogate(c))
      return at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1));
    if (Character.isLowSurrogate(c))
      return at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
    return !Character.isISOControl(c) || c == '\t' || c == '\n' || c == '\r';
  }
}
