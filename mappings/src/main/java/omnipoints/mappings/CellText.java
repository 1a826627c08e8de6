package omnipoints.mappings;

import java.util.Set;

/**
 * A cursor on one cell's text with blanks and the fixed wrappers taken off: {@code ="x"}, a leading
 * apostrophe or backtick, TABs around, a stray CR. What is inside stays untouched.
 */
final class CellText {
  private final boolean equals;
  private final boolean apostrophe;
  private final boolean backtick;
  private final boolean tab;
  private final boolean carriageReturn;

  char[] chars = new char[0];
  int from;
  int to;

  CellText(Set<Channel.Wrapper> wrappers) {
    equals = wrappers.contains(Channel.Wrapper.EQUALS);
    apostrophe = wrappers.contains(Channel.Wrapper.APOSTROPHE);
    backtick = wrappers.contains(Channel.Wrapper.BACKTICK);
    tab = wrappers.contains(Channel.Wrapper.TAB);
    carriageReturn = wrappers.contains(Channel.Wrapper.CARRIAGE_RETURN);
  }

  /** Points at a cell; false if nothing is left of it. */
  boolean at(Row row, int cell) {
    if (cell >= row.size) {
      from = to = 0;
      return false;
    }
    chars = row.chars;
    from = row.starts[cell];
    to = row.ends[cell];
    while (true) {
      trim();
      if (from == to) return false;
      char first = chars[from];
      if (first == '\'' && apostrophe) from++;
      else if (first == '`' && backtick) from++;
      else if (first == '='
          && equals
          && to - from >= 3
          && chars[from + 1] == '"'
          && chars[to - 1] == '"') {
        from += 2;
        to--;
      } else return true;
    }
  }

  private void trim() {
    while (from < to && trimmed(chars[from])) from++;
    while (from < to && trimmed(chars[to - 1])) to--;
  }

  private boolean trimmed(char c) {
    if (c == '\t') return tab;
    if (c == '\r') return carriageReturn;
    return Headers.space(c);
  }

  int length() {
    return to - from;
  }

  String text() {
    return new String(chars, from, to - from);
  }

  /** Whether the text is exactly {@code text}. */
  boolean reads(String text) {
    if (text.length() != to - from) return false;
    for (int i = 0; i < text.length(); i++) {
      if (chars[from + i] != text.charAt(i)) return false;
    }
    return true;
  }

  boolean contains(char wanted) {
    for (int i = from; i < to; i++) {
      if (chars[i] == wanted) return true;
    }
    return false;
  }
}
