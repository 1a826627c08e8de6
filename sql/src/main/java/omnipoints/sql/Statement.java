package omnipoints.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.PGStatement;

/**
 * One SQL statement with named parameters, out of a file below {@code statements} or {@code
 * checks}. Immutable, thread-safe, bound to no connection.
 *
 * <p>{@code :name} in code is a bound value. {@code {name}}, anywhere, is a date written {@code
 * yyyyMMdd}, for the names of a night's own tables ({@code entry_{night}}); only parameters
 * declared as {@code date} can be used so.
 */
public final class Statement {

  private static final Pattern VALUE = Pattern.compile("(?<![:\\w]):([a-z][a-z0-9_]*)");
  private static final Pattern IDENTIFIER = Pattern.compile("\\{([a-z][a-z0-9_]*)}");
  private static final Pattern PLACEHOLDER =
      Pattern.compile(VALUE.pattern() + "|" + IDENTIFIER.pattern() + "|\\?");
  private static final int CURSOR_ROWS = 5000;
  private static final int BINARY_AT_ONCE = -1;

  private final String name;
  private final String sql;
  private final Map<String, ParamType> declared;
  private final Set<String> used;

  private Statement(String name, String sql, Map<String, ParamType> declared, Set<String> used) {
    this.name = name;
    this.sql = sql;
    this.declared = declared;
    this.used = used;
  }

  /**
   * @param name what messages call it, {@code file#statement}
   * @param file and {@code line} where the text starts, for problems
   */
  static Statement parse(
      String name,
      String file,
      int line,
      String sql,
      Map<String, ParamType> declared,
      List<String> problems) {
    var used = new LinkedHashSet<String>();
    for (SqlText.Piece piece : SqlText.pieces(sql)) {
      if (piece.kind() == SqlText.Kind.COMMENT) continue;
      boolean code = piece.kind() == SqlText.Kind.CODE;
      Matcher matcher = PLACEHOLDER.matcher(piece.text());
      while (matcher.find()) {
        String at =
            file + ":" + (line + piece.line() - 1 + newlines(piece.text(), matcher.start())) + ": ";
        if (matcher.group(1) != null && code) {
          used.add(matcher.group(1));
          if (!declared.containsKey(matcher.group(1))) {
            problems.add(at + ":" + matcher.group(1) + " is used but not declared in '-- params:'");
          }
        } else if (matcher.group(2) != null && (code || declared.containsKey(matcher.group(2)))) {
          used.add(matcher.group(2));
          if (declared.get(matcher.group(2)) != ParamType.DATE) {
            problems.add(
                at
                    + "{"
                    + matcher.group(2)
                    + "} must be declared ':"
                    + matcher.group(2)
                    + " date'");
          }
        }
      }
    }
    return new Statement(name, sql, Map.copyOf(declared), used);
  }

  /** Names of the parameters this statement needs, in order of appearance. */
  public Set<String> parameters() {
    return Set.copyOf(used);
  }

  Set<String> used() {
    return used;
  }

  /**
   * Runs it and returns the number of rows it wrote (a SELECT: the number of rows it returned,
   * which are thrown away).
   *
   * @param params value by name; must have all {@link #parameters()}, may have others that the file
   *     declares
   * @throws StatementsRefused a parameter is missing, unknown, or of the wrong Java type
   * @throws StatementFailed the server refused
   */
  public long run(Connection connection, Map<String, ?> params) {
    try (PreparedStatement statement = prepare(connection, params)) {
      if (!statement.execute()) return Math.max(0, statement.getLargeUpdateCount());
      long rows = 0;
      try (ResultSet result = statement.getResultSet()) {
        while (result.next()) rows++;
      }
      return rows;
    } catch (SQLException e) {
      throw Failures.of(name, e);
    }
  }

  /** What to do with each row; the row is only valid inside the call. */
  @FunctionalInterface
  public interface RowHandler {
    void row(ResultSet row) throws SQLException;
  }

  /** Makes a value of one row. */
  @FunctionalInterface
  public interface RowMapper<T> {
    T map(ResultSet row) throws SQLException;
  }

  /**
   * Streams the rows through a cursor, {@value #CURSOR_ROWS} at a time, so memory does not grow
   * with their number; needs an open transaction (autocommit off) for that. Returns the number of
   * rows.
   */
  public long forEachRow(Connection connection, Map<String, ?> params, RowHandler handler) {
    return each(connection, params, Statement::streamed, handler);
  }

  private interface Setting {
    void of(PreparedStatement statement) throws SQLException;
  }

