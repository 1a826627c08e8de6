package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever watches the nights hears of each end, also of one that a full disk brought about. */
class MetricsTest {

  @TempDir Path dir;

  @Test
  void a_night_that_cannot_write_is_told_as_failed_and_then_as_closed() throws IOException {
    try (TestHome home = new TestHome(dir.resolve("home"))) {
      home.drop("pos/S1/1.csv", Pos.file(Pos.row("C1", "2026-05-01 10:00:00", "A", 100, "1", "1")));
      Path inTheWay = Files.createFile(home.dir.resolve("scratch"));
      NightRefused refused =
          catchThrowableOfType(NightRefused.class, () -> home.night("2026-05-01"));
      assertThat(refused.exit()).isEqualTo(9);
      assertThat(home.file("metrics/omnipoints.prom"))
          .contains("omnipoints_night_state{state=\"FAILED\"} 1\n")
          .doesNotContain("omnipoints_last_closed_night_seconds");

      Files.delete(inTheWay);
      home.night("2026-05-01");
      assertThat(home.file("metrics/omnipoints.prom"))
          .contains("omnipoints_night_state{state=\"CLOSED\"} 1\n")
          .contains("omnipoints_last_closed_night_seconds");
    }
  }
}
