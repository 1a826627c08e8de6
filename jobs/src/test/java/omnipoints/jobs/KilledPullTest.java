package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import omnipoints.routes.simulator.Simulator;
import omnipoints.routes.simulator.Trouble;
import omnipoints.routes.simulator.World;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Nights in processes of their own that are killed (SIGKILL) while they pull, wherever that is: the
 * ledger is that of the export files.
 */
class KilledPullTest {
  private static final String NIGHT = "2026-06-20";
  private static final int KILLS = 4;

  /** Those a night gets over in seconds: it really waits. */
  private static final Set<Trouble> TROUBLES =
      Set.of(Trouble.DRIP, Trouble.OWN, Trouble.HALF, Trouble.RESET);

  @TempDir Path dir;

  /**
   * Each of them takes half a dozen processes: one stands for all, unless asked for all. Beside
   * them the most calls between two kills, so few that the pull is not over before the last.
   */
  static List<Arguments> channels() {
    List<Arguments> all =
        List.of(
            Arguments.of("wechat_store", 100),
            Arguments.of("vipshop", 80),
            Arguments.of("tmall", 10),
            Arguments.of("youzan", 8),
            Arguments.of("douyin", 6),
            Arguments.of("jd", 2));
    return "all".equals(System.getProperty("nights")) ? all : all.subList(0, 1);
  }

  @ParameterizedTest
  @MethodSource("channels")
  void a_pull_goes_on_wherever_its_process_was_killed(String channel, int most) throws Exception {
    boolean refunds = !channel.equals("vipshop");
    World world = World.of(35, 400, 60, Instant.parse("2026-06-20T15:00:00Z"), 14, "69", refunds);
    byte[] exported;
    try (TestHome home = home("export", channel, "{}")) {
      WorldExports.mapping(home, channel);
      WorldExports.of(channel, world)
          .forEach((name, text) -> home.drop(channel + "/s1/" + name, text));
      home.drop("program/binding.csv", WorldExports.binding(channel, world));
      home.night(NIGHT);
      exported = home.ledgerCsv(NIGHT);
    }
    long seed = System.nanoTime();
    Set<Trouble> troubles = EnumSet.copyOf(TROUBLES);
    troubles.retainAll(Simulator.troubles(channel));
    try (Simulator simulator = Simulator.of(channel, world, 5, troubles, 60);
        TestHome home = pulling(channel, simulator)) {
      home.drop("program/binding.csv", WorldExports.binding(channel, world));
      SplittableRandom random = new SplittableRandom(seed);
      for (int kill = 0; kill < KILLS; kill++)
        killAfter(home, simulator, simulator.calls() + 1 + random.nextInt(most));
      assertThat(home.rows("select count(*) from sales_order")).containsExactly("0");
      home.night(NIGHT);
      assertThat(home.breaks()).noneMatch(one -> one.startsWith("INCOMPLETE_PULL"));
      assertThat(new String(home.ledgerCsv(NIGHT)))
          .as("seed " + seed)
          .isEqualTo(new String(exported))
          .contains("EARN");
    }
  }

  private TestHome pulling(String channel, Simulator simulator) {
    String api =
        "{transport: {api: {url: '"
            + simulator.url()
            + "', calls_per_second: 100000, back_days: 20}}}";
    TestHome home = home("api", channel, api);
    if (channel.equals("tmall")) home.settings("    " + api.substring(1, api.length() - 1));
    return home.write("secrets/api-" + channel + "-s1.json", Simulator.keys(channel));
  }

  private TestHome home(String folder, String channel, String config) {
    // Every home has Tmall.
    String channels = channel.equals("tmall") ? "" : "  " + channel + ": " + config + "\n";
    return new TestHome(dir.resolve(folder), channels);
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
