package omnipoints.files;

/** Characters that nobody sees in a cell. */
public final class Blanks {
  private Blanks() {}

  /**
   * Blanks of every width, line ends, and marks nobody sees. Other control characters are no
   * blanks: they are signs of something, if nobody knows of what.
   */
  public static boolean space(char c) {
    if (c <= ' ') return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (c < 0xa0) return false;
    return c == 0xa0
        || c == 0x3000
        || (c >= 0x2000 && c <= 0x200a)
        || c == 0x202f
        || c == 0x205f
        || mark(c);
  }

  /** Soft hyphen, zero width and bidirectional marks, byte order mark: seen by nobody. */
  public static boolean mark(char c) {
    if (c < 0xad) return false;
    return c == 0xad
        || c == 0x61c
        || c == 0x180e
        || c == 0xfeff
        || (c >= 0x200b && c <= 0x200f)
        || (c >= 0x202a && c <= 0x202e)
        || (c >= 0x2060 && c <= 0x206f);
  }
}