  private long each(
      Connection connection, Map<String, ?> params, Setting setting, RowHandler handler) {
    try (PreparedStatement statement = prepare(connection, params)) {
      setting.of(statement);
      long rows = 0;
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          handler.row(result);
          rows++;
        }
      }
      return rows;
    } catch (SQLException e) {
      throw Failures.of(name, e);
    }
  }

  /**
   * Opens the rows to be pulled one by one; needs an open transaction (autocommit off) to stay out
   * of memory.
   */
  public Cursor open(Connection connection, Map<String, ?> params) {
    try {
      PreparedStatement statement = prepare(connection, params);
      streamed(statement);
      return new Cursor(name, statement, statement.executeQuery());
    } catch (SQLException e) {
      throw Failures.of(name, e);
    }
  }

  // Keys, dates and moments as they are stored: left alone, the driver asks for texts until it has
  // run a statement five times, and a night runs most of them once.
  private static void streamed(PreparedStatement statement) throws SQLException {
    statement.setFetchSize(CURSOR_ROWS);
    statement.unwrap(PGStatement.class).setPrepareThreshold(BINARY_AT_ONCE);
  }

  /** All rows as values; for results known to be small. */
  public <T> List<T> list(Connection connection, Map<String, ?> params, RowMapper<T> mapper) {
    var values = new ArrayList<T>();
    each(connection, params, statement -> {}, row -> values.add(mapper.map(row)));
    return values;
  }

  /** The only row, or empty if there is none or its value is null; two rows are a bug and fail. */
  public <T> Optional<T> one(Connection connection, Map<String, ?> params, RowMapper<T> mapper) {
    List<T> values = list(connection, params, mapper);
    if (values.size() > 1) {
      throw new StatementsRefused(
          List.of(name + ": expected at most one row, got " + values.size()));
    }
    return values.isEmpty() ? Optional.empty() : Optional.ofNullable(values.get(0));
  }

  private PreparedStatement prepare(Connection connection, Map<String, ?> params)
      throws SQLException {
    check(params);
    var order = new ArrayList<String>();
    PreparedStatement statement = connection.prepareStatement(filled(params, order));
    try {
      for (int i = 0; i < order.size(); i++) {
        declared.get(order.get(i)).bind(statement, i + 1, params.get(order.get(i)));
      }
      return statement;
    } catch (SQLException | RuntimeException e) {
      statement.close();
      throw e;
    }
  }

  private void check(Map<String, ?> params) {
    var problems = new ArrayList<String>();
    for (String missing : used) {
      if (!params.containsKey(missing))
        problems.add(name + ": parameter :" + missing + " is missing");
    }
    for (String given : new TreeSet<>(params.keySet())) {
      ParamType type = declared.get(given);
      if (type == null) {
        problems.add(name + ": parameter :" + given + " is given but not declared");
      } else if (!type.accepts(params.get(given))) {
        problems.add(
            name
                + ": parameter :"
                + given
                + " is declared "
                + type.sqlName
                + " and takes "
                + type.javaNames()
                + ", not "
                + params.get(given).getClass().getSimpleName());
      }
    }
    if (!problems.isEmpty()) throw new StatementsRefused(problems);
  }

  private String filled(Map<String, ?> params, List<String> order) {
    var out = new StringBuilder();
    for (SqlText.Piece piece : SqlText.pieces(sql)) {
      if (piece.kind() == SqlText.Kind.COMMENT) {
        out.append(' ');
        continue;
      }
      boolean code = piece.kind() == SqlText.Kind.CODE;
      Matcher matcher = PLACEHOLDER.matcher(piece.text());
      while (matcher.find()) {
        matcher.appendReplacement(
            out, Matcher.quoteReplacement(replacement(matcher, code, params, order)));
      }
      matcher.appendTail(out);
    }
    return out.toString();
  }

  private String replacement(
      Matcher matcher, boolean code, Map<String, ?> params, List<String> order) {
    String value = matcher.group(1);
    String identifier = matcher.group(2);
    if (identifier != null && declared.containsKey(identifier)) {
      if (!(params.get(identifier) instanceof LocalDate date)) {
        throw new StatementsRefused(
            List.of(name + ": {" + identifier + "} needs a date, not null"));
      }
      return date.format(DateTimeFormatter.BASIC_ISO_DATE);
    }
    if (!code || identifier != null) return matcher.group();
    if (value != null) {
      order.add(value);
      return "?";
    }
    return "??"; // an operator of jsonb; the driver takes a single one for a parameter
  }

  private static int newlines(String text, int before) {
    return (int) text.substring(0, before).chars().filter(c -> c == '\n').count();
  }
}
