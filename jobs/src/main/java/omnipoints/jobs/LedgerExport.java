package omnipoints.jobs;

import java.io.OutputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import omnipoints.points.EntryKey;
import omnipoints.sql.Script;
import omnipoints.sql.Statements;

/**
 * The ledger of one night as CSV: header, LF, ordered by member and entry. These exact bytes are
 * what the entry root of the close is the SHA-256 of, so nothing in them may depend on when, where
 * or by whom they are written.
 */
public final class LedgerExport {

  private static final Script SQL = Statements.job("export").step("ledger");
  private static final String[] HEADER = {
    "entry",
    "night",
    "member_id",
    "kind",
    "points",
    "effective_at",
    "channel",
    "shop",
    "cause_type",
    "cause_key",
    "program_version",
    "moved"
  };

  private LedgerExport() {}

  /**
   * Writes the entries of a closed night; other nights have none.
   *
   * @return number of entries
   */
  public static long write(Connection connection, LocalDate night, ZoneId zone, OutputStream out) {
    return write(connection, "closed", night, zone, out);
  }

  /** The same out of the night's own table, before it is attached. */
  static long writeOpen(Connection connection, LocalDate night, ZoneId zone, OutputStream out) {
    return write(connection, "open", night, zone, out);
  }

  private static long write(
      Connection connection, String statement, LocalDate night, ZoneId zone, OutputStream out) {
    var csv = new Csv(out);
    csv.row(HEADER);
    long rows =
        SQL.statement(statement)
            .forEachRow(
                connection, Map.of("night", night), row -> csv.row(cells(row, night, zone)));
    csv.flush();
    return rows;
  }

  private static String[] cells(ResultSet row, LocalDate night, ZoneId zone) throws SQLException {
    String member = row.getString("member_id");
    return new String[] {
      new EntryKey(night, member, row.getInt("n")).toString(),
      night.toString(),
      member,
      row.getString("kind"),
      row.getString("points"),
      Times.print(Rows.instant(row, "effective_at"), zone),
      row.getString("channel"),
      row.getString("shop"),
      row.getString("cause_type"),
      row.getString("cause_key"),
      row.getString("program_version"),
      row.getString("moved")
    };
  }
}
