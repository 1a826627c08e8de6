package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A night that is killed, wherever that is, and started again ends with the same books and the same
 * files as a night that never was: byte by byte. Every point is tried with a process that stops
 * living on the spot ({@link DyingNight}); some, and random instants, with a real process and a
 * real kill, which costs seconds each.
 */
class CrashTest {

  private static final int KILLED = 137;

  /** {@code -Dcrash.deaths=50} takes another number. */
  private static final int DEATHS = Integer.getInteger("crash.deaths", 15);

  private static final String NIGHT = ThreeNights.SECOND;

  /**
   * In the order in which a night comes by. {@code applied} is just before a step's commit, {@code
   * end} just after it.
   */
  private static final List<String> POINTS =
      List.of(
          "collect:begin",
          "collect:prepared",
          "collect:applied",
          "collect:end",
          "read:delivery",
          "read:prepared",
          "read:applied",
          "read:end",
          "join:range",
          "join:work",
          "join:applied",
          "join:end",
          "identify:middle",
          "identify:applied",
          "identify:end",
          "post:orders",
          "post:member",
          "post:members",
          "post:applied",
          "post:end",
          "tier:members",
          "tier:applied",
          "check:applied",
          "check:end",
          "reconcile:applied",
          "reconcile:end",
          "close:attached",
          "close:applied",
          "close:end",
          "extract:written",
          "extract:prepared",
          "extract:applied",
          "extract:end",
          "deliver:applied",
          "deliver:end");

  @TempDir static Path dir;

  private static TestHome prepared;
  private static Map<String, String> reference;
  private static ExecutorService two;

  @BeforeAll
  static void a_home_whose_next_night_is_known() throws IOException {
    two = Executors.newFixedThreadPool(2);
    prepared = ThreeNights.beforeTheSecond(ThreeNights.ruled(dir.resolve("prepared")));
    try (TestHome unbroken = prepared.copy(dir.resolve("unbroken"))) {
      assertThat(unbroken.night(NIGHT).exit()).isEqualTo(3);
      reference = Snapshot.of(unbroken, NIGHT);
    }
  }

  @AfterAll
  static void drop() {
    two.shutdownNow();
    prepared.close();
  }

  @Test
  void a_night_that_dies_at_one_point_after_the_other_ends_as_if_it_had_never_been() {
    try (TestHome home = prepared("points")) {
      for (String point : POINTS) {
        try (DyingNight night = new DyingNight(home, NIGHT, point)) {
          night.diesAt(point);
        }
      }
      finish(home, "points");
    }
  }

  @Test
  void a_night_that_dies_many_times_at_random_ends_as_if_it_had_never_been() {
    long seed = Long.getLong("crash.seed", 7);
    var random = new Random(seed);
    int deaths = 0;
    for (int copy = 1; deaths < DEATHS; copy++) {
      var name = "random-" + copy;
      var told = new ArrayList<Integer>();
      try (TestHome home = prepared(name)) {
        boolean died = true;
        while (died && deaths < DEATHS) {
          int point = 1 + random.nextInt(POINTS.size() / 4);
          told.add(point);
          try (DyingNight night = DyingNight.atPoint(home, NIGHT, point)) {
            died = night.died();
          }
          if (died) deaths++;
        }
        finish(home, "crash.seed=" + seed + ", died at " + told);
      }
    }
  }

  @Test
  void a_process_killed_where_most_is_under_way_leaves_nothing_behind() throws Exception {
    List<Future<?>> runs = new ArrayList<>();
    runs.add(
        two.submit(
            () ->
                killedAt(
                    "one", "collect:prepared", "join:work", "post:member", "extract:written")));
    runs.add(
        two.submit(
            () ->
                killedAt(
                    "two", "read:delivery", "identify:applied", "close:attached", "close:end")));
    for (Future<?> run : runs) run.get();
  }

  @Test
  void a_process_killed_at_any_instant_leaves_nothing_behind() throws Exception {
    List<Future<?>> runs = new ArrayList<>();
    for (long seed : new long[] {1, 2}) runs.add(two.submit(() -> killedAtInstants(seed)));
    for (Future<?> run : runs) run.get();
  }

  private static void killedAt(String name, String... points) {
    try (TestHome home = prepared(name)) {
      for (String point : points) {
        Process process = start(home, name, point);
        assertThat(process.waitFor()).as("%s: %s", point, log(name)).isEqualTo(KILLED);
      }
      finish(home, name);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void killedAtInstants(long seed) {
    var random = new Random(seed);
    var name = "instants-" + seed;
    var kills = new ArrayList<String>();
    try (TestHome home = prepared(name)) {
      for (int kill = 1; kill <= 3; kill++) {
        Process process = start(home, name, "");
        int millis = random.nextInt(kill * 700);
        if (!process.waitFor(millis, TimeUnit.MILLISECONDS)) process.destroyForcibly().waitFor();
        kills.add(millis + " ms");
      }
      finish(home, "seed " + seed + ", killed after " + kills);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static synchronized TestHome prepared(String name) {
    return prepared.copy(dir.resolve(name));
  }

  private static void finish(TestHome home, String name) {
    home.night(NIGHT);
    Map<String, String> books = Snapshot.of(home, NIGHT);
    assertThat(new TreeSet<>(books.keySet())).as(name).isEqualTo(new TreeSet<>(reference.keySet()));
    reference.forEach(
        (what, expected) ->
            assertThat(books.get(what)).as("%s: %s", name, what).isEqualTo(expected));
  }

  /** Starts the night in a process of its own and returns when it has begun. */
  private static Process start(TestHome home, String name, String point) {
    return CrashingNight.start(
        home, NIGHT, point, ProcessBuilder.Redirect.to(dir.resolve(name + ".log").toFile()));
  }

  private static String log(String name) {
    try {
      return Files.readString(dir.resolve(name + ".log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
