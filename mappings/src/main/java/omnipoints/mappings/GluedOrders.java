package omnipoints.mappings;

import java.util.ArrayList;
import java.util.List;

/**
 * What a row whose columns have shifted may have swallowed: a lost line break or a stray quote
 * makes two rows one, and the order of the second must not pass for whole. Words of the row that
 * look like its own order number are named; whether there is such an order, only the rest of the
 * night and the nights before can tell.
 */
final class GluedOrders {

  /** More orders than this do not stand in one row. */
  private static final int MOST = 20;

  /** Shorter words look like anything. */
  private static final int SHORTEST = 6;

  private GluedOrders() {}

  /** Words of the shape of {@code own} in a row, without itself; empty where it is not known. */
  static List<String> of(String own, String row) {
    if (own == null || own.length() < SHORTEST) return List.of();
    List<String> found = new ArrayList<>(0);
    String shape = shape(own);
    for (int from = 0; from + own.length() <= row.length() && found.size() < MOST; from++) {
      if (!begins(row, from)) continue;
      int to = from;
      while (to < row.length() && isWord(row.charAt(to))) to++;
      // the last cell of a row may have grown together with the number that follows it
      String word = row.substring(Math.max(from, to - own.length()), to);
      if (word.length() == own.length()
          && shape(word).equals(shape)
          && !word.equals(own)
          && !found.contains(word)) found.add(word);
    }
    return found;
  }

  private static boolean begins(String row, int at) {
    return isWord(row.charAt(at)) && (at == 0 || !isWord(row.charAt(at - 1)));
  }

  private static boolean isWord(char c) {
    return isDigit(c) || isLetter(c) || c == '-';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  private static String shape(String word) {
    StringBuilder shape = new StringBuilder(word.length());
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      shape.append(isDigit(c) ? '0' : isLetter(c) ? 'A' : c);
    }
    return shape.toString();
  }
}
