package omnipoints.files;

import java.util.Set;

/**
 * A cursor on one cell's text with blanks and the fixed wrappers taken off: {@code ="x"}, a leading
 * apostrophe or backtick, TABs around, a stray CR. What is inside stays untouched.
 */
public final class CellText {
  private final boolean equals;
  private final boolean apostrophe;
  private final boolean backtick;
  private final boolean tab;
  private final boolean carriageReturn;

  private char[] chars = new char[0];
  private int from;
  private int to;

  /** Takes off these wrappers and no others. */
  public CellText(Set<Wrapper> wrappers) {
    equals = wrappers.contains(Wrapper.EQUALS);
    apostrophe = wrappers.contains(Wrapper.APOSTROPHE);
    backtick = wrappers.contains(Wrapper.BACKTICK);
    tab = wrappers.contains(Wrapper.TAB);
    carriageReturn = wrappers.contains(Wrapper.CARRIAGE_RETURN);
  }

  /** Points at a cell; false if nothing is left of it. */
  public boolean at(Row row, int cell) {
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

  /** Points at another text in place of the cell's. */
  public void set(String text) {
    chars = text.toCharArray();
    from = 0;
    to = text.length();
  }

  /** What {@link #from} and {@link #to} point into; not to be written to. */
  public char[] chars() {
    return chars;
  }

  /** Index in {@link #chars} of the first character of the text. */
  public int from() {
    return from;
  }

  /** Index in {@link #chars} behind the last character of the text. */
  public int to() {
    return to;
  }

  private void trim() {
    while (from < to && trimmed(chars[from])) from++;
    while (from < to && trimmed(chars[to - 1])) to--;
  }

  private boolean trimmed(char c) {
    if (c == '\t') return tab;
    if (c == '\r') return carriageReturn;
    return Blanks.space(c);
  }

  /** Characters of the text. */
  public int length() {
    return to - from;
  }

  /** The text. */
  public String text() {
    return new String(chars, from, to - from);
  }

  /** Whether the text is exactly {@code text}. */
  public boolean reads(String text) {
    if (text.length() != to - from) return false;
    for (int i = 0; i < text.length(); i++) {
      if (chars[from + i] != text.charAt(i)) return false;
    }
    return true;
  }

  /** Whether the character stands in the text. */
  public boolean contains(char wanted) {
    for (int i = from; i < to; i++) {
      if (chars[i] == wanted) return true;
    }
    return false;
  }
}
