package omnipoints.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts SQL text into code, literals and comments, so that placeholders are looked for in code only.
 */
final class SqlText {

  enum Kind {
    CODE,
    LITERAL,
    COMMENT
  }

  /**
   * @param line 1-based line of the first character
   */
  record Piece(Kind kind, String text, int line) {}

  private SqlText() {}

  /**
   * The pieces in order; their texts joined are the input. An unfinished literal or comment runs to
   * the end.
   */
  static List<Piece> pieces(String sql) {
    var pieces = new ArrayList<Piece>();
    int codeStart = 0;
    int at = 0;
    int line = 1;
    int codeLine = 1;
    while (at < sql.length()) {
      int end = endOfSpecial(sql, at);
      if (end < 0) {
        if (sql.charAt(at) == '\n') line++;
        at++;
        continue;
      }
      if (codeStart < at) pieces.add(new Piece(Kind.CODE, sql.substring(codeStart, at), codeLine));
      String text = sql.substring(at, end);
      boolean comment = text.startsWith("--") || text.startsWith("/*");
      pieces.add(new Piece(comment ? Kind.COMMENT : Kind.LITERAL, text, line));
      line += (int) text.chars().filter(c -> c == '\n').count();
      at = end;
      codeStart = end;
      codeLine = line;
    }
    if (codeStart < at) pieces.add(new Piece(Kind.CODE, sql.substring(codeStart, at), codeLine));
    return pieces;
  }

  /**
   * Splits at top-level semicolons; pieces of comments only are dropped. For scripts of others, not
   * for ours.
   */
  static List<String> statements(String script) {
    var statements = new ArrayList<String>();
    var current = new StringBuilder();
    for (Piece piece : pieces(script)) {
      if (piece.kind() == Kind.COMMENT) continue;
      if (piece.kind() == Kind.LITERAL) {
        current.append(piece.text());
        continue;
      }
      String[] parts = piece.text().split(";", -1);
      for (int i = 0; i < parts.length; i++) {
        current.append(parts[i]);
        if (i < parts.length - 1) flush(current, statements);
      }
    }
    flush(current, statements);
    return statements;
  }

  private static void flush(StringBuilder current, List<String> statements) {
    if (!current.toString().isBlank()) statements.add(current.toString().strip());
    current.setLength(0);
  }

  /**
   * End of the literal, quoted name or comment that starts at {@code at}; -1 if none starts there.
   */
  private static int endOfSpecial(String sql, int at) {
    char c = sql.charAt(at);
    if (c == '-' && sql.startsWith("--", at)) {
      int newline = sql.indexOf('\n', at);
      return newline < 0 ? sql.length() : newline;
    }
    if (c == '/' && sql.startsWith("/*", at)) return endOfBlockComment(sql, at);
    if (c == '"') return endOfQuoted(sql, at, '"', false);
    if (c == '\'') return endOfQuoted(sql, at, '\'', isEscapeString(sql, at));
    if (c == '$') return endOfDollarQuoted(sql, at);
    return -1;
  }

  private static boolean isEscapeString(String sql, int quote) {
    if (quote == 0 || Character.toLowerCase(sql.charAt(quote - 1)) != 'e') return false;
    return quote == 1 || !isWord(sql.charAt(quote - 2));
  }

  private static int endOfQuoted(String sql, int at, char quote, boolean backslash) {
    for (int i = at + 1; i < sql.length(); i++) {
      if (backslash && sql.charAt(i) == '\\') {
        i++;
      } else if (sql.charAt(i) == quote) {
        if (i + 1 < sql.length() && sql.charAt(i + 1) == quote) i++;
        else return i + 1;
      }
    }
    return sql.length();
  }

  private static int endOfBlockComment(String sql, int at) {
    int depth = 0;
    for (int i = at; i < sql.length() - 1; i++) {
      if (sql.startsWith("/*", i)) {
        depth++;
        i++;
      } else if (sql.startsWith("*/", i)) {
        depth--;
        i++;
        if (depth == 0) return i + 1;
      }
    }
    return sql.length();
  }

  private static int endOfDollarQuoted(String sql, int at) {
    if (at > 0 && isWord(sql.charAt(at - 1))) return -1;
    int tagEnd = at + 1;
    while (tagEnd < sql.length() && isWord(sql.charAt(tagEnd))) tagEnd++;
    if (tagEnd >= sql.length()
        || sql.charAt(tagEnd) != '$'
        || Character.isDigit(sql.charAt(at + 1))) return -1;
    String tag = sql.substring(at, tagEnd + 1);
    int close = sql.indexOf(tag, tagEnd + 1);
    return close < 0 ? sql.length() : close + tag.length();
  }

  private static boolean isWord(char c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }
}
