package omnipoints.facts;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * The k of generated keys, {@code <sku>#<price>#<k>}: it goes on from the largest that is known and
 * never falls. Price and k are padded, never cut: the thousandth row is none of the first nine
 * hundred.
 */
final class KeyCounts {

  /** Keys in the order in which they were given: a longer one counts further. */
  static final Comparator<String> ORDER =
      Comparator.comparingInt(String::length).thenComparing(CodePoints::compare);

  private final Map<String, Integer> largest = new HashMap<>();

  /** What all keys of a good at a price begin with. */
  static String prefix(String sku, long priceFen) {
    return sku + "#" + padded(priceFen, 10) + "#";
  }

  /** The part of a key before its k. */
  static String prefix(String key) {
    int end = key.length();
    while (end > 0 && isDigit(key.charAt(end - 1))) end--;
    return key.substring(0, end);
  }

  void known(String key) {
    String prefix = prefix(key);
    if (prefix.length() < key.length())
      largest.merge(prefix, Integer.parseInt(key.substring(prefix.length())), Math::max);
  }

  String next(String prefix) {
    return prefix + padded(largest.merge(prefix, 1, Integer::sum), 3);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static String padded(long number, int width) {
    String text = Long.toString(number);
    return text.length() >= width ? text : "0".repeat(width - text.length()) + text;
  }
}
