package omnipoints.jobs.quarantine;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import omnipoints.jobs.NightRefused;
import omnipoints.sql.Script;
import omnipoints.sql.Statements;

/**
 * A row in quarantine, as somebody who wants to settle it needs it.
 *
 * @param source the delivery it stands in
 * @param row 1-based row there
 * @param column header of the faulty cell, empty when the whole row is meant
 * @param order number of the order it parks, or null
 * @param state OPEN, REPLAYED or WAIVED
 * @param last as what it was last read again, {@link Replayed#NEVER} if it was not
 */
public record Reject(
    String id,
    Source source,
    int row,
    String column,
    String reason,
    String order,
    UUID orderKey,
    String state,
    String recordMasked,
    Replayed last) {

  static final Script SQL = Statements.job("quarantine").step("rejects");

  /** A delivery; {@code shop} is that of its folder or settings, empty if none. */
  public record Source(String channel, String shop, String document, String file, String sha256) {}

  /**
   * The replay of a row: which delivery carries it, and where.
   *
   * @param waiting registered, and no night has taken it yet
   * @param taken the night that is reading it now, null if none
   */
  public record Replayed(String sha256, int row, boolean waiting, LocalDate taken) {
    static final Replayed NEVER = new Replayed("", 0, false, null);

    boolean happened() {
      return row > 0;
    }

    static Replayed of(ResultSet row) throws SQLException {
      return new Replayed(
          row.getString("replay_sha256"),
          row.getInt("replay_row"),
          row.getBoolean("waiting"),
          row.getObject("taken", LocalDate.class));
    }
  }

  /**
   * Which rejects are meant: those of the ids, or all that fit the filters.
   *
   * @param ids null: no restriction
   * @param reason, channel, file, state exact, empty: any
   */
  public record Selection(
      Set<String> ids, String reason, String channel, String file, String state) {

    /** These and no others. */
    public static Selection of(Set<String> ids) {
      return new Selection(ids, "", "", "", "");
    }

    /** All open ones that fit; empty texts fit everything. */
    public static Selection open(String reason, String channel, String file) {
      return new Selection(null, reason, channel, file, "OPEN");
    }

    public boolean byId() {
      return ids != null;
    }
  }

  /**
   * The selected rejects by id. An id of a rejected replay means the reject it was a replay of.
   *
   * @throws NightRefused exit 8 with every id that does not exist
   */
  public static List<Reject> select(Connection connection, Selection selection) {
    if (selection.byId() && selection.ids().isEmpty()) return List.of();
    Set<String> ids = selection.byId() ? selection.ids() : Set.of();
    refuseUnknown(connection, ids);
    var params = new HashMap<String, Object>();
    params.put("ids", ids);
    params.put("reason", selection.reason());
    params.put("channel", selection.channel());
    params.put("file", selection.file());
    params.put("state", selection.state());
    return SQL.statement("selected").list(connection, params, Reject::of);
  }

  private static void refuseUnknown(Connection connection, Set<String> ids) {
    if (ids.isEmpty()) return;
    List<String> unknown =
        SQL.statement("unknown").list(connection, Map.of("ids", ids), row -> row.getString(1));
    if (unknown.isEmpty()) return;
    throw new NightRefused(
        8,
        "NO_SUCH_ITEM",
        "there is no rejected row " + String.join(", ", unknown),
        List.of("./omnipoints quarantine list --all"));
  }

  private static Reject of(ResultSet row) throws SQLException {
    return new Reject(
        row.getString("id"),
        new Source(
            row.getString("channel"),
            row.getString("source_shop"),
            row.getString("document"),
            row.getString("file"),
            row.getString("sha256")),
        row.getInt("row"),
        row.getString("column_name"),
        row.getString("reason"),
        row.getString("order_no"),
        row.getObject("order_key", UUID.class),
        row.getString("state"),
        row.getString("record_masked"),
        Replayed.of(row));
  }

  boolean open() {
    return state.equals("OPEN");
  }
}
