package omnipoints.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import omnipoints.console.InThisProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pulled night so small that it runs with the tests. */
class PulledNightTest {
  private static final Launcher PRODUCT =
      (arguments, out, log, watch) -> InThisProcess.run(arguments, out, log);
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-01T19:00:00Z"), ZoneOffset.UTC);

  @TempDir Path dir;

  @Test
  void a_night_that_is_pulled_awards_what_the_orders_of_the_platform_are_worth()
      throws IOException {
    Path report = dir.resolve("report.md");
    Files.writeString(report, "# How fast a night is\n\nstays\n");
    PulledNight.Options options =
        PulledNight.Options.parse(
            "--orders", "150", "--rate", "500", "--dir", dir + "/homes", "--report", "" + report);
    var text = new ByteArrayOutputStream();
    new PulledNight(options, PRODUCT, CLOCK)
        .run(new PrintStream(text, false, StandardCharsets.UTF_8));
    assertThat(text.toString(StandardCharsets.UTF_8))
        .contains("| orders | 150 |", "| points awarded | ", "| collect, s | ", "| post, s | ");
    assertThat(Files.readString(report))
        .startsWith("# How fast a night is\n\nstays\n\n# A night that is pulled\n")
        .contains("`bench/pulled --orders 150 --rate 500 --seed 1`")
        .endsWith(text.toString(StandardCharsets.UTF_8).strip() + "\n");
  }

  @Test
  void a_report_takes_the_place_of_the_one_of_its_title_and_leaves_others_alone() {
    String both = "# A\n\nold\n## Part\n\n# B\n\nb\n";
    assertThat(ReportFile.with("", "# A", "# A\n\nnew\n")).isEqualTo("# A\n\nnew\n");
    assertThat(ReportFile.with(both, "# A", "# A\n\nnew\n\n"))
        .isEqualTo("# A\n\nnew\n\n# B\n\nb\n");
    assertThat(ReportFile.with(both, "# C", "# C\n")).isEqualTo(both + "\n# C\n");
  }

  @Test
  void words_that_nobody_knows_are_told_with_the_usage() {
    assertThatThrownBy(() -> PulledNight.Options.parse("--lines", "1"))
        .hasMessageContaining("unknown: --lines")
        .hasMessageContaining("bench/pulled");
    assertThatThrownBy(() -> PulledNight.Options.parse("--orders"))
        .hasMessageContaining("without a value: --orders");
  }
}
