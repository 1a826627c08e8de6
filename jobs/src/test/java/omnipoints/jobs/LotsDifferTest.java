package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a night decided stands on what lots were: whoever changes them meanwhile stops its close.
 */
class LotsDifferTest {

  private static final String NIGHT = "2026-01-08";

  @TempDir Path dir;

  @Test
  void a_night_is_not_closed_on_lots_that_are_no_longer_what_it_decided_on() {
    try (TestHome home = new TestHome(dir).program("1", "30d")) {
      home.drop(
          "pos/p1/a.csv",
          Pos.file(
              Pos.row("C1", "2026-01-07 10:00:00", "A", 30, "1", "1"),
              Pos.row("C2", "2026-01-07 11:00:00", "A", 20, "1", "2")));
      home.night("2026-01-07");

      assertThatThrownBy(
              () -> nightWith(home, "update lot set points = 31, remaining = 31 where points = 30"))
          .isInstanceOf(NightRefused.class)
          .hasMessageContaining(
              "night 2026-01-08 is not closed: of 2 lots that it changes 1 are no longer what they were when it"
                  + " decided");
      assertThat(home.rows("select max(night) from close")).containsExactly("2026-01-07");
      assertThat(home.balances()).containsExactly("30 0 0", "20 0 0");

      home.execute("update lot set points = 30, remaining = 30 where points = 31");
      home.night(NIGHT);
      assertThat(home.balances()).containsExactly("0 30 0", "0 20 0");
    }
  }

  private static void nightWith(TestHome home, String meanwhile) {
    Nightly.run(
        home.home(),
        home.database.database(),
        NightRequest.of(LocalDate.parse(NIGHT), Progress.SILENT)
            .crashingAt(
                point -> {
                  if (point.equals("close:begin")) home.execute(meanwhile);
                }));
  }
}
