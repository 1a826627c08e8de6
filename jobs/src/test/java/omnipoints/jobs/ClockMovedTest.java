package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import omnipoints.sql.Database;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The clock of the machine is set, back or forward, while a night runs or between two. */
class ClockMovedTest {

  private static final String NIGHT = ThreeNights.SECOND;
  private static final Instant RIGHT =
      LocalDate.parse(NIGHT).plusDays(1).atTime(1, 0).toInstant(ZoneOffset.UTC);

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

  /** A clock that somebody sets. */
  private static final class SetClock extends Clock {
    Instant now = RIGHT;

    void move(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void a_night_in_which_the_clock_jumps_at_every_point_is_the_same_night(long seed) {
    var random = new Random(seed);
    var clock = new SetClock();
    try (TestHome home = known.copy()) {
      run(
          home,
          clock,
          point -> {
            clock.now = RIGHT;
            clock.move(Duration.ofMinutes(random.nextInt(-60 * 24 * 400, 60 * 24 * 400)));
          });
      same(home);
    }
  }

  @Test
  void a_clock_that_was_set_back_refuses_what_seems_to_come_and_set_right_goes_on() {
    var clock = new SetClock();
    try (TestHome home = known.copy()) {
      clock.move(Duration.ofDays(-3));
      Map<String, String> before = Snapshot.tables(home);
      NightRefused refused =
          catchThrowableOfType(NightRefused.class, () -> run(home, clock, point -> {}));
      assertThat(refused.exit()).isEqualTo(8);
      assertThat(refused.code()).isEqualTo("FUTURE_DATE");
      assertThat(Snapshot.tables(home)).isEqualTo(before);

      // begun while it was right, ended and gone on with while it is not
      clock.now = RIGHT;
      var done = new AtomicInteger();
      NightRefused broken =
          catchThrowableOfType(
              NightRefused.class,
              () ->
                  run(
                      home,
                      clock,
                      point -> {
                        if (!point.equals("post:orders") || done.getAndIncrement() > 0) return;
                        clock.move(Duration.ofDays(-3));
                        home.cutConnections();
                      }));
      assertThat(broken.exit()).isEqualTo(9);
      run(home, clock, point -> {});
      same(home);
      // and what is closed is not run again by a clock that is ahead
      clock.move(Duration.ofDays(900));
      run(home, clock, point -> {});
      same(home);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-10 years", "+10 years"})
  void whoever_runs_is_not_robbed_however_long_he_seems_to_run(String moved) {
    var second = new AtomicReference<NightRefused>();
    var clock = new SetClock();
    try (TestHome home = known.copy()) {
      run(
          home,
          clock,
          point -> {
            if (!point.equals("join:range") || second.get() != null) return;
            // the server's own clock cannot be set here: the moment it wrote down is
            home.execute("update run_lock set since = since + interval '" + moved + "'");
            home.execute("update night_step set began_at = began_at + interval '" + moved + "'");
            clock.move(Duration.ofDays(moved.startsWith("-") ? 3650 : -3650));
            second.set(
                catchThrowableOfType(NightRefused.class, () -> run(home, clock, other -> {})));
          });
      assertThat(second.get().exit()).isEqualTo(7);
      same(home);
    }
  }

  /** Once the night has gone on it waits no more, whatever the clock says then. */
  @Test
  void a_deadline_that_was_over_is_over() {
    var clock = new SetClock();
    try (TestHome home = known.copy()) {
      String yaml = home.file("omnipoints.yaml");
      home.write(
          "omnipoints.yaml",
          yaml.replace(
              "  pos: {}\n",
              "  pos:\n    expected: [{document: store_sales, shop: S9, deadline: '23:00'}]\n"));
      NightRefused waits =
          catchThrowableOfType(NightRefused.class, () -> run(home, clock, point -> {}));
      assertThat(waits.exit()).isEqualTo(10);
      clock.move(Duration.ofDays(1));
      run(
          home,
          clock,
          point -> {
            if (point.equals("collect:prepared")) clock.now = RIGHT;
          });
      assertThat(home.rows("select state from night_expected where night = '" + NIGHT + "'"))
          .containsExactly("MISSING");
      assertThat(home.breaks()).anyMatch(row -> row.startsWith("MISSING_DELIVERY"));
    }
  }

  private static void run(TestHome home, Clock clock, CrashPoints points) {
    try (Database database = Database.open(home.database.url())) {
      Nightly.run(
          home.home(),
          database,
          new NightRequest(
              LocalDate.parse(NIGHT), false, false, Progress.SILENT, points, clock, () -> false));
    }
  }

  private static void same(TestHome home) {
    Map<String, String> books = Snapshot.of(home, NIGHT);
    known.reference.forEach(
        (what, expected) -> assertThat(books.get(what)).as(what).isEqualTo(expected));
  }
}
