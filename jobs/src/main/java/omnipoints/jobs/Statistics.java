package omnipoints.jobs;

import java.sql.Connection;
import java.util.List;
import java.util.Map;
import omnipoints.sql.Script;

/**
 * What the planner knows of tables that live on from night to night: looked at again once enough of
 * them changed. A night of a few rows leaves the statistics of millions as they are.
 */
final class Statistics {

  private static final Script SQL = Night.script("statistics");
  private static final String ANALYZE = "analyze_";

  private Statistics() {}

  /**
   * Runs those statements {@code analyze_<table>} of a script whose table has changed enough.
   *
   * @param rows rows of tonight that may have gone into each of the tables
   */
  static void renew(Night night, Connection connection, Script script, long rows) {
    List<String> tables =
        script.names().stream()
            .filter(name -> name.startsWith(ANALYZE))
            .map(name -> name.substring(ANALYZE.length()))
            .toList();
    for (String table :
        SQL.statement("stale")
            .list(connection, Map.of("tables", tables, "rows", rows), row -> row.getString("name")))
      night.run(connection, script, ANALYZE + table);
  }
}
