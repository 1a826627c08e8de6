package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import omnipoints.sql.Database;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A commit whose answer is lost, and a server process that is ended in each step: the night is
 * started again until it ends, and has the books and files of one that was left alone.
 */
class LostCommitTest {

  private static final String NIGHT = ThreeNights.SECOND;
  private static final int TRIES = 40;

  @TempDir static Path dir;
  private static TestHome prepared;
  private static Map<String, String> reference;

  @BeforeAll
  static void a_home_whose_next_night_is_known() {
    prepared = ThreeNights.home(dir.resolve("prepared"));
    ThreeNights.of(ThreeNights.FIRST).forEach(export -> export.dropInto(prepared));
    prepared.night(ThreeNights.FIRST);
    ThreeNights.of(NIGHT).forEach(export -> export.dropInto(prepared));
    try (TestHome unbroken = prepared.copy(dir.resolve("unbroken"))) {
      unbroken.night(NIGHT);
      reference = Snapshot.of(unbroken, NIGHT);
    }
  }

  @AfterAll
  static void drop() {
    prepared.close();
  }

  /** The commit of each step. */
  private static List<String> all() {
    return NightlyJob.steps().stream().map(step -> step.name() + ":applied").toList();
  }

  private static NightRequest request(CrashPoints points) {
    return NightRequest.of(LocalDate.parse(NIGHT), Progress.SILENT).crashingAt(points);
  }

  /** Meets each point once; returns how many times the night failed. */
  private static int finish(TestHome home, String url, List<String> points, Runnable fault) {
    var met = new TreeSet<String>();
    var failures = new AtomicInteger();
    for (int n = 0; n < TRIES; n++) {
      try (Database database = Database.open(url)) {
        Nightly.run(
            home.home(),
            database,
            request(
                point -> {
                  if (points.contains(point) && met.add(point)) fault.run();
                }));
        break;
      } catch (NightRefused e) {
        failures.incrementAndGet();
        assertThat(e.exit()).as(e.getMessage()).isIn(4, 9);
        assertThat(e.next()).contains("./omnipoints restart " + NIGHT);
      }
    }
    assertThat(met).hasSameSizeAs(points);
    home.night(NIGHT);
    Map<String, String> books = Snapshot.of(home, NIGHT);
    reference.forEach((what, expected) -> assertThat(books.get(what)).as(what).isEqualTo(expected));
    return failures.get();
  }

  @Test
  void a_commit_whose_answer_is_lost_in_each_step() throws IOException {
    try (TestHome home = prepared.copy(dir.resolve("lost"));
        LosingProxy proxy = new LosingProxy(home.database.url())) {
      int failures = finish(home, proxy.url(), all(), proxy::loseNext);
      assertThat(proxy.lost()).isEqualTo(all().size());
      assertThat(failures).isEqualTo(all().size());
    }
  }

  @Test
  void a_server_process_that_is_ended_in_each_step() {
    try (TestHome home = prepared.copy(dir.resolve("ended"))) {
      int failures = finish(home, home.database.url(), all(), home::cutConnections);
      assertThat(failures).isEqualTo(all().size());
    }
  }
}
