package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a night ends with, the first time and whenever it is run again. */
class ExitOfANightTest {

  @TempDir Path dir;

  @Test
  void a_missing_expected_delivery_is_10_and_a_night_run_again_ends_as_it_ended() {
    try (TestHome home = new TestHome(dir)) {
      home.write(
          "omnipoints.yaml",
          "channels:\n  tmall: {}\n  pos: {expected: [store_sales]}\n  program: {}\n");
      home.drop("pos/S1/1.csv", Pos.file(Pos.row("C1", "2026-05-01 10:00:00", "A", 100, "1", "1")));
      assertThat(home.night("2026-05-01").exit()).isZero();
      // a refused file would be 3, the missing one goes first
      home.drop("tmall/S1/unknown.csv", "a,b\n1,2\n");
      assertThat(home.night("2026-05-02").exit()).isEqualTo(10);
      home.drop("tmall/S1/unknown2.csv", "a,b\n1,3\n");
      home.drop("pos/S1/3.csv", Pos.file(Pos.row("C1", "2026-05-03 10:00:00", "A", 100, "1", "1")));
      assertThat(home.night("2026-05-03").exit()).isEqualTo(3);

      NightOutcome again = home.night("2026-05-03");
      assertThat(again.ran()).isFalse();
      assertThat(again.exit()).isEqualTo(3);
      // neither another threshold nor what came later changes how it ended
      home.write(
          "omnipoints.yaml",
          "channels:\n  tmall: {}\n  pos: {}\n  program: {}\nthresholds: {reject_percent: 100}\n");
      assertThat(home.night("2026-05-02").exit()).isEqualTo(10);
      assertThat(home.night("2026-05-01").exit()).isZero();
    }
  }
}
