package omnipoints.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One invariant as a query that returns the offending rows; no rows means it holds. File {@code
 * checks/<name>.sql}.
 *
 * @param name the file name without {@code .sql}
 * @param scope how much of the database it looks at, and so how often it runs
 * @param invariant the rule as a sentence
 */
public record Check(String name, Scope scope, String invariant, Script script) {

  /**
   * NIGHT: the touched accounts; ROLLING: one of 28 shares of the buckets a night; FULL:
   * everything, on demand.
   */
  public enum Scope {
    NIGHT,
    ROLLING,
    FULL
  }

  /**
   * What a check found.
   *
   * @param count all offending rows
   * @param sample the first of them, column to text; null where the database says null
   */
  public record Finding(Check check, long count, List<Map<String, String>> sample) {
    /** True if no row offends. */
    public boolean holds() {
      return count == 0;
    }
  }

  /** Names of the parameters it needs. */
  public Set<String> parameters() {
    return script.parameters();
  }

  /**
   * Runs it inside the caller's transaction.
   *
   * @param limit at most so many rows in the sample; all are counted
   */
  public Finding run(Connection connection, Map<String, ?> params, int limit) {
    var sample = new ArrayList<Map<String, String>>();
    Statement query = script.statement(script.names().get(0));
    long count =
        query.forEachRow(
            connection,
            params,
            row -> {
              if (sample.size() < limit) sample.add(asText(row));
            });
    return new Finding(this, count, List.copyOf(sample));
  }

  private static Map<String, String> asText(ResultSet row) throws SQLException {
    ResultSetMetaData columns = row.getMetaData();
    var text = new LinkedHashMap<String, String>();
    for (int i = 1; i <= columns.getColumnCount(); i++)
      text.put(columns.getColumnLabel(i), row.getString(i));
    return text;
  }
}
