package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import omnipoints.jobs.RerunPlan.Action;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A part of a night that is done again ends in the bytes of a night that was run once. */
class RerunTest {

  private static final String NIGHT = ThreeNights.SECOND;
  private static final LocalDate DATE = LocalDate.parse(NIGHT);
  private static final Rerun.Asked LI = new Rerun.Asked("li", "the file was wrong");

  @TempDir static Path dir;

  private static TestHome prepared;
  private static Map<String, String> reference;

  @BeforeAll
  static void a_home_whose_next_night_is_known() throws IOException {
    prepared = ThreeNights.home(dir.resolve("prepared"));
    ThreeNights.of(ThreeNights.FIRST).forEach(export -> export.dropInto(prepared));
    prepared.night(ThreeNights.FIRST);
    ThreeNights.of(NIGHT).forEach(export -> export.dropInto(prepared));
    try (TestHome unbroken = prepared.copy(dir.resolve("unbroken"))) {
      assertThat(unbroken.night(NIGHT).exit()).isEqualTo(3);
      reference = books(unbroken);
    }
  }

  @AfterAll
  static void drop() {
    prepared.close();
  }

  private static Map<String, String> books(TestHome home) {
    Map<String, String> books = Snapshot.of(home, NIGHT);
    books.remove("table run_action");
    return books;
  }

  private static void interruptedAt(TestHome home, String point) {
    try (DyingNight night = new DyingNight(home, NIGHT, point)) {
      night.diesAt(point);
    }
  }

  private static RerunPlan plan(TestHome home, String from, boolean only) {
    return Rerun.plan(home.database.database(), DATE, from, only);
  }

  @ParameterizedTest
  @CsvSource({
    "read:end, collect",
    "join:end, collect",
    "join:end, read",
    "join:work, join",
    "join:end, identify",
    "check:begin, post",
    "reconcile:end, post",
    "reconcile:end, tier",
    "reconcile:end, check",
    "reconcile:end, reconcile",
    "close:attached, post"
  })
  void a_night_that_is_not_closed_ends_the_same_whichever_step_is_done_again(
      String interrupted, String from) throws SQLException {
    try (TestHome home = prepared.copy(dir.resolve(interrupted.replace(':', '-') + from))) {
      interruptedAt(home, interrupted);
      RerunPlan plan = plan(home, from, false);
      assertThat(plan.closed()).isFalse();
      Rerun.reopen(home.database.database(), Clock.systemUTC(), plan, LI);
      home.night(NIGHT);
      Map<String, String> books = books(home);
      reference.forEach(
          (what, expected) -> assertThat(books.get(what)).as(what).isEqualTo(expected));
      assertThat(home.rows("select actor || ' ' || reason from run_action"))
          .containsExactly("li the file was wrong");
    }
  }

  @Test
  void the_plan_says_what_is_kept_and_what_is_done_again_and_changes_nothing() {
    try (TestHome home = prepared.copy(dir.resolve("plan"))) {
      interruptedAt(home, "post:end");
      RerunPlan plan = plan(home, "post", false);
      assertThat(plan.steps().stream().map(step -> step.name() + " " + step.action()).toList())
          .containsExactly(
              "collect KEPT",
              "read KEPT",
              "join KEPT",
              "identify KEPT",
              "post REDONE",
              "tier NEW",
              "check NEW",
              "reconcile NEW",
              "close NEW",
              "extract NEW",
              "deliver NEW");
      assertThat(plan.steps().get(4).rows()).isPositive();
      assertThat(
              home.rows("select count(*) from night_step where state = 'DONE' and step = 'post'"))
          .containsExactly("2");
      assertThat(Rerun.planOfRestart(home.database.database(), DATE).steps().get(4).action())
          .isEqualTo(Action.KEPT);
      refused(home, "collect", false, 8, "MEMBERS_KNOWN");
      refused(home, "identify", false, 8, "MEMBERS_KNOWN");
      refused(home, "reconcile", false, 8, "STEP_NOT_REACHED");
      refused(home, "post", true, 8, "NOT_CLOSED");
      refused(home, "posting", false, 2, "NO_SUCH_STEP");
    }
  }

  private static void refused(TestHome home, String from, boolean only, int exit, String code) {
    NightRefused refused = catchThrowableOfType(NightRefused.class, () -> plan(home, from, only));
    assertThat(refused.code()).isEqualTo(code);
    assertThat(refused.exit()).isEqualTo(exit);
    assertThat(refused.next()).isNotEmpty();
  }

