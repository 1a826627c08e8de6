package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import omnipoints.sql.Database;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a night says when the world around it breaks, and that it ends as ever once the world is
 * mended.
 */
class FaultTest {

  private static final String NIGHT = ThreeNights.SECOND;

  @TempDir static Path dir;

  private static KnownNight known;

  @BeforeAll
  static void a_home_whose_next_night_is_known() {
    known = new KnownNight(dir);
  }

  @AfterAll
  static void drop() {
    known.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"read:delivery", "join:work", "post:member", "close:attached", "deliver:applied"})
  void a_database_that_goes_away_is_the_environments_fault(String point) {
    try (TestHome home = known.copy()) {
      NightRefused refused = refused(home, request(once(point, home::cutConnections)));
      assertThat(refused.exit()).as(refused.getMessage()).isEqualTo(9);
      assertThat(refused.next()).contains("./omnipoints restart " + NIGHT);
      finish(home);
    }
  }

  @Test
  void a_second_start_is_refused_and_names_the_process_that_runs() {
    var second = new AtomicReference<NightRefused>();
    try (TestHome home = known.copy()) {
      run(
          home,
          request(once("join:range", () -> second.set(refused(home, request(CrashPoints.NONE))))));
      assertThat(second.get().exit()).isEqualTo(7);
      assertThat(second.get()).hasMessageContaining("process " + ProcessHandle.current().pid());
      same(home);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"read:prepared", "post:orders", "extract:prepared"})
  void a_process_that_lost_its_lock_writes_nothing_more(String point) throws SQLException {
    try (TestHome home = known.copy();
        Database other = Database.open(home.database.url())) {
      var taken = new AtomicReference<RunLock>();
      var before = new AtomicReference<Map<String, String>>();
      NightRefused refused =
          refused(
              home,
              request(
                  once(
                      point,
                      () -> {
                        taken.set(takeOver(home, other));
                        before.set(Snapshot.tables(home));
                      })));
      assertThat(refused.exit()).isEqualTo(7);
      assertThat(refused.code()).isEqualTo("LOCK_LOST");
      assertThat(Snapshot.tables(home)).isEqualTo(before.get());
      taken.get().close();
      finish(home);
    }
  }

  @Test
  void a_process_in_the_middle_of_writing_cannot_be_taken_over() {
    var attempt = new AtomicReference<Throwable>();
    try (TestHome home = known.copy()) {
      run(
          home,
          request(
              once(
                  "post:member",
                  () ->
                      attempt.set(
                          catchThrowable(
                              () -> home.rows("select epoch from run_lock for update nowait"))))));
      assertThat(attempt.get())
          .hasRootCauseInstanceOf(SQLException.class)
          .hasMessageContaining("could not obtain lock");
      same(home);
    }
  }

  @Test
  void a_full_disk_is_said_and_survived() throws Exception {
    try (TestHome home = known.copy()) {
      Path outbox = home.dir.resolve("outbox/crm/" + NIGHT);
      NightRefused refused = onSmallDisk(home, outbox);
      assertThat(refused.exit()).isEqualTo(9);
      assertThat(refused.code()).isEqualTo("CANNOT_WRITE");
      assertThat(refused).hasMessageContaining(outbox.toString());
      finish(home);
    }
  }

  @Test
  void a_night_that_is_stopped_before_each_step_goes_on_where_it_stopped() {
    try (TestHome home = known.copy()) {
      int stops = 0;
      for (NightRefused refused = stopped(home); refused != null; refused = stopped(home)) {
        assertThat(refused.exit()).as(refused.getMessage()).isEqualTo(5);
        assertThat(refused.next()).contains("./omnipoints restart " + NIGHT);
        stops++;
      }
      assertThat(stops).isEqualTo(NightlyJob.steps().size() - 1);
      same(home);
    }
  }

  /** Asked to stop as soon as one step is done. */
  private static NightRefused stopped(TestHome home) {
    var asked = new AtomicInteger();
    return refused(
        home,
        new NightRequest(
            LocalDate.parse(NIGHT),
            false,
            false,
            Progress.SILENT,
            CrashPoints.NONE,
            CLOCK,
            () -> asked.incrementAndGet() > 1));
  }

  /**
   * The database lies on a disk of its own, on which no page is left when a step begins. Steps that
   * need none go by, so the disk stays full until one fails: what the server frees meanwhile, by
   * tables that are dropped or by its own cleaning, is taken from it at every point.
   */
  @Test
  void a_disk_of_the_database_that_is_full_when_a_step_begins_is_said_and_survived()
      throws Exception {
    Path disk = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "small-disk");
    String skipped = mount(disk, "256m");
    if (skipped != null) abort(skipped);
    String space = "small_" + ProcessHandle.current().pid();
    Path filler = disk.resolve("filler");
    try {
      Path place = Files.createDirectory(disk.resolve("space"));
      try (TestHome home = known.copy()) {
        if (!lies(home, space, place)) abort("skipped, the server may not use the small disk");
        var begun = new TreeSet<String>();
        var failures = new ArrayList<String>();
        NightRefused refused;
        do {
          refused =
              refused(
                  home,
                  request(
                      point -> {
                        boolean first = point.endsWith(":begin") && begun.add(point);
                        if (first || Files.exists(filler)) fill(filler);
                      }));
          Files.deleteIfExists(filler);
          if (refused != null) {
            failures.add(refused.code() + " " + refused.getMessage());
            assertThat(refused.exit()).as("%s", failures).isEqualTo(9);
            assertThat(refused.next()).as("%s", failures).contains("./omnipoints restart " + NIGHT);
          }
        } while (refused != null);
        assertThat(failures).hasSizeGreaterThanOrEqualTo(4);
        finish(home);
      }
      admin("drop tablespace if exists " + space);
    } finally {
      new ProcessBuilder("umount", disk.toString()).inheritIO().start().waitFor();
    }
  }

  /** Puts the database of a home onto a disk; false where the server refuses. */
  private static boolean lies(TestHome home, String space, Path place) {
    String name = home.rows("select current_database()").get(0);
    try {
      admin("create tablespace " + space + " location '" + place + "'");
    } catch (SQLException e) {
      System.out.println("no tablespace at " + place + ": " + e.getMessage());
      return false;
    }
    try {
      admin(
          "select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = '"
              + name
              + "'");
      admin("alter database " + name + " set tablespace " + space);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return true;
  }

  private static void admin(String sql) throws SQLException {
    try (Database other =
            Database.open(
                known.prepared.database.url().replaceFirst("(//[^/]+/)[^?]+", "$1template1"));
        var connection = other.connection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void fill(Path file) {
    byte[] page = new byte[1 << 16];
    try (var out =
        Files.newOutputStream(
            file,
            java.nio.file.StandardOpenOption.CREATE,
            java.nio.file.StandardOpenOption.APPEND)) {
      while (true) out.write(page);
    } catch (IOException full) {
      // That is what was wanted.
    }
  }

  @Test
  void room_for_three_times_the_files_is_asked_for_before_any_is_read() throws Exception {
    try (TestHome home = known.copy()) {
      NightRefused refused = onSmallDisk(home, home.home().scratch());
      assertThat(refused.exit()).isEqualTo(9);
      assertThat(refused.code()).isEqualTo("DISK_FULL");
      assertThat(refused)
          .hasMessageContaining(home.home().scratch().toString())
          .hasMessageEndingWith(
              "the night wants 1 MiB to spill its rows to, three times its files, and 0 MiB are"
                  + " free; nothing was read yet");
      finish(home);
    }
  }

  /** Null when it is mounted, else why not. */
  private static String mount(Path folder, String size) throws Exception {
    Process mount =
        new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", folder.toString())
            .redirectErrorStream(true)
            .start();
    String said =
        new String(mount.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    if (mount.waitFor() == 0) return null;
    System.out.println("skipped, no small disk to be had: " + said.strip());
    return "no small disk: " + said.strip();
  }

  /** Runs the night while a folder of its home lies on a disk of two pages. */
  private static NightRefused onSmallDisk(TestHome home, Path folder) throws Exception {
    Files.createDirectories(folder);
    String skipped = mount(folder, "8k");
    if (skipped != null) abort(skipped);
    try {
      return refused(home, request(CrashPoints.NONE));
    } finally {
      new ProcessBuilder("umount", folder.toString()).inheritIO().start().waitFor();
    }
  }

  @Test
  void a_night_goes_on_only_under_the_version_it_began_with_unless_told() throws IOException {
    try (TestHome home = known.copy()) {
      var asked = new AtomicInteger();
      var request = request(CrashPoints.NONE);
      var stopping =
          new NightRequest(
              request.date(),
              false,
              false,
              request.progress(),
              request.crash(),
              request.clock(),
              () -> asked.incrementAndGet() > 4);
      assertThat(refused(home, stopping).exit()).isEqualTo(5);
      assertThat(home.rows("select state from night where night = '" + NIGHT + "'"))
          .containsExactly("STOPPED");

      Path program = home.dir.resolve("programs/base.yaml");
      Files.writeString(program, Files.readString(program) + "# looked at again\n");
      NightRefused refused = refused(home, request);
      assertThat(refused.exit()).isEqualTo(8);
      assertThat(refused.code()).isEqualTo("VERSION_CHANGED");
      assertThat(refused).hasMessageContaining("programme").hasMessageNotContaining("mappings");
      assertThat(home.rows("select count(*) from entry where night = '" + NIGHT + "'"))
          .containsExactly("0");

      run(
          home,
          new NightRequest(
              request.date(),
              true,
              false,
              request.progress(),
              request.crash(),
              request.clock(),
              () -> false));
      assertThat(home.rows("select accepted from night where night = '" + NIGHT + "'"))
          .containsExactly(
              "continued under another version by --accept-version;"
                  + " base version 2 has other content by --accept-version");
      Snapshot.outside(home, NIGHT)
          .forEach((what, text) -> assertThat(text).as(what).isEqualTo(known.reference.get(what)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"deleted", "cut off", "damaged"})
  void scratch_that_is_lost_between_two_steps_is_made_again(String what) {
    try (TestHome home = known.copy()) {
      run(home, request(once("join:begin", () -> spoil(home.home().scratch(), what))));
      same(home);
      assertThat(home.home().scratch().resolve(NIGHT)).doesNotExist();
    }
  }

  @Test
  void a_process_that_died_before_the_run_was_written_down_leaves_a_night_that_starts_anew() {
    try (TestHome home = known.copy()) {
      try (DyingNight night = new DyingNight(home, NIGHT, "collect:begin")) {
        night.diesAt("collect:begin");
      }
      String last = "(select max(job_execution_id) from batch.batch_job_execution)";
      for (String table : List.of("step_execution_context", "step_execution"))
        home.execute(
            "delete from batch.batch_"
                + table
                + " where step_execution_id in (select step_execution_id from"
                + " batch.batch_step_execution where job_execution_id = "
                + last
                + ")");
      for (String table : List.of("job_execution_context", "job_execution_params", "job_execution"))
        home.execute("delete from batch.batch_" + table + " where job_execution_id = " + last);
      finish(home);
    }
  }

  /** What a disk that was full only for a moment leaves of a run in the records of the library. */
  @ParameterizedTest
  @CsvSource({
    "FAILED,   STARTED",
    "FAILED,   STARTING",
    "FAILED,   UNKNOWN",
    "STOPPED,  STARTED",
    "STARTED,  STARTED",
    "STARTED,  FAILED",
    "STARTING, FAILED",
    "UNKNOWN,  UNKNOWN"
  })
  void a_run_that_was_only_half_recorded_goes_on_where_it_stopped(String run, String step) {
    try (TestHome home = known.copy()) {
      assertThat(stopped(home)).isNotNull();
      String last = "(select max(job_execution_id) from batch.batch_job_execution)";
      home.execute(
          "update batch.batch_job_execution set status = '"
              + run
              + "' where job_execution_id = "
              + last);
      home.execute(
          "update batch.batch_step_execution set status = '"
              + step
              + "', end_time = null where step_execution_id = (select max(step_execution_id) from"
              + " batch.batch_step_execution where job_execution_id = "
              + last
              + ")");
      finish(home);
    }
  }

  private static void spoil(Path scratch, String what) {
    try (Stream<Path> all = Files.walk(scratch)) {
      List<Path> files = all.filter(Files::isRegularFile).sorted().toList();
      assertThat(files).isNotEmpty();
      for (Path file : files.subList(files.size() / 2, files.size())) {
        byte[] bytes = Files.readAllBytes(file);
        switch (what) {
          case "deleted" -> Files.delete(file);
          case "cut off" -> Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
          default -> {
            bytes[bytes.length - 1] ^= 1;
            Files.write(file, bytes);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final Clock CLOCK =
      Clock.fixed(LocalDate.parse(NIGHT).atTime(23, 0).toInstant(ZoneOffset.UTC), ZoneOffset.UTC);

  private static NightRequest request(CrashPoints points) {
    return new NightRequest(
        LocalDate.parse(NIGHT), false, false, Progress.SILENT, points, CLOCK, () -> false);
  }

  private static CrashPoints once(String wanted, Runnable fault) {
    var done = new AtomicInteger();
    return point -> {
      if (point.equals(wanted) && done.getAndIncrement() == 0) fault.run();
    };
  }

  /** Runs the night on connections of its own; null when it ends well. */
  private static NightRefused refused(TestHome home, NightRequest request) {
    try {
      run(home, request);
      return null;
    } catch (NightRefused e) {
      return e;
    }
  }

  private static void run(TestHome home, NightRequest request) {
    try (Database database = Database.open(home.database.url())) {
      Nightly.run(home.home(), database, request);
    }
  }

  /** Ends the session that holds the run lock, whose process goes on, and takes the lock. */
  private static RunLock takeOver(TestHome home, Database other) {
    home.rows(
        "select pg_terminate_backend(pid, 10000) from pg_locks where locktype = 'advisory' and granted"
            + " and classid = 7310 and database = (select oid from pg_database where datname = current_database())");
    try {
      return RunLock.take(other, CLOCK, Duration.ofSeconds(5));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void finish(TestHome home) {
    home.night(NIGHT);
    same(home);
  }

  private static void same(TestHome home) {
    Map<String, String> books = Snapshot.of(home, NIGHT);
    assertThat(new TreeSet<>(books.keySet())).isEqualTo(new TreeSet<>(known.reference.keySet()));
    known.reference.forEach(
        (what, expected) -> assertThat(books.get(what)).as(what).isEqualTo(expected));
  }
}
