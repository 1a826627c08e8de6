package omnipoints.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A night whose figures are odd shows them and waits for a word. */
class ApproveVerbTest {

  @TempDir Path directory;
  private OperatedHome home;

  @BeforeEach
  void open() throws IOException {
    home = new OperatedHome(directory);
    Path settings = home.dir().resolve("omnipoints.yaml");
    Files.writeString(
        settings,
        Files.readString(settings)
            + "gate: {least: {points: 100}, limits: {pos: {points_issued: 100}}}\n");
    home.sale("S1", "C1", "2025-12-31 10:00:00", 400);
  }

  @AfterEach
  void close() {
    home.close();
  }

  private Ran narrow(String... line) {
    return Ran.in(directory, "", Map.of(), new Screen(80, false, false), line);
  }

  @Test
  void it_is_shown_with_a_picture_and_the_command_that_goes_on() {
    Ran night = narrow("nightly", "--date", "2025-12-31");
    assertThat(night.exit()).as(night.err()).isEqualTo(8);
    assertThat(night.out())
        .contains("  pos: points issued 400\n    limit of omnipoints.yaml: 100\n")
        .contains("  [" + "=".repeat(17) + "]" + ".".repeat(56) + "*\n")
        .contains("approve 2025-12-31 --reason TEXT");
    assertThat(night.out().lines()).allMatch(line -> CharWidth.of(line) <= 80);
    JsonNode again = home.run("restart", "2025-12-31", "--json").json();
    assertThat(again.get("schema").asString()).isEqualTo("omnipoints.error/1");
    assertThat(again.get("code").asString()).isEqualTo("OUT_OF_BAND");
    JsonNode figures = home.run("status", "--json").json().get("figures");
    assertThat(figures.get(1).toString())
        .isEqualTo(
            "{\"channel\":\"pos\",\"figure\":\"POINTS_ISSUED\",\"value\":400,\"nights\":0,\"low\":null,"
                + "\"middle\":null,\"high\":100,\"outside\":true,\"approved\":false}");

    assertThat(home.run("approve", "2025-12-31").exit()).isEqualTo(2);
    Ran shown = narrow("approve", "2025-12-31", "--dry-run");
    assertThat(shown.exit()).as(shown.err()).isZero();
    assertThat(shown.out())
        .startsWith("Night 2025-12-31 has not closed\n")
        .contains("pos: points issued 400");
    Ran approved = narrow("approve", "2025-12-31", "--reason", "end of year");
    assertThat(approved.exit()).as(approved.err()).isZero();
    assertThat(approved.out())
        .contains("CLOSED")
        .contains("pos: points issued 400, approved")
        .contains("pos POINTS_ISSUED 400 approved by");
    assertThat(
            home.run("approve", "2025-12-31", "--dry-run", "--json").json().get("code").asString())
        .isEqualTo("NOTHING_TO_APPROVE");
  }
}
