package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import omnipoints.sql.Database;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A database is brought to another version between nights; in the middle of one only where somebody
 * asks for it, and then what the night had done is done again.
 */
class UpgradeTest {

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

  private static NightRefused upgraded(TestHome home, boolean midNight) {
    Database database = home.database.database();
    return catchThrowableOfType(
        NightRefused.class,
        () -> {
          if (midNight) Upgrade.applyMidNight(database, Clock.systemUTC(), Batch.SCHEMA);
          else Upgrade.apply(database, Batch.SCHEMA);
        });
  }

  /** As another version left it: with the tables of this one, which is all a test can have. */
  private static void former(TestHome home) {
    home.execute("update omnipoints_schema set version = 'former' where part = 'all'");
  }

  private static String version(TestHome home) {
    return home.rows("select version from omnipoints_schema where part = 'all'").get(0);
  }

  private static void stopBefore(TestHome home, String step) {
    var at = new AtomicReference<>("");
    NightRequest request =
        new NightRequest(
            LocalDate.parse(NIGHT),
            false,
            false,
            Progress.SILENT,
            at::set,
            Clock.systemUTC(),
            () -> before(step, at.get()));
    NightRefused stopped =
        catchThrowableOfType(
            NightRefused.class, () -> Nightly.run(home.home(), home.database.database(), request));
    assertThat(stopped.exit()).isEqualTo(5);
  }

  private static boolean before(String step, String point) {
    var steps = NightlyJob.steps().stream().map(NightStep::name).toList();
    return point.startsWith(steps.get(steps.indexOf(step) - 1) + ":");
  }

  private static void finishedAsEver(TestHome home) {
    home.night(NIGHT);
    Map<String, String> books = Snapshot.of(home, NIGHT);
    assertThat(new TreeSet<>(books.keySet())).isEqualTo(new TreeSet<>(known.reference.keySet()));
    known.reference.forEach(
        (what, expected) -> {
          // What was done by hand is kept with who and why.
          if (!what.equals("table run_action"))
            assertThat(books.get(what)).as(what).isEqualTo(expected);
        });
  }

  @Test
  void between_two_nights_nothing_is_asked() {
    try (TestHome home = known.copy()) {
      String current = version(home);
      former(home);
      assertThat(upgraded(home, false)).isNull();
      assertThat(version(home)).isEqualTo(current);
      finishedAsEver(home);
    }
  }

  @ParameterizedTest
  @CsvSource({
    // stopped before; done again from; a table of it that another version made otherwise
    "join, collect, shown_binding",
    "close, post, target",
  })
  void in_the_middle_of_a_night_it_is_refused_and_says_what_to_do(
      String step, String from, String table) {
    try (TestHome home = known.copy()) {
      stopBefore(home, step);
      String current = version(home);
      former(home);
      home.execute("drop table " + table + "_n" + NIGHT.replace("-", "") + " cascade");
      NightRefused refused = upgraded(home, false);
      assertThat(refused.exit()).isEqualTo(8);
      assertThat(refused.code()).isEqualTo("UPGRADE_IN_A_NIGHT");
      assertThat(refused)
          .hasMessage(
              "this version changes tables of the database, and night "
                  + NIGHT
                  + " was begun by another one and is not finished; nothing was changed");
      assertThat(refused.next())
          .contains(
              "put the former version back, ./omnipoints restart " + NIGHT + ", then upgrade");
      assertThat(version(home)).isEqualTo("former");

      assertThat(upgraded(home, true)).isNull();
      assertThat(version(home)).isEqualTo(current);
      assertThat(home.rows("select message from night where night = '" + NIGHT + "'"))
          .containsExactly("again from " + from);
      finishedAsEver(home);
    }
  }

  @Test
  void while_a_night_runs_nobody_upgrades() throws SQLException {
    try (TestHome home = known.copy()) {
      var midNight = new AtomicReference<NightRefused>();
      NightRequest request =
          NightRequest.of(LocalDate.parse(NIGHT), Progress.SILENT)
              .crashingAt(
                  point -> {
                    if (!point.equals("identify:middle") || midNight.get() != null) return;
                    former(home);
                    midNight.set(upgraded(home, true));
                  });
      Nightly.run(home.home(), home.database.database(), request);
      assertThat(midNight.get().exit()).isEqualTo(7);
      assertThat(midNight.get()).hasMessageStartingWith("already running: process ");
    }
  }
}