  @Test
  void what_has_arrived_meanwhile_becomes_part_of_a_night_that_thaws() throws SQLException {
    try (TestHome home = new TestHome(dir.resolve("thaw"))) {
      home.drop("pos/S1/1.csv", Pos.file(Pos.row("C1", "2026-05-01 10:00:00", "A", 100, "1", "1")));
      try (DyingNight night = new DyingNight(home, "2026-05-01", "read:end")) {
        night.diesAt("read:end");
      }
      home.drop("pos/S1/2.csv", Pos.file(Pos.row("C2", "2026-05-01 11:00:00", "A", 50, "1", "2")));
      LocalDate date = LocalDate.parse("2026-05-01");
      RerunPlan plan = Rerun.plan(home.database.database(), date, "collect", false);
      Rerun.reopen(home.database.database(), Clock.systemUTC(), plan, LI);
      home.night("2026-05-01");
      assertThat(home.rows("select points from entry order by 1")).containsExactly("50", "100");
      assertThat(home.rows("select file || ' ' || outcome from night_input order by n"))
          .containsExactlyInAnyOrder("1.csv ACCEPTED", "2.csv ACCEPTED");
    }
  }

  @Test
  void of_a_closed_night_only_what_reads_its_books_is_done_again() throws Exception {
    try (TestHome home = prepared.copy(dir.resolve("closed"))) {
      home.night(NIGHT);
      Path manifest = home.dir.resolve("outbox/crm/" + NIGHT + "/manifest.json");
      Path report = home.dir.resolve("reports/" + NIGHT + "/liability.csv");
      Files.delete(manifest);
      Files.delete(report);
      refused(home, "post", false, 8, "NIGHT_CLOSED");
      RerunPlan only = plan(home, "extract", true);
      assertThat(only.redone()).containsExactly("extract");
      assertThat(Rerun.handOut(home.home(), home.database.database(), Clock.systemUTC(), only, LI))
          .isEqualTo(List.of("outbox/crm/" + NIGHT + "/manifest.json"));
      RerunPlan all = plan(home, "reconcile", false);
      assertThat(all.redone()).containsExactly("reconcile", "extract", "deliver");
      Rerun.handOut(home.home(), home.database.database(), Clock.systemUTC(), all, LI);
      Map<String, String> books = books(home);
      reference.forEach(
          (what, expected) -> assertThat(books.get(what)).as(what).isEqualTo(expected));
    }
  }

  @Test
  void a_plan_is_not_carried_out_on_a_night_that_has_gone_on_since() throws SQLException {
    try (TestHome home = prepared.copy(dir.resolve("stale"))) {
      interruptedAt(home, "post:begin");
      RerunPlan early = plan(home, "post", false);
      interruptedAt(home, "reconcile:end");
      stale(home, early, "NIGHT_WENT_ON");
      RerunPlan open = plan(home, "post", false);
      home.night(NIGHT);
      stale(home, open, "NIGHT_CLOSED");
      Map<String, String> books = books(home);
      reference.forEach(
          (what, expected) -> assertThat(books.get(what)).as(what).isEqualTo(expected));
      assertThat(home.rows("select action from run_action")).isEmpty();
    }
  }

  private static void stale(TestHome home, RerunPlan plan, String code) {
    NightRefused refused =
        catchThrowableOfType(
            NightRefused.class,
            () -> Rerun.reopen(home.database.database(), Clock.systemUTC(), plan, LI));
    assertThat(refused.code()).isEqualTo(code);
    assertThat(refused.exit()).isEqualTo(8);
  }

  @Test
  void a_night_that_is_asked_to_stop_stops_before_its_next_step_and_restarts() {
    try (TestHome home = prepared.copy(dir.resolve("stop"))) {
      NightRequest asking =
          NightRequest.of(DATE, Progress.SILENT)
              .crashingAt(
                  point -> {
                    if (point.equals("read:begin"))
                      assertThat(
                              RunStop.ask(
                                      home.database.database(), Clock.systemUTC(), DATE, LI, true)
                                  .step())
                          .isEqualTo("read");
                  });
      NightRefused stopped =
          catchThrowableOfType(
              NightRefused.class, () -> Nightly.run(home.home(), home.database.database(), asking));
      assertThat(stopped.exit()).isEqualTo(5);
      assertThat(stopped).hasMessage("stopped before step join of night " + NIGHT);
      home.night(NIGHT);
      Map<String, String> books = books(home);
      reference.forEach(
          (what, expected) -> {
            if (!what.equals("table run_stop"))
              assertThat(books.get(what)).as(what).isEqualTo(expected);
          });
    }
  }
}
