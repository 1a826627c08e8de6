package omnipoints.jobs;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import omnipoints.routes.pull.PullBook;
import omnipoints.routes.pull.WindowState;
import omnipoints.sql.Database;
import omnipoints.sql.Script;
import omnipoints.sql.Statements;

/** The windows of pulls in the database; each call is a transaction of its own. */
record PullWindows(Database database) implements PullBook {
  private static final Script SQL = Statements.job("pull").step("windows");

  @Override
  public Optional<Instant> plannedUntil(String channel, String shop, String api) {
    return database.inTransaction(
        connection ->
            SQL.statement("planned_until")
                .one(
                    connection,
                    Map.of("channel", channel, "shop", shop, "api", api),
                    row -> row.getObject(1, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant));
  }

  @Override
  public List<WindowState> unfinished(String channel, String shop) {
    return database.inTransaction(
        connection ->
            SQL.statement("unfinished")
                .list(connection, Map.of("channel", channel, "shop", shop), PullWindows::window));
  }

  /** Every window, by channel, shop, query and time. */
  List<WindowState> all() {
    return database.inTransaction(
        connection -> SQL.statement("all").list(connection, Map.of(), PullWindows::window));
  }

  private static WindowState window(ResultSet row) throws SQLException {
    return new WindowState(
        row.getString("channel"),
        row.getString("shop"),
        row.getString("api"),
        row.getObject("from_at", OffsetDateTime.class).toInstant(),
        row.getObject("to_at", OffsetDateTime.class).toInstant(),
        WindowState.State.valueOf(row.getString("state")),
        row.getString("cursor"),
        row.getInt("pages"),
        row.getLong("rows"),
        row.getObject("declared", Long.class),
        row.getLong("bytes"),
        row.getString("reason"),
        row.getInt("attempts"));
  }

  @Override
  public void save(WindowState state) {
    database.transact(connection -> save(connection, state));
  }

  private static void save(Connection connection, WindowState state) {
    Map<String, Object> params = key(state);
    params.put("state", state.state().name());
    params.put("cursor", state.cursor());
    params.put("pages", state.pages());
    params.put("rows", state.rows());
    params.put("declared", state.declared());
    params.put("bytes", state.bytes());
    params.put("reason", state.reason());
    params.put("attempts", state.attempts());
    SQL.statement("save").run(connection, params);
  }

  @Override
  public void forgetAfter(String channel, String shop, String api, Instant moment) {
    Map<String, Object> params =
        Map.of("channel", channel, "shop", shop, "api", api, "to_at", moment);
    database.transact(connection -> SQL.statement("forget_after").run(connection, params));
  }

  @Override
  public void replace(WindowState whole, List<WindowState> parts) {
    database.transact(
        connection -> {
          SQL.statement("remove").run(connection, key(whole));
          for (WindowState part : parts) save(connection, part);
        });
  }

  private static Map<String, Object> key(WindowState state) {
    Map<String, Object> key = new HashMap<>();
    key.put("channel", state.channel());
    key.put("shop", state.shop());
    key.put("api", state.api());
    key.put("from_at", state.from());
    key.put("to_at", state.to());
    return key;
  }
}
