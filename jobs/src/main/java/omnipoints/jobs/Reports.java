package omnipoints.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
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
    try (ExtractFolder files = ExtractFolder.open(folder, Csv.Reader.PEOPLE)) {
      database.transact(
          connection -> {
            files.csv(
                "liability.csv",
                LIABILITY,
                csv ->
                    Extract.SQL
                        .statement("liability")
                        .forEachRow(
                            connection,
                            params,
                            row -> {
                              String[] cells = new String[LIABILITY.size()];
                              for (int i = 0; i < cells.length; i++)
                                cells[i] = row.getString(LIABILITY.get(i));
                              csv.row(cells);
                            }));
            files.csv(
                "rejects.csv",
                REJECTS,
                csv ->
                    Extract.SQL
                        .statement("rejects")
                        .forEachRow(
                            connection,
                            params,
                            row -> {
                              String[] cells = new String[REJECTS.size()];
                              for (int i = 0; i < cells.length; i++)
                                cells[i] = row.getString(i + 1);
                              csv.row(cells);
                            }));
            files.csv(
                "left.csv",
                LEFT,
                csv ->
                    Extract.SQL
                        .statement("left")
                        .forEachRow(
                            connection,
                            params,
                            row -> {
                              String[] cells = new String[LEFT.size()];
                              for (int i = 0; i < cells.length; i++)
                                cells[i] = row.getString(LEFT.get(i));
                              csv.row(cells);
                            }));
            files.csv(
                "awards.csv",
                AWARDS,
                csv ->
                    Extract.SQL
                        .statement("awards")
                        .forEachRow(
                            connection,
                            params,
                            row -> {
                              String[] cells = new String[AWARDS.size()];
                              for (int i = 0; i < cells.length; i++)
                                cells[i] = row.getString(AWARDS.get(i));
                              csv.row(cells);
                            }));
            if (Extract.SQL
                .statement("vouchers_told")
                .one(connection, Map.of("night", date), row -> row.getBoolean(1))
                .orElse(false))
              files.csv(
                  "vouchers.csv",
                  VOUCHERS,
                  csv ->
                      Extract.SQL
                          .statement("vouchers")
                          .forEachRow(
                              connection,
                              Map.of("night", date, "zone", home.config().zone().getId()),
                              row -> {
                                String[] cells = new String[VOUCHERS.size()];
                                for (int i = 0; i < cells.length; i++)
                                  cells[i] = row.getString(VOUCHERS.get(i));
                                csv.row(cells);
                              }));
            // Of an earlier night nobody knows any more what was left of each lot: its report
            // stays.
            if (Extract.SQL
                .statement("is_last")
                .one(connection, Map.of("night", date), row -> row.getBoolean(1))
                .orElse(false)) {
              files.csv(
                  "debts.csv",
                  List.of("age", "debts", "members", "owed"),
                  csv ->
                      Extract.SQL
                          .statement("debts")
                          .forEachRow(
                              connection,
                              Map.of("night", date, "zone", home.config().zone().getId()),
                              row ->
                                  csv.row(
                                      row.getString(1),
                                      row.getString(2),
                                      row.getString(3),
                                      row.getString(4))));
              files.csv(
                  "debtors.csv",
                  DEBTORS,
                  csv ->
                      Extract.SQL
                          .statement("debtors")
                          .forEachRow(
                              connection,
                              Map.of("night", date, "zone", home.config().zone().getId()),
                              row -> {
                                String[] cells = new String[DEBTORS.size()];
                                for (int i = 0; i < cells.length; i++)
                                  cells[i] = row.getString(DEBTORS.get(i));
                                csv.row(cells);
                              }));
              files.csv(
                  "attribution.csv",
                  ATTRIBUTION,
                  csv ->
                      Extract.SQL
                          .statement("attribution")
                          .forEachRow(
                              connection,
                              Map.of("night", date),
                              row -> {
                                String[] cells = new String[ATTRIBUTION.size()];
                                for (int i = 0; i < cells.length; i++)
                                  cells[i] = row.getString(ATTRIBUTION.get(i));
                                csv.row(cells);
                              }));
              files.csv(
                  "expiry_profile.csv",
                  List.of("month", "points", "members"),
                  csv ->
                      Extract.SQL
                          .statement("expiry_profile")
                          .forEachRow(
                              connection,
                              params,
                              row ->
                                  csv.row(row.getString(1), row.getString(2), row.getString(3))));
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

  private static Map<String, Object> params(Home home, LocalDate date) {
    var params = new HashMap<String, Object>();
    params.put("night", date);
    params.put("base", null);
    return params;
  }
}
