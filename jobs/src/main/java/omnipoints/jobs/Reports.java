package omnipoints.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import omnipoints.jobs.extract.Csv;
import omnipoints.jobs.extract.ExtractFolder;
import omnipoints.jobs.extract.ReconciliationWorkbook;
import omnipoints.sql.Database;

/**
 * The reports of a closed night for people: liability, rejects, reconciliation. Each file appears
 * whole, and last a manifest of them all.
 */
final class Reports {

  private static final List<String> LIABILITY =
      List.of(
          "channel",
          "shop",
          "account",
          "opening",
          "issued",
          "released",
          "clawed_back",
          "redeemed",
          "restored",
          "expired",
          "adjusted",
          "repaid",
          "closing");
  private static final List<String> REJECTS =
      List.of("delivery", "file", "row", "column", "reason", "value_masked", "record_masked");

  private static final List<String> AWARDS =
      List.of(
          "night", "member_id", "rule", "cause_type", "cause_key", "desired", "granted", "reason");

  private static final List<String> DEBTORS =
      List.of("member_id", "debts", "owed", "since", "days", "command");

  private static final List<String> VOUCHERS =
      List.of(
          "code",
          "request_no",
          "item",
          "event",
          "at",
          "shop",
          "order_channel",
          "order_no",
          "off_fen",
          "outcome");

  private static final List<String> DEBTS = List.of("age", "debts", "members", "owed");

  private static final List<String> EXPIRY_PROFILE = List.of("month", "points", "members");

  private static final List<String> ATTRIBUTION =
      List.of("home_shop", "channel", "shop", "orders", "base_fen", "refund_fen");

  private static final List<String> LEFT = List.of("file", "since", "kind", "reason");

  private Reports() {}

  /**
   * @throws NightRefused exit 9 when the folder cannot be written
   */
  static void write(Home home, Database database, LocalDate date) {
    Path folder = home.reports().resolve(date.toString());
    Map<String, Object> params = params(home, date);
    Map<String, Object> night = Map.of("night", date);
    Map<String, Object> dated = Map.of("night", date, "zone", home.config().zone().getId());
    try (ExtractFolder files = ExtractFolder.open(folder, Csv.Reader.PEOPLE)) {
      database.transact(
          connection -> {
            report(files, connection, "liability", LIABILITY, params);
            report(files, connection, "rejects", REJECTS, params);
            report(files, connection, "left", LEFT, params);
            report(files, connection, "awards", AWARDS, params);
            if (Extract.SQL
                .statement("vouchers_told")
                .one(connection, night, row -> row.getBoolean(1))
                .orElse(false)) report(files, connection, "vouchers", VOUCHERS, dated);
            // Of an earlier night nobody knows any more what was left of each lot: its report
            // stays.
            if (Extract.SQL
                .statement("is_last")
                .one(connection, night, row -> row.getBoolean(1))
                .orElse(false)) {
              report(files, connection, "debts", DEBTS, dated);
              report(files, connection, "debtors", DEBTORS, dated);
              report(files, connection, "attribution", ATTRIBUTION, night);
              report(files, connection, "expiry_profile", EXPIRY_PROFILE, params);
            }
            files.show(
                "reconciliation.xlsx",
                out ->
                    ReconciliationWorkbook.write(
                        connection,
                        new ReconciliationWorkbook.Of(
                            date, home.config().zone(), home.config().company()),
                        folder,
                        out));
          });
      files.show();
      byte[] manifest =
          database.inTransaction(connection -> Manifest.ofReports(connection, date, folder));
      files.show("manifest.json", out -> out.write(manifest));
    } catch (UncheckedIOException e) {
      throw NightRefused.cannotWrite(folder, e.getCause(), date);
    } catch (IOException e) {
      throw NightRefused.cannotWrite(folder, e, date);
    }
  }

  /** Rows of the statement of that name, whose columns stand in the order of the header. */
  private static void report(
      ExtractFolder files,
      Connection connection,
      String name,
      List<String> header,
      Map<String, Object> params) {
    files.csv(
        name + ".csv",
        header,
        csv ->
            Extract.SQL
                .statement(name)
                .forEachRow(
                    connection,
                    params,
                    row -> {
                      String[] cells = new String[header.size()];
                      for (int i = 0; i < cells.length; i++) cells[i] = row.getString(i + 1);
                      csv.row(cells);
                    }));
  }

  private static Map<String, Object> params(Home home, LocalDate date) {
    var params = new HashMap<String, Object>();
    params.put("night", date);
    params.put("base", null);
    return params;
  }
}
