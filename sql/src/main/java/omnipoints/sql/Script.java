package omnipoints.sql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The statements of one file, in order. Immutable and thread-safe.
 *
 * <p>A file opens with a comment block that states {@code -- grain:}, {@code -- writes:} and {@code
 * -- params:} (for a check {@code -- scope:}, {@code -- invariant:}, {@code -- params:}). Then
 * comes one statement, or several, each under its own line {@code -- name: speaking_name}.
 */
public final class Script {

  private static final String NAME = "-- name:";

  private final String file;
  private final Map<String, Statement> statements;
  private final Set<String> declared;

  private Script(String file, Map<String, Statement> statements, Set<String> declared) {
    this.file = file;
    this.statements = statements;
    this.declared = declared;
  }

  static Script parse(String file, String text, List<String> requiredKeys) {
    var problems = new ArrayList<String>();
    List<String> lines = text.lines().toList();
    Header header = Header.of(file, lines);
    for (String key : requiredKeys) header.required(key, problems);
    Map<String, ParamType> params = header.params(problems);
    var statements = new LinkedHashMap<String, Statement>();
    String name = file.substring(file.lastIndexOf('/') + 1).replace(".sql", "");
    int start = header.length();
    for (int i = header.length(); i <= lines.size(); i++) {
      boolean marker = i < lines.size() && lines.get(i).strip().startsWith(NAME);
      if (!marker && i < lines.size()) continue;
      add(file, name, start, lines.subList(start, i), params, statements, problems);
      if (marker) {
        name = lines.get(i).strip().substring(NAME.length()).strip();
        if (!name.matches("[a-z][a-z0-9_]*")) {
          problems.add(
              file + ":" + (i + 1) + ": '" + name + "' is not a name of the form lower_case");
        }
      }
      start = Math.min(i + 1, lines.size());
    }
    if (statements.isEmpty()) problems.add(file + ":1: no statement");
    var used = new LinkedHashSet<String>();
    statements.values().forEach(statement -> used.addAll(statement.used()));
    for (String param : params.keySet()) {
      if (!used.contains(param)) {
        problems.add(
            file
                + ":"
                + header.line("params")
                + ": :"
                + param
                + " is declared but no statement uses it");
      }
    }
    if (!problems.isEmpty()) throw new StatementsRefused(problems);
    return new Script(file, statements, params.keySet());
  }

  private static void add(
      String file,
      String name,
      int start,
      List<String> lines,
      Map<String, ParamType> params,
      Map<String, Statement> statements,
      List<String> problems) {
    String sql = String.join("\n", lines);
    List<String> parts = SqlText.statements(sql);
    if (parts.isEmpty()) return;
    String at = file + ":" + (start + 1) + ": ";
    if (parts.size() > 1) {
      problems.add(
          at
              + parts.size()
              + " statements under one name; give each its own line '"
              + NAME
              + " …'");
    }
    // The text is kept as written, so the server's line numbers and comments in plans point into
    // the file.
    Statement statement =
        Statement.parse(file + "#" + name, file, start + 1, withoutEnd(sql), params, problems);
    if (statements.putIfAbsent(name, statement) != null) {
      problems.add(at + "two statements are named '" + name + "'");
    }
  }

  private static String withoutEnd(String sql) {
    var pieces = SqlText.pieces(sql);
    var out = new StringBuilder();
    for (SqlText.Piece piece : pieces) {
      out.append(piece.kind() == SqlText.Kind.CODE ? piece.text().replace(";", " ") : piece.text());
    }
    return out.toString();
  }

  /**
   * Names of its statements in order; a file without {@code -- name:} lines has one, named like the
   * file.
   */
  public List<String> names() {
    return List.copyOf(statements.keySet());
  }

  /** Names of the parameters the file declares. */
  public Set<String> parameters() {
    return declared;
  }

  /**
   * @throws StatementsRefused if the file has no statement of that name; the message lists those it
   *     has
   */
  public Statement statement(String name) {
    Statement statement = statements.get(name);
    if (statement == null) {
      throw new StatementsRefused(
          List.of(file + ": no statement '" + name + "'; it has " + names()));
    }
    return statement;
  }
}
