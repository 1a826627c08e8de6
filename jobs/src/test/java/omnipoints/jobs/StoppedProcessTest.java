package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A process that is stopped (SIGSTOP) in the middle of a night lives, so nobody takes its night
 * from it. Where the server has given up its sessions, another finishes the night; and when the
 * first wakes, it finds that and writes nothing more.
 */
class StoppedProcessTest {

  private static final String NIGHT = ThreeNights.SECOND;

  @TempDir static Path dir;
  private static TestHome prepared;
  private static Map<String, String> reference;

  @BeforeAll
  static void a_home_whose_next_night_is_known() {
    assumeTrue(Files.isDirectory(Path.of("/proc/self")), "needs to see that a process is stopped");
    prepared = ThreeNights.beforeTheSecond(ThreeNights.home(dir.resolve("prepared")));
    try (TestHome unbroken = prepared.copy(dir.resolve("unbroken"))) {
      unbroken.night(NIGHT);
      reference = Snapshot.of(unbroken, NIGHT);
    }
  }

  @AfterAll
  static void drop() {
    if (prepared != null) prepared.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"read:delivery", "post:member", "extract:written"})
  void a_process_that_wakes_after_another_has_taken_over_writes_nothing(String point)
      throws Exception {
    Path log = dir.resolve(point.replace(':', '-') + ".log");
    try (TestHome home = prepared.copy(dir.resolve(point.replace(':', '-')))) {
      Process stopped =
          CrashingNight.start(
              home, NIGHT, CrashingNight.STOP + point, ProcessBuilder.Redirect.to(log.toFile()));
      try {
        awaitStopped(stopped, log);
        NightRefused refused = catchThrowableOfType(NightRefused.class, () -> run(home));
        assertThat(refused.exit()).isEqualTo(7);
        assertThat(refused)
            .hasMessageContaining("already running: process " + stopped.pid())
            .hasMessageContaining(" since ");

        home.cutConnections();
        home.night(NIGHT);
        same(home);
        Map<String, String> tables = Snapshot.tables(home);

        CrashingNight.signal("CONT", stopped.pid());
        assertThat(stopped.waitFor(120, TimeUnit.SECONDS)).as("it ends").isTrue();
        assertThat(stopped.exitValue()).isNotZero();
        assertThat(log).content().contains("NightRefused");
        assertThat(Snapshot.tables(home)).isEqualTo(tables);
        same(home);
        home.proveEverything();
      } finally {
        stopped.destroyForcibly().waitFor();
      }
    }
  }

  private static void awaitStopped(Process process, Path log) throws IOException {
    Path stat = Path.of("/proc/" + process.pid() + "/stat");
    while (true) {
      assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
      String line = Files.readString(stat);
      if (line.charAt(line.lastIndexOf(')') + 2) == 'T') return;
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  private static void run(TestHome home) {
    Nightly.run(
        home.home(),
        home.database.database(),
        NightRequest.of(LocalDate.parse(NIGHT), Progress.SILENT));
  }

  private static void same(TestHome home) {
    Map<String, String> books = Snapshot.of(home, NIGHT);
    assertThat(new TreeSet<>(books.keySet())).isEqualTo(new TreeSet<>(reference.keySet()));
    reference.forEach((what, expected) -> assertThat(books.get(what)).as(what).isEqualTo(expected));
  }
}
