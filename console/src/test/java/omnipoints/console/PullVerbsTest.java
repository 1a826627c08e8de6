package omnipoints.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import omnipoints.routes.simulator.Simulator;
import omnipoints.routes.simulator.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class PullVerbsTest {
  @TempDir Path directory;

  @Test
  void a_night_pulls_and_tells_until_when_it_is_complete_and_days_can_be_asked_again()
      throws Exception {
    World world =
        World.of(3, 20, 5, java.time.Instant.parse("2026-01-01T10:00:00Z"), 2, "69", false);
    try (OperatedHome home = new OperatedHome(directory);
        Simulator simulator = Simulator.of("youzan", world, 1, Set.of(), 1)) {
      assertThat(home.run("pull", "status").out()).contains("Nothing was pulled by API yet");
      assertThat(home.run("pull", "backfill", "--from", "2026-01-01", "--to", "2026-01-01").exit())
          .isEqualTo(2);
      Path settings = home.dir().resolve("omnipoints.yaml");
      Files.writeString(
          settings,
          Files.readString(settings)
              .replace(
                  "channels:\n",
                  "channels:\n  youzan:\n    transport: {api: {url: '"
                      + simulator.url()
                      + "'}}\n"));
      Ran without = home.run("nightly", "--date", "2026-01-01", "--json");
      assertThat(without.exit()).isEqualTo(9);
      assertThat(without.json().get("code").asString()).isEqualTo("SECRET_UNREADABLE");
      Files.writeString(home.dir().resolve("secrets/api-youzan-s1.json"), Simulator.keys("youzan"));
      assertThat(home.run("nightly", "--date", "2026-01-01").exit()).isZero();
      JsonNode status = home.run("pull", "status", "--json").json();
      assertThat(status.get("schema").asString()).isEqualTo("omnipoints.pull/1");
      assertThat(status.get("apis")).hasSize(2);
      assertThat(status.get("items")).isEmpty();
      assertThat(status.get("apis").get(1).get("unproven").asInt()).isZero();
      assertThat(home.run("pull", "backfill", "--from", "2026-01-01", "--to", "2026-01-01").exit())
          .isZero();
      Ran open = home.run("pull", "status");
      assertThat(open.out()).contains("not asked yet").contains("2026-01-01T00:00:00+08:00");
      assertThat(Ran.chinese(directory, "pull", "status").out()).contains("尚未拉取");
      assertThat(home.run("pull", "backfill", "--from", "2027-01-01", "--to", "2027-01-01").exit())
          .isEqualTo(2);
    }
  }
}
