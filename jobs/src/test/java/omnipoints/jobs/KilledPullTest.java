package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import omnipoints.routes.simulator.Simulator;
import omnipoints.routes.simulator.Trouble;
import omnipoints.routes.simulator.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nights in processes of their own that are killed (SIGKILL) while they pull, wherever that is: the
 * ledger is that of the export files.
 */
class KilledPullTest {
  private static final String NIGHT = "2026-06-20";
  private static final String CHANNEL = "wechat_store";
  private static final int KILLS = 4;

  /** Those a night gets over in seconds: it really waits. */
  private static final Set<Trouble> TROUBLES =
      Set.of(Trouble.DRIP, Trouble.OWN, Trouble.HALF, Trouble.RESET);

  @TempDir Path dir;

  @Test
  void a_pull_goes_on_wherever_its_process_was_killed() throws Exception {
    World world = World.of(35, 400, 60, Instant.parse("2026-06-20T15:00:00Z"), 14, "69", true);
    byte[] exported;
    try (TestHome home = new TestHome(dir.resolve("export"), "  " + CHANNEL + ": {}\n")) {
      WorldExports.mapping(home, CHANNEL);
      WorldExports.of(CHANNEL, world)
          .forEach((name, text) -> home.drop(CHANNEL + "/s1/" + name, text));
      home.drop("program/binding.csv", WorldExports.binding(CHANNEL, world));
      home.night(NIGHT);
      exported = home.ledgerCsv(NIGHT);
    }
    long seed = System.nanoTime();
    try (Simulator simulator = Simulator.of(CHANNEL, world, 5, TROUBLES, 60);
        TestHome home = pulling(simulator)) {
      home.drop("program/binding.csv", WorldExports.binding(CHANNEL, world));
      SplittableRandom random = new SplittableRandom(seed);
      for (int kill = 0; kill < KILLS; kill++)
        killAfter(home, simulator, simulator.calls() + 1 + random.nextInt(100));
      assertThat(home.rows("select count(*) from sales_order")).containsExactly("0");
      home.night(NIGHT);
      assertThat(home.breaks()).noneMatch(one -> one.startsWith("INCOMPLETE_PULL"));
      assertThat(new String(home.ledgerCsv(NIGHT)))
          .as("seed " + seed)
          .isEqualTo(new String(exported))
          .contains("EARN");
    }
  }

  private TestHome pulling(Simulator simulator) {
    return new TestHome(
            dir.resolve("api"),
            "  "
                + CHANNEL
                + ":\n    transport: {api: {url: '"
                + simulator.url()
                + "', calls_per_second: 100000, back_days: 20}}\n")
        .write("secrets/api-" + CHANNEL + "-s1.json", Simulator.keys(CHANNEL));
  }

  private static void killAfter(TestHome home, Simulator simulator, long calls) throws Exception {
    Process night = CrashingNight.start(home, NIGHT, "", ProcessBuilder.Redirect.DISCARD);
    try {
      while (simulator.calls() < calls) {
        assertThat(night.isAlive()).as("it pulls").isTrue();
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(200));
      }
    } finally {
      night.destroyForcibly().waitFor();
    }
    home.cutConnections();
  }
}
