package omnipoints.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import omnipoints.jobs.extract.KeptFiles;
import omnipoints.jobs.extract.KeptFiles.Written;
import omnipoints.sql.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of an extract, kept compressed in {@code archive/crm/<date>/}, so that they can be
 * written again byte for byte. They cannot be computed again: profiles rest on orders and
 * identities as they stand now, and nobody keeps how they stood then. The manifest's hash stands in
 * the database, the hashes of the files in the manifest.
 */
public final class KeptExtract {

  private static final Logger LOG = LoggerFactory.getLogger(KeptExtract.class);

  private KeptExtract() {}

  /**
   * Writes what is missing or damaged of the extract of a closed night again; what is intact stays
   * as it is.
   *
   * @return all files of the extract, the manifest last
   * @throws NightRefused 8: the night has no extract yet, or nothing of it was kept; 9: what was
   *     kept is gone or damaged, or the disk refuses
   */
  public static List<Written> writeAgain(Home home, Connection connection, LocalDate date) {
    String manifest =
        Extract.SQL
            .statement("extracted")
            .one(
                connection,
                Map.of("night", date),
                row -> Optional.ofNullable(row.getString("manifest_sha256")))
            .orElseThrow(
                () ->
                    new NightRefused(
                        8,
                        "NOT_EXTRACTED",
                        "night " + date + " has no extract yet",
                        List.of("./omnipoints restart " + date)))
            .orElseThrow(
                () ->
                    new NightRefused(
                        8,
                        "EXTRACT_NOT_KEPT",
                        "the extract of " + date + " is from before extracts were kept",
                        List.of("take outbox/crm/" + date + " from a backup of the home")));
    return writeAgain(of(home, date), date, manifest);
  }

  /**
   * Looks whether the extract of the last closed night is there as it was written, and writes it
   * again if it is not. A loss that cannot be mended is logged and holds up nobody: {@code extract}
   * tells it.
   */
  static void mendLast(Home home, Database database) throws SQLException {
    try (Connection connection = database.connection()) {
      LocalDate last =
          Extract.SQL
              .statement("last_kept")
              .one(connection, Map.of(), row -> Columns.date(row, "night"))
              .orElse(null);
      if (last == null) return;
      for (Written file : writeAgain(home, connection, last))
        if (file.written())
          LOG.warn("outbox/crm/{}/{} was missing or damaged: written again", last, file.name());
    } catch (NightRefused e) {
      LOG.warn("{} {}", e.getMessage(), e.next());
    }
  }

  private static List<Written> writeAgain(KeptFiles files, LocalDate date, String manifest) {
    try {
      return files.writeAgain(manifest);
    } catch (KeptFiles.Lost lost) {
      throw new NightRefused(
          9,
          "EXTRACT_LOST",
          "the extract of "
              + date
              + " cannot be written again: of what was kept in "
              + files.archive()
              + " is missing or damaged: "
              + String.join(", ", lost.names()),
          List.of(
              "put these files of archive/crm/" + date + " back from a backup of the home",
              "./omnipoints extract --date " + date));
    } catch (IOException e) {
      throw NightRefused.cannotWrite(files.outbox(), e, date);
    }
  }

  /** Names of the kept files of an extract that are missing or not as they were written. */
  static List<String> damaged(Home home, LocalDate date, String manifest) {
    try {
      return of(home, date).damaged(manifest);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Keeps the published files of an extract. */
  static void keep(Home home, LocalDate date) {
    KeptFiles files = of(home, date);
    try {
      files.keep();
    } catch (IOException e) {
      throw NightRefused.cannotWrite(files.archive(), e, date);
    }
  }

  /** Hash of the manifest that stands in the outbox. */
  static String manifestSha256(Home home, LocalDate date) {
    try {
      return of(home, date).manifestSha256();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static KeptFiles of(Home home, LocalDate date) {
    return new KeptFiles(
        home.outbox().resolve(date.toString()),
        home.archive().resolve("crm").resolve(date.toString()));
  }
}
