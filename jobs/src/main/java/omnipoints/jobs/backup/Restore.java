package omnipoints.jobs.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.util.List;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import omnipoints.jobs.Home;
import omnipoints.jobs.NightRefused;
import omnipoints.routes.OwnerOnly;
import omnipoints.sql.Database;
import omnipoints.sql.Dump;

/**
 * Makes an installation again from a backup: into a new home, or into one that has never run a
 * night and whose own settings stay. Everything is proven before anything is written; the database
 * is filled in one transaction.
 *
 * @param rows of all tables
 * @param archiveMissing files of the archive that the backup lists and the home has not, or has
 *     with another size
 */
public record Restore(Contents contents, long rows, List<String> archiveMissing) {

  private static final String SETTINGS = "omnipoints.yaml";

  /** That of the local database is the server's, once there is one. */
  private static final String LOCAL_PASSWORD = "secrets/database.password";

  /** Opens the database of a home with the schema of this program. */
  @FunctionalInterface
  public interface Opening extends Function<Home, Database> {}

  /**
   * Restores.
   *
   * @throws NightRefused exit 8: the backup is damaged or of another version, or the home or its
   *     database is in use; 9: the home cannot be written
   */
  public static Restore from(Path folder, Path home, Opening opening) {
    try {
      Contents contents = Contents.read(folder);
      boolean own = Files.exists(home.resolve(SETTINGS));
      if (own) refuseUsed(home, folder, opening);
      files(contents, folder, home);
      Home opened = own ? Home.open(home) : Home.to(home, folder.resolve("home/" + SETTINGS));
      long rows;
      try (Database database = opening.apply(opened)) {
        rows = database.inTransaction(connection -> fill(contents, folder, connection));
        // Last, because it is what makes a folder a home: half a one runs no night.
        if (!own) put(folder.resolve("home/" + SETTINGS), home.resolve(SETTINGS));
        Dump.analyze(database);
      }
      return new Restore(contents, rows, missing(contents, opened.archive()));
    } catch (IOException e) {
      throw new NightRefused(
          9,
          "CANNOT_WRITE",
          "cannot write to " + home + ": " + e.getMessage(),
          List.of("free space or mend the permissions there, then repeat this command"));
    }
  }

  private static void files(Contents contents, Path folder, Path home) throws IOException {
    OwnerOnly.folder(home);
    for (String name :
        List.of("inbox", "archive", "outbox/crm", "reports", "logs", "secrets", "db"))
      OwnerOnly.folder(home.resolve(name));
    boolean server = Files.exists(home.resolve("db/data/PG_VERSION"));
    for (Contents.File file : contents.files()) {
      String name = file.name().substring("home/".length());
      if (name.equals(SETTINGS) || server && name.equals(LOCAL_PASSWORD)) continue;
      Path target = home.resolve(name).normalize();
      if (!target.startsWith(home.normalize()))
        throw new IOException(file.name() + " does not lie in a home");
      OwnerOnly.folder(target.getParent());
      put(folder.resolve(file.name()), target);
    }
  }

  private static void put(Path source, Path target) throws IOException {
    Path part = target.resolveSibling(target.getFileName() + ".part");
    Files.copy(source, part, StandardCopyOption.REPLACE_EXISTING);
    Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rw-------"));
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** A home that is there is looked at before any secret of it is replaced. */
  private static void refuseUsed(Path home, Path folder, Opening opening) {
    try (Database database = opening.apply(Home.open(home))) {
      database.transact(connection -> refuseUsed(connection, folder));
    }
  }

  private static void refuseUsed(Connection connection, Path folder) {
    if (Dump.used(connection))
      throw new NightRefused(
          8,
          "DATABASE_IN_USE",
          "the database of this home has run nights; a backup goes into an empty one",
          List.of(
              "./omnipoints init --home DIR",
              "name an empty database as database.url in omnipoints.yaml of that home",
              "./omnipoints restore --from " + folder + " --home DIR"));
  }

  private static long fill(Contents contents, Path folder, Connection connection) {
    String schema = Dump.fingerprint(connection);
    if (!schema.equals(contents.fingerprint()))
      throw new NightRefused(
          8,
          "OTHER_VERSION",
          "the backup is of another version of the program: its database has another schema",
          List.of("restore it with the program that made it, then upgrade"));
    refuseUsed(connection, folder);
    List<Dump.Table> tables = contents.tables().stream().map(Contents.Table::table).toList();
    Dump.prepare(connection, tables);
    long rows = 0;
    for (Contents.Table table : contents.tables()) {
      try (InputStream in =
          new GZIPInputStream(Files.newInputStream(folder.resolve(table.file().name())), 1 << 16)) {
        rows += Dump.read(connection, table.table(), in);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    Dump.set(connection, contents.sequences());
    return rows;
  }

  private static List<String> missing(Contents contents, Path archive) {
    return contents.archive().stream()
        .filter(file -> !there(archive.resolve(file.name()), file.bytes()))
        .map(Contents.Archived::name)
        .toList();
  }

  private static boolean there(Path file, long bytes) {
    try {
      return Files.isRegularFile(file) && Files.size(file) == bytes;
    } catch (IOException e) {
      return false;
    }
  }
}
