package omnipoints.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import omnipoints.sql.Database;
import omnipoints.sql.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The drill: an installation is lost, made again from its backup, and goes on as if it never was.
 */
class BackupDrillTest {

  @TempDir Path directory;
  private OperatedHome home;
  private TestDatabase empty;

  @BeforeEach
  void oneNight() throws IOException {
    home = new OperatedHome(directory);
    empty = TestDatabase.bare();
    home.sale("S1", "C1", "2025-12-31 10:00:00", 100);
    // As where secrets lie on a volume of their own.
    Path secrets = home.dir().resolve("secrets");
    Files.move(secrets, directory.resolve("volume"));
    Files.createSymbolicLink(secrets, directory.resolve("volume"));
    home.drop(
        "program/members.csv",
        "card,phone,birthday,join_date,home_shop\nC1,13800000001,,2025-01-01,S1\n");
    assertThat(home.run("nightly", "--date", "2025-12-31").exit()).isZero();
  }

  @AfterEach
  void close() {
    home.close();
    empty.close();
  }

  private void newHome(String url) throws IOException {
    Ran.in(directory, "init", "--home", "new");
    Path settings = directory.resolve("new/omnipoints.yaml");
    Files.writeString(
        settings,
        Files.readString(settings).replace("polls: 2", "polls: 1")
            + "database:\n  url: "
            + url
            + "\n");
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }

  private static Map<String, String> outbox(Path home, String date) throws IOException {
    var files = new TreeMap<String, String>();
    try (Stream<Path> paths = Files.list(home.resolve("outbox/crm/" + date))) {
      for (Path path : paths.toList()) files.put(path.getFileName().toString(), text(path));
    }
    return files;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void what_is_restored_is_proven_and_its_next_night_is_that_of_the_lost_one() throws IOException {
    Ran backup = home.run("backup", "--to", "safe", "--json");
    assertThat(backup.exit()).as(backup.err()).isZero();
    assertThat(backup.json().get("last_closed").asString()).isEqualTo("2025-12-31");
    Path safe = directory.resolve("safe");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(safe)))
        .isEqualTo("rwx------");
    assertThat(safe.resolve("home/secrets/token.key")).exists();

    newHome(empty.url());
    Ran lacking = Ran.in(directory, "restore", "--from", "safe", "--home", "new", "--json");
    assertThat(lacking.exit()).as(lacking.out() + lacking.err()).isEqualTo(3);
    assertThat(lacking.json().get("archive_missing")).isNotEmpty();
    copy(directory.resolve("home/archive"), directory.resolve("new/archive"));

    Ran proof = Ran.in(directory, "verify", "--home", "new", "--json");
    assertThat(proof.exit()).as(proof.out() + proof.err()).isZero();
    assertThat(Ran.in(directory, "status", "--home", "new", "--json").json().get("close_hash"))
        .isEqualTo(home.run("status", "--json").json().get("close_hash"));
    // what was handed out comes from the archive
    assertThat(Ran.in(directory, "extract", "--date", "2025-12-31", "--home", "new").exit())
        .isZero();

