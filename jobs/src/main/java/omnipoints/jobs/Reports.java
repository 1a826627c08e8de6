package omnipoints.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import omnipoints.jobs.extract.Csv;
import omnipoints.jobs.extract.ExtractFolder;
import omnipoints.jobs.extract.ReconciliationWorkbook;

/**
 * The reports of a closed night for people: liability, rejects, reconciliation. Each file appears
 * whole.
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

  private static final List<String> LEFT = List.of("file", "since", "kind", "reason");

  private Reports() {}

  /**
   * @throws NightRefused exit 9 when the folder cannot be written
   */
  static void write(Night night) {
    Path folder = night.home().reports().resolve(night.date().toString());
    try (ExtractFolder files = ExtractFolder.open(folder, Csv.Reader.PEOPLE)) {
      night
          .database()
          .transact(
              connection -> {
                files.csv(
                    "liability.csv",
                    LIABILITY,
                    csv ->
                        Extract.SQL
                            .statement("liability")
                            .forEachRow(
                                connection,
                                Extract.params(night, null),
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
                                Extract.params(night, null),
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
                                Extract.params(night, null),
                                row -> {
                                  String[] cells = new String[LEFT.size()];
                                  for (int i = 0; i < cells.length; i++)
                                    cells[i] = row.getString(LEFT.get(i));
                                  csv.row(cells);
                                }));
                files.show(
                    "reconciliation.xlsx",
                    out ->
                        ReconciliationWorkbook.write(
                            connection, Extract.params(night, null), night.cut(), folder, out));
              });
      files.show();
    } catch (UncheckedIOException e) {
      throw NightRefused.cannotWrite(folder, e.getCause(), night.date());
    } catch (IOException e) {
      throw NightRefused.cannotWrite(folder, e, night.date());
    }
  }
}
