package omnipoints.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import omnipoints.routes.OwnerOnly;
import omnipoints.sql.Database;
import omnipoints.sql.DatabaseFailure;
import omnipoints.sql.Script;
import omnipoints.sql.Statements;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Figures for Prometheus, as its text format in {@code metrics/omnipoints.prom}, written whenever a
 * night ends, well or not: whatever collects text files takes them from there. They hold no person,
 * no file name and no secret, and failing to write them fails nothing.
 */
final class Metrics {

  private static final Logger LOG = LoggerFactory.getLogger(Metrics.class);
  private static final Script SQL = Statements.job("run").step("metrics");
  private static final String FILE = "omnipoints.prom";

  private static final Map<String, String> HELP =
      Map.ofEntries(
          Map.entry(
              "omnipoints_last_closed_night_seconds", "Begin of the last closed business date."),
          Map.entry("omnipoints_night_seconds", "Begin of the last business date that was begun."),
          Map.entry("omnipoints_night_state", "1 for the state of the last night."),
          Map.entry("omnipoints_night_exit_code", "What the last night closed with."),
          Map.entry("omnipoints_step_seconds", "What each step of the last night took."),
          Map.entry("omnipoints_night_rows", "What became of the rows of the last night."),
          Map.entry("omnipoints_night_points", "Points of the last night, signed as entries are."),
          Map.entry("omnipoints_expected_missing", "Expected documents that have not come."),
          Map.entry("omnipoints_breaks_open", "Breaks that nobody has settled."),
          Map.entry("omnipoints_break_oldest_nights", "Age of the oldest open break."),
          Map.entry("omnipoints_rejects_open", "Rejected rows that nobody has settled."),
          Map.entry(
              "omnipoints_extract_delivered_seconds", "When an extract was last handed over."));

  private Metrics() {}

  /** Writes them as they are now. */
  static void write(Home home, Database database) {
    Path folder = home.dir().resolve("metrics");
    try {
      String text = text(home, database);
      OwnerOnly.folder(folder);
      Path part = folder.resolve(FILE + ".part");
      Files.writeString(part, text);
      Files.move(
          part,
          folder.resolve(FILE),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException | SQLException | DatabaseFailure e) {
      LOG.warn("{} was not written: {}", folder.resolve(FILE), e.getMessage());
    }
  }

  private static String text(Home home, Database database) throws SQLException {
    var text = new StringBuilder();
    Set<String> told = new HashSet<>();
    try (Connection connection = database.connection()) {
      SQL.statement("metrics")
          .forEachRow(
              connection,
              Map.of("zone", home.config().zone().getId()),
              row -> {
                String metric = row.getString("metric");
                if (told.add(metric)) {
                  text.append("# HELP ").append(metric).append(' ').append(HELP.get(metric));
                  text.append("\n# TYPE ").append(metric).append(" gauge\n");
                }
                String labels = row.getString("labels");
                text.append(metric);
                if (!labels.isEmpty()) text.append('{').append(labels).append('}');
                text.append(' ')
                    .append(row.getBigDecimal("value").stripTrailingZeros().toPlainString())
                    .append('\n');
              });
    }
    return text.toString();
  }
}
