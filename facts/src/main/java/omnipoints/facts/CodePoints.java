package omnipoints.facts;

/** Text order by code point, the order of PostgreSQL's C collation over UTF-8. */
public final class CodePoints {
  private CodePoints() {}

  /** Compares by code point; differs from {@link String#compareTo} only beyond the basic plane. */
  public static int compare(String a, String b) {
    int n = Math.min(a.length(), b.length());
    for (int i = 0; i < n; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean xs = Character.isSurrogate(x);
        boolean ys = Character.isSurrogate(y);
        return xs == ys ? Character.compare(x, y) : xs ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
