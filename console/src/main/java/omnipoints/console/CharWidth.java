package omnipoints.console;

import java.util.ArrayList;
import java.util.List;

/** How many terminal columns a text takes, and texts made safe to print. */
final class CharWidth {
  private CharWidth() {}

  /**
   * Columns of one code point: 2 for East-Asian wide and full-width characters and emoji, 0 for
   * combining marks.
   */
  static int of(int c) {
    if (c < 0x300) return 1;
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> 0;
      default -> isWide(c) ? 2 : 1;
    };
  }

  static int of(String text) {
    return text.codePoints().map(CharWidth::of).sum();
  }

  /**
   * The text with everything a terminal would obey instead of show written by its number, {@code
   * U+001B} with a backslash: control and escape characters, line ends, direction marks and other
   * invisible formatting. File names and cells come from outside.
   */
  static String printable(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              switch (Character.getType(c)) {
                case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED ->
                    safe.append(
                        c > 0xFFFF ? String.format("\\U%08X", c) : String.format("\\u%04X", c));
                default -> safe.appendCodePoint(c);
              }
            });
    return safe.toString();
  }

  /** The text cut to at most {@code columns}, the cut shown by an ellipsis. */
  static String fit(String text, int columns) {
    if (of(text) <= columns) return text;
    StringBuilder fitted = new StringBuilder();
    int used = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      if (used + of(c) > columns - 1) break;
      fitted.appendCodePoint(c);
      used += of(c);
    }
    return fitted.append('…').toString();
  }

  /**
   * The text in lines of at most {@code columns}, broken at blanks and after the stops of Chinese;
   * what stands between them, such as a hash, stays whole even if it is wider. All lines but the
   * first are indented by {@code indent}.
   */
  static List<String> wrap(String text, int columns, int indent) {
    if (of(text) <= columns) return List.of(text);
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    int used = 0;
    for (String piece : text.split("(?<=[ ，。；：、）])(?=[^ ])")) {
      if (!line.toString().isBlank() && used + of(piece.stripTrailing()) > columns) {
        lines.add(line.toString().stripTrailing());
        line = new StringBuilder(" ".repeat(indent));
        used = indent;
      }
      line.append(piece);
      used += of(piece);
    }
    lines.add(line.toString().stripTrailing());
    return lines;
  }

  private static boolean isWide(int c) {
    return c >= 0x1100 && c <= 0x115F
        || c == 0x2329
        || c == 0x232A
        || c >= 0x2E80 && c <= 0x303E
        || c >= 0x3041 && c <= 0x4DBF
        || c >= 0x4E00 && c <= 0xA4CF
        || c >= 0xA960 && c <= 0xA97C
        || c >= 0xAC00 && c <= 0xD7A3
        || c >= 0xF900 && c <= 0xFAFF
        || c >= 0xFE30 && c <= 0xFE6F
        || c >= 0xFF00 && c <= 0xFF60
        || c >= 0xFFE0 && c <= 0xFFE6
        || c >= 0x1F300 && c <= 0x1F64F
        || c >= 0x1F680 && c <= 0x1F6FF
        || c >= 0x1F900 && c <= 0x1F9FF
        || c >= 0x20000 && c <= 0x3FFFD;
  }
}
