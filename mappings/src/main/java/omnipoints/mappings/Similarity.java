package omnipoints.mappings;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How alike two column names are, in percent, after {@link Headers#normalise}. */
final class Similarity {
  /**
   * Last words that platforms exchange for one another: the column means the same kind of thing.
   */
  private static final List<Pattern> ENDINGS =
      Stream.of("金额|款项|款|额", "编号|单号|号码|号", "时间|日期")
          .map(words -> Pattern.compile("(?:" + words + ")$"))
          .toList();

  private Similarity() {}

  /**
   * The smaller of two measures: how many of their signs the names share, and how many need not be
   * changed to make one the other. Order matters to one, length to both; names that only share a
   * word are not alike. 买家实付款 and 买家实付金额 are: their last words mean the same.
   */
  static int of(String one, String other) {
    String a = Headers.normalise(one);
    String b = Headers.normalise(other);
    if (a.isEmpty() || b.isEmpty()) return 0;
    return Math.max(alike(a, b), alike(withUsualEnding(a), withUsualEnding(b)));
  }

  private static int alike(String a, String b) {
    return Math.min(shared(a, b), unchanged(a, b));
  }

  /** The name with its last word replaced by the last of those that mean the same. */
  private static String withUsualEnding(String name) {
    for (Pattern ending : ENDINGS) {
      Matcher matcher = ending.matcher(name);
      if (matcher.find()) {
        String words = ending.pattern();
        String usual = words.substring(words.lastIndexOf('|') + 1, words.lastIndexOf(')'));
        return name.substring(0, matcher.start()) + usual;
      }
    }
    return name;
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
