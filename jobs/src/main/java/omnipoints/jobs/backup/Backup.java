package omnipoints.jobs.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import omnipoints.jobs.Home;
import omnipoints.jobs.NightRefused;
import omnipoints.jobs.RunLock;
import omnipoints.routes.OwnerOnly;
import omnipoints.sql.Database;
import omnipoints.sql.Dump;
import omnipoints.sql.Script;
import omnipoints.sql.Statements;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes a backup: all rows of the database in one snapshot, secrets, settings, mappings and
 * programmes, and the list of what the archive holds. No night runs meanwhile. What is handed out
 * can be written again from the archive; the archive itself is copied by whatever copies files.
 */
public final class Backup {

  private static final Script SQL = Statements.job("backup").step("dump");
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** What of a home is copied as it is, if it is there. */
  private static final List<String> COPIED =
      List.of("omnipoints.yaml", "schedules.yaml", "secrets", "mappings", "programs");

  private record State(LocalDate lastClosed, String closeHash, LocalDate unfinished) {}

  private Backup() {}

  /**
   * Writes a backup into a folder that is empty or not there yet.
   *
   * @throws NightRefused exit 7: a night runs; 8: a night is unfinished, or the folder is not
   *     empty; 9: the folder cannot be written
   */
  public static Contents make(Home home, Database database, Clock clock, Path folder)
      throws SQLException {
    try (RunLock lock = RunLock.take(database, clock, PATIENCE)) {
      refuseUsed(folder);
      OwnerOnly.folder(folder);
      OwnerOnly.folder(folder.resolve("database"));
      return database.inTransaction(
          connection -> {
            // What is registered and decided by hand goes on meanwhile.
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            lock.fence(connection);
            return write(home, connection, folder);
          });
    } catch (IOException e) {
      throw cannotWrite(folder, e);
    } catch (UncheckedIOException e) {
      throw cannotWrite(folder, e.getCause());
    }
  }

  private static NightRefused cannotWrite(Path folder, IOException e) {
    return new NightRefused(
        9,
        "CANNOT_WRITE",
        "cannot write to " + folder + ": " + e.getMessage(),
        List.of("free space or mend the permissions there, and name an empty folder"));
  }

  private static void refuseUsed(Path folder) throws IOException {
    if (!Files.exists(folder)) return;
    try (Stream<Path> content = Files.list(folder)) {
      if (content.findAny().isPresent())
        throw new NightRefused(
            8,
            "NOT_EMPTY",
            folder + " is not empty",
            List.of("name a folder that is not there yet"));
    }
  }

  private static Contents write(Home home, Connection connection, Path folder) {
    State state = state(connection);
    if (state.unfinished() != null)
      throw new NightRefused(
          8,
          "NIGHT_UNFINISHED",
          "night " + state.unfinished() + " is unfinished, and its tables belong to nobody else",
          List.of("./omnipoints restart " + state.unfinished()));
    try {
      var tables = new ArrayList<Contents.Table>();
      for (Dump.Table table : Dump.tables(connection)) tables.add(rows(connection, folder, table));
      var files = new ArrayList<Contents.File>();
      for (String name : copied(home.dir(), folder)) files.add(Contents.file(folder, name));
      var contents =
          new Contents(
              Contents.VERSION,
              state.lastClosed() == null ? null : state.lastClosed().toString(),
              state.closeHash(),
              Dump.fingerprint(connection),
              tables,
              Dump.sequences(connection),
              files,
              archived(home.archive()));
      try (FileChannel channel = create(folder.resolve(Contents.FILE))) {
        Channels.newOutputStream(channel).write(JsonMapper.shared().writeValueAsBytes(contents));
        channel.force(true);
      }
      return contents;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static State state(Connection connection) {
    return SQL.statement("state")
        .one(
            connection,
            Map.of(),
            row ->
                new State(
                    row.getObject("last_closed", LocalDate.class),
                    row.getString("close_hash"),
                    row.getObject("unfinished", LocalDate.class)))
        .orElseThrow();
  }

  private static Contents.Table rows(Connection connection, Path folder, Dump.Table table)
      throws IOException {
    String name = "database/" + table.qualified() + ".copy.gz";
    long rows;
    try (FileChannel channel = create(folder.resolve(name));
        OutputStream out = new GZIPOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
      rows = Dump.write(connection, table, out);
      ((GZIPOutputStream) out).finish();
      channel.force(true);
    }
    return new Contents.Table(table, rows, Contents.file(folder, name));
  }

  private static FileChannel create(Path file) throws IOException {
    return FileChannel.open(
        file, EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OwnerOnly.FILE);
  }

  private static List<String> copied(Path home, Path folder) throws IOException {
    var copied = new ArrayList<String>();
    for (String name : COPIED) {
      Path source = home.resolve(name);
      if (!Files.exists(source)) continue;
      try (Stream<Path> files = Files.walk(source, FileVisitOption.FOLLOW_LINKS)) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          String to = "home/" + home.relativize(file);
          OwnerOnly.folder(folder.resolve(to).getParent());
          try (FileChannel channel = create(folder.resolve(to))) {
            Files.copy(file, Channels.newOutputStream(channel));
            channel.force(true);
          }
          copied.add(to);
        }
      }
    }
    return copied;
  }

  private static List<Contents.Archived> archived(Path archive) throws IOException {
    if (!Files.isDirectory(archive)) return List.of();
    var archived = new ArrayList<Contents.Archived>();
    try (Stream<Path> files = Files.walk(archive)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String name = archive.relativize(file).toString();
        if (!name.startsWith(".")) archived.add(new Contents.Archived(name, Files.size(file)));
      }
    }
    return List.copyOf(archived);
  }
}
