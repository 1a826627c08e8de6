package omnipoints.jobs;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import omnipoints.routes.pull.SyncAnswer;
import omnipoints.routes.pull.SyncBook;
import omnipoints.routes.pull.SyncItem;
import omnipoints.sql.Database;
import omnipoints.sql.Script;
import omnipoints.sql.Statements;

/**
 * The requests to one platform in the database; each call is a transaction of its own.
 *
 * @param attempts a member who was refused that often is left until his points change
 */
record SyncRows(Database database, Clock clock, String platform, int attempts) implements SyncBook {
  static final Script SQL = Statements.job("sync").step("requests");

  /** Plans what is open against what the platform took; what was sent stays as it is. */
  void plan(Map<String, Object> params) {
    database.transact(connection -> planning(connection, params));
  }

  /** The same in a transaction of the caller. */
  static void planning(Connection connection, Map<String, Object> params) {
    SQL.statement("forget_planned").run(connection, params);
    SQL.statement("gone").run(connection, params);
    SQL.statement("settled").run(connection, params);
    SQL.statement("plan").run(connection, params);
  }

  @Override
  public List<SyncItem> unanswered() {
    return database.inTransaction(
        connection ->
            SQL.statement("unanswered")
                .list(connection, Map.of("platform", platform), SyncRows::item));
  }

  @Override
  public List<SyncItem> due() {
    return database.inTransaction(connection -> due(connection, platform, attempts));
  }

  static List<SyncItem> due(Connection connection, String platform, int attempts) {
    return SQL.statement("due")
        .list(connection, Map.of("platform", platform, "attempts", attempts), SyncRows::item);
  }

  private static SyncItem item(ResultSet row) throws SQLException {
    return new SyncItem(
        row.getString("request_no"),
        row.getString("shown"),
        row.getLong("before_points"),
        row.getLong("points"),
        row.getInt("level"),
        Columns.date(row, "night"),
        row.getObject("at", OffsetDateTime.class).toInstant());
  }

  @Override
  public List<SyncItem> sending(List<SyncItem> items) {
    Set<String> mine =
        new HashSet<>(
            database.inTransaction(
                connection ->
                    SQL.statement("sending")
                        .list(connection, timed(items), row -> row.getString(1))));
    return items.stream().filter(item -> mine.contains(item.requestNo())).toList();
  }

  @Override
  public void again(List<SyncItem> items) {
    database.transact(connection -> SQL.statement("again").run(connection, timed(items)));
  }

  private Map<String, Object> timed(List<SyncItem> items) {
    return Map.of("platform", platform, "numbers", numbers(items), "now", clock.instant());
  }

  private static List<String> numbers(List<SyncItem> items) {
    return items.stream().map(SyncItem::requestNo).toList();
  }

  @Override
  public void answered(List<SyncAnswer> answers) {
    database.transact(
        connection -> {
          for (SyncAnswer answer : answers) {
            String number = answer.item().requestNo();
            if (answer.taken()) taken(connection, number, answer.theirsOrNull(), "");
            else refused(connection, number, answer.refusedOrNull());
          }
        });
  }

  /** Notes that the platform took a request; returns whether it had no answer until now. */
  boolean taken(Connection connection, String number, Long theirsOrNull, String reason) {
    Map<String, Object> params = params(number, reason);
    params.put("theirs", theirsOrNull);
    boolean open = SQL.statement("taken").run(connection, params) > 0;
    SQL.statement("taken_told").run(connection, Map.of("platform", platform, "number", number));
    return open;
  }

  /** Notes that the platform did not take it; returns whether it had no answer until now. */
  boolean refused(Connection connection, String number, String reason) {
    return SQL.statement("refused").run(connection, params(number, reason)) > 0;
  }

  private Map<String, Object> params(String number, String reason) {
    Map<String, Object> params = new HashMap<>();
    params.put("platform", platform);
    params.put("number", number);
    params.put("reason", reason);
    params.put("now", clock.instant());
    return params;
  }

  @Override
  public void nothingDone(List<SyncItem> items, String reason) {
    database.transact(
        connection -> SQL.statement("nothing_done").run(connection, why(items, reason)));
  }

  @Override
  public void noAnswer(List<SyncItem> items, String reason) {
    database.transact(connection -> SQL.statement("no_answer").run(connection, why(items, reason)));
  }

  @Override
  public void stopped(String reason) {
    database.transact(
        connection ->
            SQL.statement("stopped")
                .run(connection, Map.of("platform", platform, "reason", reason)));
  }

  private Map<String, Object> why(List<SyncItem> items, String reason) {
    return Map.of("platform", platform, "numbers", numbers(items), "reason", reason);
  }
}
