package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import omnipoints.routes.pull.PullBook;
import omnipoints.routes.pull.PullSettings;
import omnipoints.routes.pull.Puller;
import omnipoints.routes.pull.WindowState;
import omnipoints.routes.simulator.Simulator;
import omnipoints.routes.simulator.Trouble;
import omnipoints.routes.simulator.World;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Worlds of 1,500 orders over 14 days, pulled from platforms that misbehave in every way that is
 * known of them, by pulls that die at random moments: the ledger is that of the export files, byte
 * for byte. {@code -Dworld.orders=5000} takes another size.
 */
class PullWorldsTest {
  private static final String NIGHT = "2026-06-20";
  private static final Instant END = Instant.parse("2026-06-20T15:00:00Z");
  private static final int ORDERS = Integer.getInteger("world.orders", 1_500);

  @TempDir Path dir;

  /** As when the process dies: nothing after it is kept. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** Keeps what the other one keeps, and dies at some of it. */
  private record Mortal(PullBook book, SplittableRandom random, int one) implements PullBook {
    @Override
    public Optional<Instant> plannedUntil(String channel, String shop, String api) {
      return book.plannedUntil(channel, shop, api);
    }

    @Override
    public List<WindowState> unfinished(String channel, String shop) {
      return book.unfinished(channel, shop);
    }

    @Override
    public void save(WindowState state) {
      // Before or after it is kept: both happen.
      boolean dies = random.nextInt(one) == 0;
      if (dies && random.nextBoolean()) throw new Killed();
      book.save(state);
      if (dies) throw new Killed();
    }

    @Override
    public void forgetAfter(String channel, String shop, String api, Instant moment) {
      book.forgetAfter(channel, shop, api, moment);
    }

    @Override
    public void replace(WindowState whole, List<WindowState> parts) {
      book.replace(whole, parts);
      if (random.nextInt(one) == 0) throw new Killed();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "douyin, true",
    "wechat_store, true",
    "youzan, true",
    "tmall, true",
    "jd, true",
    "vipshop, false"
  })
  void the_ledger_of_a_world_is_that_of_its_files_whatever_the_platform_does(
      String channel, boolean refunds) {
    World world = World.of(31, ORDERS, 900, END, 14, "69", refunds);
    byte[] exported;
    try (TestHome home = home("export", channel)) {
      WorldExports.mapping(home, channel);
      WorldExports.of(channel, world)
          .forEach((name, text) -> home.drop(channel + "/s1/" + name, text));
      home.drop("program/binding.csv", WorldExports.binding(channel, world));
      home.night(NIGHT);
      exported = home.ledgerCsv(NIGHT);
    }
    try (TestHome home = home("api", channel)) {
      home.write("secrets/api-" + channel + "-s1.json", Simulator.keys(channel));
      pull(home, channel, world);
      home.drop("program/binding.csv", WorldExports.binding(channel, world));
      home.night(NIGHT);
      assertThat(new String(home.ledgerCsv(NIGHT)))
          .isEqualTo(new String(exported))
          .contains("EARN");
      assertThat(home.rows("select count(*) from sales_order"))
          .containsExactly(Integer.toString(ORDERS));
      assertThat(home.rows("select sum(rejected) from night_input")).containsExactly("0");
      if (channel.equals("wechat_store") || channel.equals("youzan"))
        // What was handed over incomplete came again: of each customer the same.
        assertThat(home.rows("select distinct points from points_snapshot order by points"))
            .containsExactlyElementsOf(
                world.orders().stream()
                    .map(World.Order::buyer)
                    .distinct()
                    .sorted()
                    .map(buyer -> Integer.toString(10 * buyer))
                    .toList());
    }
  }

  private TestHome home(String folder, String channel) {
    String channels = channel.equals("tmall") ? "" : "  " + channel + ": {}\n";
    return new TestHome(dir.resolve(folder), channels);
  }

  /**
   * Pulls until everything is proven, once in the middle of the world and once behind it; lists lag
   * by a little less than is known of them. The clock stands meanwhile, waits take no time.
   */
  private static void pull(TestHome home, String channel, World world) {
    Set<Trouble> troubles = Simulator.troubles(channel);
    SplittableRandom random = new SplittableRandom(channel.hashCode());
    int deaths = 0;
    int every = channel.equals("wechat_store") || channel.equals("vipshop") ? 50 : 3;
    try (Simulator simulator = Simulator.of(channel, world, 17, troubles, every)) {
      PullBook book = new PullWindows(home.database.database());
      for (Instant now : List.of(END.minus(Duration.ofDays(5)), END.plus(Duration.ofHours(2)))) {
        simulator.showUntil(now.minusSeconds(55));
        boolean begun = false;
        for (int run = 0; !begun || !book.unfinished(channel, "s1").isEmpty(); run++) {
          assertThat(run).as("pulls until everything is proven").isLessThan(200);
          try {
            Mortal mortal = new Mortal(book, random, 60);
            assertThat(puller(home, channel, simulator, mortal, now).run()).isEmpty();
            begun = true;
          } catch (Killed killed) {
            deaths++;
          }
        }
      }
      assertThat(simulator.made()).isEqualTo(EnumSet.copyOf(troubles));
    }
    assertThat(deaths).isPositive();
  }

  private static Puller puller(
      TestHome home, String channel, Simulator simulator, PullBook book, Instant now) {
    return new Puller(
        new PullSettings(
            home.dir,
            channel,
            simulator.url(),
            1_000_000,
            Duration.ofDays(20),
            Duration.ofHours(1),
            true),
        book,
        Clock.fixed(now, ZoneOffset.UTC),
        wait -> {},
        ended -> {});
  }
}
