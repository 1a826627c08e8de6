package omnipoints.jobs;

import java.io.OutputStream;
import java.sql.Connection;
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
    return write(connection, "ledger", night, zone, out);
  }

  private static long write(
      Connection connection, String statement, LocalDate night, ZoneId zone, OutputStream out) {
    var lines = new Lines(out);
    long rows =
        SQL.statement(statement)
            .forEachRow(
                connection,
                Map.of("night", night),
                row ->
                    lines.write(
                        new EntryKey(night, row.getString("member_id"), row.getInt("n")),
                        row.getString("kind"),
                        row.getLong("points"),
                        Times.print(Rows.instant(row, "effective_at"), zone),
                        row.getString("channel"),
                        row.getString("shop"),
                        row.getString("cause_type"),
                        row.getString("cause_key"),
                        row.getInt("program_version"),
                        row.getLong("moved")));
    lines.flush();
    return rows;
  }

  /** Writes the lines of the export, the header first. */
  static final class Lines {

    private final Csv csv;

    Lines(OutputStream out) {
      csv = new Csv(out, Csv.Reader.MACHINE);
      csv.row(HEADER);
    }

    /**
     * One entry.
     *
     * @param effectiveAt as {@link Times} prints it
     * @param channel empty, like the shop, where no line stands behind the entry
     */
    void write(
        EntryKey entry,
        String kind,
        long points,
        String effectiveAt,
        String channel,
        String shop,
        String causeType,
        String causeKey,
        int programVersion,
        long moved) {
      csv.row(
          entry.toString(),
          entry.night().toString(),
          entry.member(),
          kind,
          Long.toString(points),
          effectiveAt,
          channel,
          shop,
          causeType,
          causeKey,
          Integer.toString(programVersion),
          Long.toString(moved));
    }

    void flush() {
      csv.flush();
    }
  }
}
