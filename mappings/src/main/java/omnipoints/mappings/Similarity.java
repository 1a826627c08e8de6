package omnipoints.mappings;

import java.util.HashSet;
import java.util.Set;

/** How alike two column names are, in percent, after {@link Headers#normalise}. */
final class Similarity {
  private Similarity() {}

  /**
   * The smaller of two measures: how many of their signs the names share, and how many need not be
   * changed to make one the other. Order matters to one, length to both; names that only share a
   * word are not alike.
   */
  static int of(String one, String other) {
    String a = Headers.normalise(one);
    String b = Headers.normalise(other);
    if (a.isEmpty() || b.isEmpty()) return 0;
    return Math.min(shared(a, b), unchanged(a, b));
  }

  private static int shared(String a, String b) {
    Set<Integer> both = new HashSet<>();
    Set<Integer> all = new HashSet<>();
    a.codePoints().forEach(all::add);
    b.codePoints().filter(all::contains).forEach(both::add);
    b.codePoints().forEach(all::add);
    return both.size() * 100 / all.size();
  }

  private static int unchanged(String a, String b) {
    int[] before = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) before[j] = j;
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = before[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(before[j], row[j - 1]));
      }
      int[] swap = before;
      before = row;
      row = swap;
    }
    int longer = Math.max(a.length(), b.length());
    return (longer - before[b.length()]) * 100 / longer;
  }
}
