package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A slip in a date must not close decades. */
class FutureDateTest {

  @TempDir Path dir;

  /** 2026-05-02 in Shanghai, still 2026-05-01 in UTC. */
  private static NightRequest on(String night, boolean future, CrashPoints points) {
    Clock clock = Clock.fixed(Instant.parse("2026-05-01T16:30:00Z"), ZoneOffset.UTC);
    return new NightRequest(
        LocalDate.parse(night), false, future, Progress.SILENT, points, clock, () -> false);
  }

  private static NightOutcome run(TestHome home, NightRequest request) {
    return Nightly.run(home.home(), home.database.database(), request);
  }

  @Test
  void a_date_after_today_is_refused_with_the_missing_ones_before_it() {
    try (TestHome home = new TestHome(dir)) {
      run(home, on("2026-04-30", false, CrashPoints.NONE));
      NightRefused refused =
          catchThrowableOfType(
              NightRefused.class, () -> run(home, on("2062-05-02", false, CrashPoints.NONE)));
      assertThat(refused.exit()).isEqualTo(8);
      assertThat(refused.code()).isEqualTo("FUTURE_DATE");
      assertThat(refused).hasMessage("2062-05-02 is after today, 2026-05-02 in Asia/Shanghai");
      assertThat(home.rows("select count(*) from night")).containsExactly("1");
      // today's own date is no future
      run(home, on("2026-05-02", false, CrashPoints.NONE));
      assertThat(home.rows("select string_agg(accepted, ',') from night")).containsExactly(",,");
    }
  }

  @Test
  void a_future_date_runs_when_told_and_the_close_says_so() {
    try (TestHome home = new TestHome(dir)) {
      run(home, on("2026-05-02", false, CrashPoints.NONE));
      catchThrowableOfType(
          RuntimeException.class,
          () ->
              run(
                  home,
                  on(
                      "2026-05-04",
                      true,
                      point -> {
                        if (point.equals("post:prepared")) throw new IllegalStateException(point);
                      })));
      // what was begun is finished without being told again, what was not is refused
      assertThat(run(home, on("2026-05-03", false, CrashPoints.NONE)).exit()).isZero();
      assertThat(
              catchThrowableOfType(
                      NightRefused.class,
                      () -> run(home, on("2026-05-04", false, CrashPoints.NONE)))
                  .exit())
          .isEqualTo(8);
      run(home, on("2026-05-04", true, CrashPoints.NONE));
      assertThat(home.rows("select night || ' ' || accepted from night order by 1"))
          .containsExactly(
              "2026-05-02 ",
              "2026-05-03 run before its date by --future",
              "2026-05-04 run before its date by --future");
      // a closed night is shown, whatever the clock says
      assertThat(run(home, on("2026-05-04", false, CrashPoints.NONE)).ran()).isFalse();
    }
  }
}
