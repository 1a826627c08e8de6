package omnipoints.jobs;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import omnipoints.books.Books;
import omnipoints.books.Ledger;
import omnipoints.sql.Check;
import omnipoints.sql.Checks;
import omnipoints.sql.Database;
import omnipoints.sql.TestDatabase;

/** A home on a database of its own, and the few things a test does with it. */
final class TestHome implements AutoCloseable {

  static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final String KEY =
      "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

  private static final AtomicInteger COPIES = new AtomicInteger();

  final Path dir;
  final TestDatabase database;

  TestHome(Path dir) {
    this(dir, "");
  }

  /**
   * @param more lines appended to omnipoints.yaml
   */
  TestHome(Path dir, String more) {
    this.dir = dir;
    this.database = TestDatabase.fresh(Batch.SCHEMA);
    try {
      Files.createDirectories(dir.resolve("secrets"));
      Files.createDirectories(dir.resolve("programs"));
      Files.createDirectories(dir.resolve("mappings"));
      for (String inbox : List.of("tmall", "pos", "program"))
        Files.createDirectories(dir.resolve("inbox").resolve(inbox));
      Files.writeString(dir.resolve("secrets/token.key"), KEY);
      Files.writeString(
          dir.resolve("omnipoints.yaml"),
          "zone: Asia/Shanghai\nprogramme: base\nchannels:\n  tmall: {}\n  pos: {}\n  program: {}\n"
              + more);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private TestHome(Path dir, TestDatabase database) {
    this.dir = dir;
    this.database = database;
  }

  /**
   * The same home again, files and books, to go on from here; this one is used up, but for further
   * copies.
   */
  TestHome copy(Path to) {
    try (Stream<Path> files = Files.walk(dir)) {
      for (Path file : files.toList())
        Files.copy(file, to.resolve(dir.relativize(file).toString()), REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var copy = new TestHome(to, database.copy());
    copy.numberApart();
    return copy;
  }

  /**
   * Spring Batch keeps running steps in a map of the JVM by their number: copies, and homes of
   * whose nights one stands still for ever, must not have those of other tests.
   */
  void numberApart() {
    for (String counted : List.of("job_execution", "step_execution")) {
      rows(
          "select setval('batch.batch_"
              + counted
              + "_seq', "
              + COPIES.incrementAndGet() * 100_000L
              + ")");
    }
  }

  /** Adds a line below {@code channels.tmall}. */
  TestHome settings(String line) {
    try {
      Path yaml = dir.resolve("omnipoints.yaml");
      Files.writeString(
          yaml, Files.readString(yaml).replace("  tmall: {}\n", "  tmall:\n" + line + "\n"));
      return this;
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
    NightOutcome outcome =
        Nightly.run(
            home(), database.database(), NightRequest.of(LocalDate.parse(date), Progress.SILENT));
    proveEverything();
    return outcome;
  }

  /** The invariants over the whole database, beyond those every night checks by itself. */
  void proveEverything() {
    assertThat(
            rows(
                "select c.relname from pg_class c"
                    + " join close k on c.relname like '%_n' || to_char(k.night, 'YYYYMMDD')"
                    + " where c.relkind in ('r', 'v')"
                    + " and not exists (select 1 from pg_inherits i where i.inhrelid = c.oid)"))
        .as("tables that a closed night left behind")
        .isEmpty();
    database
        .database()
        .transact(
            connection -> {
              for (Check check : Checks.all()) {
                if (check.scope() == Check.Scope.NIGHT) continue;
                var params =
                    new java.util.HashMap<String, Object>(
                        java.util.Map.of(
                            "member_from",
                            MemberShare.ALL.from(),
                            "member_to",
                            MemberShare.ALL.to()));
                params.keySet().retainAll(check.parameters());
                org.assertj.core.api.Assertions.assertThat(
                        check.run(connection, params, 3).sample())
                    .as(check.name())
                    .isEmpty();
              }
            });
  }

  /** A file of the home, written anew. */
  TestHome write(String path, String text) {
    try {
      Files.createDirectories(dir.resolve(path).getParent());
      Files.writeString(dir.resolve(path), text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds rules, or tiers, to the programme written so far. */
  TestHome rules(String yaml) {
    String before = file("programs/base.yaml");
    if (yaml.contains("tiers:")) before = before.replace("tiers: []\n", "");
    return write("programs/base.yaml", before + yaml);
  }

  /** A programme of this home that wins over the shipped base. */
  TestHome program(String hold, String expiry) {
    try {
      Files.writeString(
          dir.resolve("programs/base.yaml"),
          "program: base\nversion: 2\neffective_from: 2000-01-01\n"
              + "earn: {per_fen: 100, points: 1, mode: linear, rounding: floor, scope: line}\n"
              + "hold: {days: "
              + hold
              + ", from: completed}\n"
              + "expiry: {kind: rolling, length: "
              + expiry
              + ", start: available}\n"
              + "tiers: []\ndebt: {policy: allow}\nreturns: {unlinked: clawback}\nclaim: {days: 90}\n");
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Open breaks as {@code type key}, sorted. */
  List<String> breaks() {
    return rows("select type || ' ' || key from break where state = 'OPEN' order by 1");
  }

  /** {@code pending available owed} of every living member with any figure, by member. */
  List<String> balances() {
    return rows(
        "select b.pending || ' ' || b.available || ' ' || b.owed from balance b join member m using (member_id)"
            + " where m.merged_into is null order by b.member_id");
  }

  String orderClass(String order) {
    return rows("select class from sales_order join verdict using (order_key, first_night) where order_no = '"
            + order
            + "'")
        .get(0);
  }

  /**
   * The ledger of a closed night: kind, points, moved, effective_at, cause_key of each entry, in
   * order.
   */
  List<String> ledger(String date) {
    return rows(
        "select kind || ' ' || points || case when moved <> 0 then ' moved ' || moved else '' end || ' '"
            + " || to_char(effective_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI:SS') || ' ' || cause_key"
            + " from entry where night = '"
            + date
            + "' order by member_id, n");
  }

  byte[] ledgerCsv(String date) {
    try (Books books = Books.open(Database.open(database.url()), ZONE).orElseThrow()) {
      var out = new ByteArrayOutputStream();
      var export = new LedgerExport(out, ZONE);
      Ledger.forEachEntry(books, LocalDate.parse(date), export);
      export.flush();
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

  /**
   * Ends every other session of the database and waits until they are gone, as when their process
   * has died.
   */
  void cutConnections() {
    rows(
        "select pg_terminate_backend(pid, 10000) from pg_stat_activity"
            + " where datname = current_database() and pid <> pg_backend_pid()");
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
