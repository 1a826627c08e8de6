package omnipoints.jobs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import omnipoints.sql.TestDatabase;

/** A home on a database of its own, and the few things a test does with it. */
final class TestHome implements AutoCloseable {

  static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final String KEY = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

  final Path dir;
  final TestDatabase database;

  TestHome(Path dir) {
    this(dir, "");
  }

  /** @param more lines appended to omnipoints.yaml */
  TestHome(Path dir, String more) {
    this.dir = dir;
    this.database = TestDatabase.fresh(Batch.SCHEMA);
    try {
      Files.createDirectories(dir.resolve("secrets"));
      Files.createDirectories(dir.resolve("programs"));
      Files.createDirectories(dir.resolve("mappings"));
      for (String inbox : List.of("tmall", "pos", "program")) Files.createDirectories(dir.resolve("inbox").resolve(inbox));
      Files.writeString(dir.resolve("secrets/token.key"), KEY);
      Files.writeString(
          dir.resolve("omnipoints.yaml"),
          "zone: Asia/Shanghai\nprogramme: base\nchannels:\n  tmall: {}\n  pos: {}\n  program: {}\n" + more);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Home home() {
    return Home.open(dir);
  }

  /** Puts a finished file into {@code inbox/<channel>[/<shop>]}. */
  TestHome drop(String path, byte[] content) {
    try {
      Path file = dir.resolve("inbox").resolve(path);
      Files.createDirectories(file.getParent());
      Files.write(file, content);
      Files.createFile(file.resolveSibling(file.getFileName() + ".done"));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  TestHome drop(String path, String content) {
    return drop(path, content.getBytes(StandardCharsets.UTF_8));
  }

  TestHome drop(String path, String content, Charset charset) {
    return drop(path, content.getBytes(charset));
  }

  NightOutcome night(String date) {
    return Nightly.run(home(), database.database(), NightRequest.of(LocalDate.parse(date), Progress.SILENT));
  }

  /** The ledger of a closed night: kind, points, moved, effective_at, cause_key of each entry, in order. */
  List<String> ledger(String date) {
    return rows("select kind || ' ' || points || case when moved <> 0 then ' moved ' || moved else '' end || ' '"
        + " || to_char(effective_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI:SS') || ' ' || cause_key"
        + " from entry where night = '" + date + "' order by member_id, n");
  }

  byte[] ledgerCsv(String date) {
    try (Connection connection = database.database().connection()) {
      connection.setAutoCommit(false);
      var out = new ByteArrayOutputStream();
      LedgerExport.write(connection, LocalDate.parse(date), ZONE, out);
      return out.toByteArray();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** First column of every row as text. */
  List<String> rows(String sql) {
    try (Connection connection = database.database().connection();
        var statement = connection.createStatement();
        var result = statement.executeQuery(sql)) {
      var rows = new ArrayList<String>();
      while (result.next()) rows.add(result.getString(1));
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  void execute(String sql) {
    try (Connection connection = database.database().connection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  String file(String path) {
    try {
      return Files.readString(dir.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
