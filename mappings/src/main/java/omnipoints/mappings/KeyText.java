package omnipoints.mappings;

import java.util.Map;
import java.util.Set;
import omnipoints.files.Blanks;

/**
 * What a text must be to serve as a key. Marks that nobody sees are taken off, so that one id is
 * one key however it was copied; a character that cannot be written or stored makes the text no key
 * at all, because leaving it out would make one key of two.
 */
final class KeyText {
  private static final int LONGEST = 128;
  private static final Map<String, Integer> LIMITS =
      Map.of("order", 64, "order_no", 64, "children", 64, "till", 24, "receipt", 24);

  /** Free text is no key: the rest is cut off. */
  private static final int FREE_TEXT = 1000;

  private static final Set<String> FREE = Set.of("home_shop", "reason", "address_ref");

  private KeyText() {}

  /** The text without marks, itself if it has none. */
  static String withoutMarks(String text) {
    int first = 0;
    while (first < text.length() && !Blanks.mark(text.charAt(first))) first++;
    if (first == text.length()) return text;
    StringBuilder kept = new StringBuilder(text.length()).append(text, 0, first);
    for (int i = first + 1; i < text.length(); i++) {
      if (!Blanks.mark(text.charAt(i))) kept.append(text.charAt(i));
    }
    return kept.toString();
  }

  /** Whether a character of the text is none: a control character, or half of one. */
  static boolean undecodable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c < 0x7f) continue;
      if (Character.isISOControl(c) || c == 0x2028 || c == 0x2029) return true;
      if (!Character.isSurrogate(c)) continue;
      if (i + 1 == text.length() || !Character.isSurrogatePair(c, text.charAt(i + 1))) return true;
      i++;
    }
    return false;
  }

  /** Whether the field's value has more characters than a key of its kind may have. */
  static boolean tooLong(String field, String text) {
    int limit = LIMITS.getOrDefault(field, LONGEST);
    return text.length() > limit && text.codePointCount(0, text.length()) > limit;
  }

  /** Whether the field holds free text. */
  static boolean free(String field) {
    return FREE.contains(field);
  }

  /** At most as much of a free text as is kept. */
  static String cut(String text) {
    if (text.length() <= FREE_TEXT || text.codePointCount(0, text.length()) <= FREE_TEXT)
      return text;
    return text.substring(0, text.offsetByCodePoints(0, FREE_TEXT));
  }
}
