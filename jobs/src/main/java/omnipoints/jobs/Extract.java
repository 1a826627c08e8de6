package omnipoints.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import omnipoints.jobs.extract.Csv;
import omnipoints.jobs.extract.ExtractFolder;
import omnipoints.jobs.extract.ExtractFolder.CsvFile;
import omnipoints.sql.Script;
import omnipoints.sql.Statements;

/**
 * Step extract: the CRM files of a closed night and its reports. Files are written aside, forced to
 * disk, their control sums compared with the close, then renamed, the manifest last: an extract is
 * there whole or not at all. Nothing in them depends on who writes them or when; compressed copies
 * are kept, so that they can be written again when the next nights have moved on.
 */
final class Extract implements NightStep {

  static final Script SQL = Statements.job("export").step("extract");

  @Override
  public String name() {
    return "extract";
  }

  /**
   * Every parameter the statements may ask for; {@code base} is the night the delta compares with.
   */
  static Map<String, Object> params(Night night, LocalDate base) {
    var params = new HashMap<String, Object>();
    params.put("night", night.date());
    params.put("base", base);
    return params;
  }

  @Override
  public Counts prepare(Night night) throws SQLException {
    Beside<Void> reports =
        Beside.run(() -> Reports.write(night.home(), night.database(), night.date()));
    Counts written;
    try {
      written = profiles(night);
      KeptExtract.keep(night.home(), night.date());
      Mall.write(night);
    } finally {
      reports.await();
    }
    reports.result();
    night.crash().reached("extract:kept");
    return written;
  }

  private static Counts profiles(Night night) throws SQLException {
    LocalDate base = base(night);
    Path folder = night.home().outbox().resolve(night.date().toString());
    try (ExtractFolder files = ExtractFolder.open(folder, Csv.Reader.MACHINE)) {
      Profiles profiles = members(night, base, files);
      night.database().transact(connection -> profiles.compareWithClose(connection, night));
      night.crash().reached("extract:written");
      night
          .database()
          .transact(
              connection -> files.publish(Manifest.of(connection, night, base, files, profiles)));
      return new Counts(profiles.rows(), profiles.changed(), 0);
    } catch (UncheckedIOException e) {
      throw NightRefused.cannotWrite(folder, e.getCause(), night.date());
    } catch (IOException e) {
      throw NightRefused.cannotWrite(folder, e, night.date());
    }
  }

  /** Who is who and what each has, side by side: the night is closed and nothing moves any more. */
  private static Profiles members(Night night, LocalDate base, ExtractFolder files)
      throws SQLException {
    CsvFile known =
        files.open(
            "identities_full_" + night.date() + ".csv",
            List.of("member_id", "kind", "channel", "value"));
    var points = new MemberPoints(night, files);
    var tiers = new TierChanges(night, files);
    Beside<Void> identities =
        Beside.run(
            () -> {
              identities(night, base, known);
              points.write();
              tiers.write();
            });
    Profiles profiles;
    try {
      profiles = profiles(night, base, files);
    } finally {
      identities.await();
    }
    identities.result();
    return profiles;
  }

  private static void identities(Night night, LocalDate base, CsvFile csv) {
    night
        .database()
        .readOnce(
            connection ->
                SQL.statement("identities")
                    .forEachRow(
                        connection,
                        params(night, base),
                        row ->
                            csv.row(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4))));
    csv.close();
  }

  private static LocalDate base(Night night) throws SQLException {
    try (Connection connection = night.database().connection()) {
      return SQL.statement("base")
          .list(connection, params(night, null), row -> Columns.date(row, 1))
          .get(0);
    }
  }

  private static Profiles profiles(Night night, LocalDate base, ExtractFolder files)
      throws SQLException {
    night
        .database()
        .transact(
            connection -> {
              night.lock().fence(connection);
              SQL.statement("forget_sent").run(connection, params(night, base));
            });
    return night
        .database()
        .inTransaction(
            reading -> {
              try (NightCopy sent =
                  NightCopy.into(night, "profile_sent", "night", "member_id", "hash")) {
                long members =
                    SQL.statement("members")
                        .one(reading, Map.of(), row -> row.getLong(1))
                        .orElse(0L);
                var profiles = new Profiles(night, files, sent, members);
                SQL.statement("profiles").forEachRow(reading, params(night, base), profiles::add);
                profiles.finish();
                sent.finish();
                return profiles;
              }
            });
  }

  @Override
  public Counts apply(Night night, Connection connection, Counts prepared) throws SQLException {
    Map<String, Object> params = params(night, base(night));
    params.put("manifest_sha256", KeptExtract.manifestSha256(night.home(), night.date()));
    SQL.statement("written").run(connection, params);
    return prepared;
  }
}
