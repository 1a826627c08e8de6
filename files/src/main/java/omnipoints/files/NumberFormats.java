package omnipoints.files;

/** What the number format of a workbook's cell says about its value. */
final class NumberFormats {
  private NumberFormats() {}

  /**
   * Whether the format shows dates or times.
   *
   * @param id of the format; those below 164 are built in, some of them only in Chinese, Japanese
   *     and Korean spreadsheets
   * @param codeOrNull as the workbook spells it
   */
  static boolean date(int id, String codeOrNull) {
    if (codeOrNull == null) {
      return (id >= 14 && id <= 22)
          || (id >= 27 && id <= 36)
          || (id >= 45 && id <= 47)
          || (id >= 50 && id <= 58);
    }
    boolean quoted = false;
    for (int i = 0; i < codeOrNull.length(); i++) {
      char c = codeOrNull.charAt(i);
      if (c == '"') quoted = !quoted;
      else if (quoted) continue;
      else if (c == '\\' || c == '_' || c == '*') i++;
      else if (c == ';') return false;
      else if (c == '[') {
        int close = codeOrNull.indexOf(']', i);
        if (close < 0) return false;
        if (codeOrNull.substring(i + 1, close).matches("(?i)h+|m+|s+")) return true;
        i = close;
      } else if (codeOrNull.regionMatches(true, i, "General", 0, 7)) i += 6;
      else if ("yYmMdDhHsS".indexOf(c) >= 0) return true;
    }
    return false;
  }

  /** Digits the format always shows ({@code 000000}: six), 0 if it is not made of zeros alone. */
  static int zeros(String codeOrNull) {
    return codeOrNull != null && codeOrNull.matches("0{2,32}") ? codeOrNull.length() : 0;
  }
}