    String more = OperatedHome.till("C1", "2026-01-01 10:00:00", 70);
    for (String to : new String[] {"home", "new"}) {
      Path file = directory.resolve(to + "/inbox/pos/S1/more.csv");
      Files.createDirectories(file.getParent());
      Files.writeString(file, more);
      Files.createFile(file.resolveSibling("more.csv.done"));
      Ran night = Ran.in(directory, "nightly", "--date", "2026-01-01", "--home", to);
      assertThat(night.exit()).as(night.out() + night.err()).isZero();
    }
    assertThat(outbox(directory.resolve("new"), "2026-01-01"))
        .isEqualTo(outbox(directory.resolve("home"), "2026-01-01"));
    assertThat(Ran.in(directory, "ledger", "--date", "2026-01-01", "--csv", "--home", "new").out())
        .isEqualTo(home.run("ledger", "--date", "2026-01-01", "--csv").out())
        .contains("EARN,70");
  }

  @Test
  void what_is_registered_while_a_backup_is_written_is_wholly_in_it_or_not_at_all()
      throws Exception {
    try (Connection other = home.database().connection()) {
      other.setAutoCommit(false);
      // Of two tables that are written one after the other, the second changes meanwhile.
      Database.execute(other, "hold", "lock table run_action in access exclusive mode");
      CompletableFuture<Ran> backup =
          CompletableFuture.supplyAsync(() -> home.run("backup", "--to", "safe"));
      await().atMost(Duration.ofSeconds(30)).until(this::somebodyWaits);
      Database.execute(
          other, "meanwhile", "insert into run_stop (epoch, at, actor) values (-1, now(), 'li')");
      other.commit();
      assertThat(backup.join().exit()).isZero();
    }
    Path rows = directory.resolve("safe/database/public.run_stop.copy.gz");
    try (var in = new GZIPInputStream(Files.newInputStream(rows))) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEmpty();
    }
  }

  private boolean somebodyWaits() {
    return home.database()
        .inTransaction(
            connection -> {
              try (var statement = connection.createStatement();
                  var row =
                      statement.executeQuery(
                          "select exists (select 1 from pg_locks where not granted"
                              + " and relation = 'run_action'::regclass)")) {
                row.next();
                return row.getBoolean(1);
              }
            });
  }

  @Test
  void a_restore_that_cannot_fill_the_database_leaves_no_home_and_is_repeated() throws IOException {
    assertThat(home.run("backup", "--to", "safe").exit()).isZero();
    // The settings of the backup name the database of the lost home, which is still there.
    Ran refused = Ran.in(directory, "restore", "--from", "safe", "--home", "new", "--json");
    assertThat(refused.exit()).isEqualTo(8);
    assertThat(refused.json().get("code").asString()).isEqualTo("DATABASE_IN_USE");
    assertThat(
            Ran.in(directory, "nightly", "--home", "new", "--json").json().get("code").asString())
        .isEqualTo("NO_HOME");

    Files.writeString(
        directory.resolve("new/omnipoints.yaml"),
        Files.readString(directory.resolve("safe/home/omnipoints.yaml"))
            .replaceAll("url: .*", "url: " + Matcher.quoteReplacement(empty.url())));
    copy(directory.resolve("home/archive"), directory.resolve("new/archive"));
    Ran again = Ran.in(directory, "restore", "--from", "safe", "--home", "new");
    assertThat(again.exit()).as(again.out() + again.err()).isZero();
  }

  @Test
  void a_damaged_backup_and_a_home_in_use_are_refused_before_anything_is_written()
      throws IOException {
    assertThat(home.run("backup").exit()).isEqualTo(2);
    assertThat(home.run("backup", "--to", "safe").exit()).isZero();
    assertThat(home.run("backup", "--to", "safe", "--json").json().get("code").asString())
        .isEqualTo("NOT_EMPTY");
    Ran inUse = home.run("restore", "--from", "safe", "--json");
    assertThat(inUse.exit()).isEqualTo(8);
    assertThat(inUse.json().get("code").asString()).isEqualTo("DATABASE_IN_USE");
    Path entries = directory.resolve("safe/database/public.balance.copy.gz");
    Files.write(entries, new byte[] {1});
    newHome(empty.url());
    Ran damaged = Ran.in(directory, "restore", "--from", "safe", "--home", "new", "--json");
    assertThat(damaged.exit()).isEqualTo(8);
    assertThat(damaged.json().get("message").asString())
        .endsWith("missing or damaged: database/public.balance.copy.gz");
    assertThat(Ran.in(directory, "restore", "--from", "nowhere", "--home", "new").exit())
        .isEqualTo(8);
    home.database()
        .transact(
            connection ->
                Database.execute(connection, "arrange", "update night set state = 'FAILED'"));
    assertThat(home.run("backup", "--to", "other", "--json").json().get("code").asString())
        .isEqualTo("NIGHT_UNFINISHED");
  }
}
