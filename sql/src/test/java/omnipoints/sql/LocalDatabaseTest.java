package omnipoints.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDatabaseTest {

  @TempDir Path folder;

  private final List<LocalDatabase> started = new ArrayList<>();

  @AfterEach
  void stop() {
    started.forEach(LocalDatabase::stop);
  }

  @Test
  void it_starts_durable_for_the_owner_only_and_stops() throws Exception {
    Path home = folder.resolve("home");
    LocalDatabase local = local(home);
    LocalDatabase.Server server = local.start();

    assertThat(setting(local, "fsync")).isEqualTo("on");
    assertThat(setting(local, "synchronous_commit")).isEqualTo("on");
    assertThat(setting(local, "full_page_writes")).isEqualTo("on");
    assertThat(setting(local, "listen_addresses")).isEqualTo("127.0.0.1");
    assertThat(setting(local, "server_encoding")).isEqualTo("UTF8");
    assertThat(setting(local, "data_checksums")).isEqualTo("on");
    assertThat(server.version()).isEqualTo("18.6.0");
    assertThat(server.pid()).isPositive();
    assertThat(Files.readString(home.resolve("db/server.json")))
        .contains(
            "\"port\":" + server.port(),
            "\"pid\":" + server.pid(),
            "\"version\":\"18.",
            "\"data\":");
    for (String directory : List.of("db", "db/data", "secrets", "logs")) {
      assertThat(permissions(home.resolve(directory))).as(directory).isEqualTo("rwx------");
    }
    for (String file :
        List.of("db/server.json", "secrets/database.password", "logs/database.log")) {
      assertThat(permissions(home.resolve(file))).as(file).isEqualTo("rw-------");
    }
    assertThat(local.start()).isEqualTo(server);

    assertThat(local.stop()).isTrue();
    assertThat(local.running()).isEmpty();
    assertThat(home.resolve("db/server.json")).doesNotExist();
    assertThat(local.stop()).isFalse();
  }

  @Test
  void its_log_can_be_copied_where_the_settings_say_so_from_the_next_start_on() throws Exception {
    LocalDatabase local = local(folder.resolve("home"));
    assertThat(setting(local, "wal_level")).isEqualTo("minimal");
    LocalDatabase copied = local.withReplicas();
    assertThat(setting(copied, "wal_level")).as("still runs").isEqualTo("minimal");
    copied.stop();
    assertThat(setting(copied, "wal_level")).isEqualTo("replica");
    assertThat(setting(copied, "max_wal_senders")).isEqualTo("10");
    assertThat(setting(copied, "fsync")).isEqualTo("on");
  }

  @Test
  void a_login_without_the_password_is_refused() {
    LocalDatabase local = local(folder.resolve("home"));
    String wrong = local.url().replaceFirst("password=.*", "password=guess");
    assertThatThrownBy(() -> Database.open(wrong))
        .isInstanceOf(DatabaseUnreachable.class)
        .hasMessageMatching(
            "the database at 127\\.0\\.0\\.1:\\d+/omnipoints refuses the login \\(SQLSTATE 28P01\\)");
  }

  @Test
  void the_server_outlives_a_killed_process_and_is_adopted() throws Exception {
    Path home = folder.resolve("home");
    Process starter = process("start", home);
    assertThat(starter.inputReader().readLine()).isEqualTo("started");
    starter.destroyForcibly().waitFor();
    LocalDatabase local = local(home);
    LocalDatabase.Server orphan = local.running().orElseThrow();

    Files.delete(home.resolve("db/server.json"));
    assertThat(local.start()).as("found by its data directory").isEqualTo(orphan);
    assertThat(home.resolve("db/server.json")).exists();

    Files.writeString(home.resolve("db/server.json"), "{\"port\": 1, \"pid\"");
    assertThat(local.start()).as("found in spite of a torn file").isEqualTo(orphan);
    Files.writeString(home.resolve("db/server.json"), "{\"port\": 1}");
    assertThat(local.start()).as("found in spite of a wrong port").isEqualTo(orphan);
  }

  @Test
  void processes_that_start_it_at_once_get_the_same_server() throws Exception {
    Path home = folder.resolve("home");
    local(home);
    var processes = new ArrayList<Process>();
    for (int i = 0; i < 3; i++) processes.add(process("port", home));
    var ports = new ArrayList<String>();
    for (Process process : processes) ports.add(process.inputReader().readLine());
    for (Process process : processes) assertThat(process.waitFor()).isZero();
    assertThat(ports).hasSize(3).doesNotContainNull().containsOnly(ports.get(0));
  }

  @Test
  void threads_that_start_it_at_once_get_the_same_server() throws Exception {
    LocalDatabase local = local(folder.resolve("home"));
    var threads = Executors.newFixedThreadPool(4);
    try {
      var servers = new ArrayList<LocalDatabase.Server>();
      Callable<LocalDatabase.Server> start = local::start;
      for (var server : threads.invokeAll(Collections.nCopies(4, start))) servers.add(server.get());
      assertThat(servers).containsOnly(servers.get(0));
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void after_a_kill_of_the_server_committed_rows_are_there() throws Exception {
    LocalDatabase local = local(folder.resolve("home"));
    try (var database = Database.open(local)) {
      database.transact(
          c ->
              Database.execute(
                  c, "rows", "create table kept (id int); insert into kept values (1), (2)"));
      kill(local.start().pid());
    }
    assertThat(local.running()).isEmpty();
    try (var database = Database.open(local)) {
      assertThat(
              (long) database.inTransaction(c -> Database.execute(c, "count", "delete from kept")))
          .isEqualTo(2);
    }
  }

  @Test
  void a_number_in_the_file_of_a_dead_server_that_another_process_has_now_does_not_hinder()
      throws Exception {
    Path home = folder.resolve("home");
    LocalDatabase local = local(home);
    kill(local.start().pid());
    Path pidFile = home.resolve("db/data/postmaster.pid");
    List<String> lines = new ArrayList<>(Files.readAllLines(pidFile));
    lines.set(0, Long.toString(ProcessHandle.current().pid()));
    Files.write(pidFile, lines);
    assertThat(local.running()).isEmpty();
    assertThat(local.start().pid()).isNotEqualTo(ProcessHandle.current().pid());
  }

  @Test
  void a_home_copied_while_stopped_is_another_database() throws Exception {
    Path home = folder.resolve("home");
    LocalDatabase local = local(home);
    local.start();
    local.stop();
    Path copy = folder.resolve("copy");
    copyTree(home, copy);
    LocalDatabase copied = local(copy);
    LocalDatabase.Server first = local.start();
    LocalDatabase.Server second = copied.start();
    assertThat(second.port()).isNotEqualTo(first.port());
    assertThat(second.data()).isEqualTo(copy.resolve("db/data").toString());
  }

  @Test
  void a_home_copied_while_running_does_not_write_into_the_original() throws Exception {
    Path home = folder.resolve("home");
    local(home).start();
    Path copy = folder.resolve("copy");
    copyTree(home, copy);
    LocalDatabase copied = LocalDatabase.in(copy);
    assertThatThrownBy(copied::start)
        .isInstanceOf(DatabaseUnreachable.class)
        .hasMessageContaining("this home was copied while its database was running");
    assertThatThrownBy(copied::stop).isInstanceOf(DatabaseUnreachable.class);
    assertThat(LocalDatabase.in(home).running()).as("not stopped by its copy").isPresent();
  }

  @Test
  void data_of_another_major_version_are_refused() throws Exception {
    Path home = folder.resolve("home");
    Files.createDirectories(home.resolve("db/data"));
    Files.writeString(home.resolve("db/data/PG_VERSION"), "16\n");
    assertThatThrownBy(() -> LocalDatabase.in(home).start())
        .isInstanceOfSatisfying(
            DatabaseUnreachable.class,
            refused -> {
              assertThat(refused)
                  .hasMessage(
                      "the data in "
                          + home.resolve("db/data")
                          + " were written by PostgreSQL 16, this OmniPoints brings 18");
              assertThat(refused.next()).singleElement().asString().contains("pg_dump");
            });
  }

  @Test
  void a_lost_password_file_is_named() throws Exception {
    Path home = folder.resolve("home");
    LocalDatabase local = local(home);
    local.start();
    Path password = home.resolve("secrets/database.password");
    String kept = Files.readString(password);
    Files.delete(password);
    assertThatThrownBy(local::start)
        .isInstanceOf(DatabaseUnreachable.class)
        .hasMessageContaining("database.password");
    Files.writeString(password, kept);
    assertThat(local.running()).isPresent();
  }

  @Test
  void a_half_made_data_directory_is_made_again() throws Exception {
    Path home = folder.resolve("home");
    Files.createDirectories(home.resolve("db/data.new/base"));
    Files.writeString(home.resolve("db/data.new/PG_VERSION"), "18\n");
    assertThat(local(home).start().port()).isPositive();
    assertThat(home.resolve("db/data.new")).doesNotExist();
  }

  // ---- a process of its own, so that it can die

  /**
   * {@code start HOME}: starts it, says so, and waits to be killed; {@code port HOME}: starts it
   * and prints the port.
   */
  public static void main(String[] args) throws InterruptedException {
    LocalDatabase.Server server = LocalDatabase.in(Path.of(args[1])).start();
    System.out.println(args[0].equals("port") ? server.port() : "started");
    if (args[0].equals("start")) Thread.currentThread().join();
  }

  private static Process process(String... args) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                LocalDatabaseTest.class.getName()));
    for (Object arg : args) command.add(arg.toString());
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static Process process(String verb, Path home) throws IOException {
    return process(verb, home.toString());
  }

  private LocalDatabase local(Path home) {
    LocalDatabase local = LocalDatabase.in(home);
    started.add(local);
    return local;
  }

  private static void kill(long pid) throws Exception {
    ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
    server.destroyForcibly();
    server.onExit().get(30, TimeUnit.SECONDS);
  }

  private static String setting(LocalDatabase local, String name) throws SQLException {
    try (var database = Database.open(local);
        Connection connection = database.connection();
        ResultSet row = connection.createStatement().executeQuery("show " + name)) {
      row.next();
      return row.getString(1);
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (var paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        Path target = to.resolve(from.relativize(path).toString());
        if (!Files.exists(path)) continue; // a temporary file of the running server
        Files.copy(path, target); // with the rights a plain copy gives
      }
    }
  }
}
