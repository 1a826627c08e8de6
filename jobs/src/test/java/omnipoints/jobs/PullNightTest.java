package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import omnipoints.routes.simulator.Simulator;
import omnipoints.routes.simulator.Trouble;
import omnipoints.routes.simulator.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A night that pulls a misbehaving platform books what the export files of the same orders book,
 * byte for byte.
 */
@ManyNights
class PullNightTest {
  private static final String NIGHT = "2026-06-20";
  private static final Instant END = Instant.parse("2026-06-20T15:00:00Z");
  @TempDir Path dir;

  /** Vipshop tells no refunds but as orders that were closed: its worlds have none. */
  enum Platform {
    DOUYIN("douyin", true),
    WECHAT_STORE("wechat_store", true),
    YOUZAN("youzan", true),
    TMALL("tmall", true),
    JD("jd", true),
    VIPSHOP("vipshop", false);

    final String channel;
    final boolean refunds;

    Platform(String channel, boolean refunds) {
      this.channel = channel;
      this.refunds = refunds;
    }

    Simulator simulator(World world, Set<Trouble> troubles) {
      return Simulator.of(channel, world, 5, troubles, this == WECHAT_STORE ? 120 : 2);
    }

    /** The troubles that need no waiting, and those that one night gets over. */
    Set<Trouble> troubles() {
      Set<Trouble> quick = Simulator.troubles(channel);
      quick.retainAll(Set.of(Trouble.TOKEN_OVER, Trouble.DRIP, Trouble.SHIFT, Trouble.OWN));
      return quick;
    }
  }

  @ParameterizedTest
  @EnumSource
  void the_ledger_of_a_pull_is_the_ledger_of_the_export_files(Platform platform) {
    World world = World.of(21, 400, 60, END, 14, "69", platform.refunds);
    byte[] exported;
    try (TestHome home =
        new TestHome(
            dir.resolve("export"),
            platform == Platform.TMALL ? "" : "  " + platform.channel + ": {}\n")) {
      WorldExports.mapping(home, platform.channel);
      WorldExports.of(platform.channel, world)
          .forEach((name, text) -> home.drop(platform.channel + "/s1/" + name, text));
      home.drop("program/binding.csv", WorldExports.binding(platform.channel, world));
      home.night(NIGHT);
      exported = home.ledgerCsv(NIGHT);
    }
    try (Simulator simulator = platform.simulator(world, platform.troubles());
        TestHome home = home(platform, simulator)) {
      home.drop("program/binding.csv", WorldExports.binding(platform.channel, world));
      home.night(NIGHT);
      assertThat(new String(home.ledgerCsv(NIGHT)))
          .isEqualTo(new String(exported))
          .contains("EARN");
      assertThat(home.rows("select distinct state from pull_window")).containsExactly("PROVEN");
      assertThat(home.rows("select distinct outcome from night_input")).containsExactly("ACCEPTED");
      assertThat(home.breaks()).noneMatch(one -> one.startsWith("INCOMPLETE_PULL"));
      assertThat(home.rows("select sum(rows) from pull_window where api = 'orders'").get(0))
          .satisfies(rows -> assertThat(Long.parseLong(rows)).isGreaterThanOrEqualTo(400));
      assertThat(simulator.made()).isNotEmpty().isSubsetOf(platform.troubles());
      assertThat(simulator.targets())
          .noneMatch(one -> one.contains("-secret") || one.contains(World.RECEIVER_PHONE));
      noSecretAnywhere(home);
    }
  }

  /** An export of before: nothing is completed in it, and no money has gone back. */
  private static World earlier(World world) {
    List<World.Order> orders = new ArrayList<>();
    for (World.Order order : world.orders())
      orders.add(
          order.completedAt() == null
              ? order
              : new World.Order(
                  order.number(),
                  order.buyer(),
                  order.createdAt(),
                  order.paidAt(),
                  null,
                  order.paidAt(),
                  World.State.SHIPPED,
                  order.lines(),
                  null));
    return new World(orders);
  }

  @ParameterizedTest
  @EnumSource
  void an_order_that_came_by_api_and_by_export_is_one_whichever_knows_more(Platform platform) {
    World world = World.of(25, 120, 30, END, 14, "69", platform.refunds);
    String alone = ledgerOf(platform, "alone", world, world);
    assertThat(alone).contains("EARN");
    assertThat(ledgerOf(platform, "export-is-older", world, earlier(world))).isEqualTo(alone);
    assertThat(ledgerOf(platform, "api-is-older", earlier(world), world)).isEqualTo(alone);
  }

  /** Of a night that has both, and how far it holds the orders to be. */
  private String ledgerOf(Platform platform, String folder, World pulled, World exported) {
    try (Simulator simulator = platform.simulator(pulled, Set.of());
        TestHome home = home(platform, simulator, dir.resolve(folder))) {
      WorldExports.mapping(home, platform.channel);
      home.drop("program/binding.csv", WorldExports.binding(platform.channel, pulled));
      WorldExports.of(platform.channel, exported)
          .forEach((name, text) -> home.drop(platform.channel + "/s1/" + name, text));
      home.night(NIGHT);
      assertThat(home.rows("select count(*) from sales_order")).containsExactly("120");
      assertThat(home.breaks()).noneMatch(one -> one.startsWith("DOUBLE"));
      return ledgerAndStates(home);
    }
  }

  private static String ledgerAndStates(TestHome home) {
    return new String(home.ledgerCsv(NIGHT))
        + home.rows("select state || ' ' || count(*) from sales_order group by state order by 1");
  }

  /**
   * The order exports of three platforms tell no refunds, or nothing of when: the API does.
   * Whatever comes first, and however often the export comes again, each refund is taken once.
   */
  @ParameterizedTest
  @EnumSource(names = {"WECHAT_STORE", "YOUZAN", "JD"})
  void refunds_that_only_the_api_tells_are_taken_once_whatever_exports_come(Platform platform) {
    World world = World.of(26, 90, 20, END, 14, "69", true);
    String next = "2026-06-21";
    List<String> truth;
    try (Simulator simulator = platform.simulator(world, Set.of());
        TestHome home = home(platform, simulator, dir.resolve("api-first"))) {
      home.drop("program/binding.csv", WorldExports.binding(platform.channel, world));
      home.night(NIGHT);
      truth = netOfOrders(home);
      assertThat(home.rows("select count(*) from entry where kind = 'CLAWBACK'"))
          .doesNotContain("0");
      String ledger = ledgerAndStates(home);
      home.drop(platform.channel + "/s1/again.csv", orders(platform, world));
      home.night(next);
      assertThat(
              home.rows(
                  "select count(*) from entry where night = '"
                      + next
                      + "' and kind in ('EARN', 'CLAWBACK')"))
          .containsExactly("0");
      assertThat(ledgerAndStates(home)).isEqualTo(ledger);
    }
    try (Simulator simulator = platform.simulator(world, Set.of());
        TestHome home = home(platform, simulator, dir.resolve("export-first"))) {
      String settings = home.file("omnipoints.yaml");
      home.write("omnipoints.yaml", settings.replaceAll("transport: .*", "transport: folder"));
      home.drop("program/binding.csv", WorldExports.binding(platform.channel, world));
      home.drop(platform.channel + "/s1/orders.csv", orders(platform, world));
      home.night(NIGHT);
      assertThat(home.rows("select count(*) from entry where kind = 'CLAWBACK'"))
          .containsExactly("0");
      home.write("omnipoints.yaml", settings);
      home.night(next);
      assertThat(home.rows("select count(*) from sales_order")).containsExactly("90");
      assertThat(netOfOrders(home)).isEqualTo(truth);
    }
  }

  /** An amount that the export tells and the API's refund are evidence of one refund. */
  @ParameterizedTest
  @EnumSource(names = {"WECHAT_STORE", "YOUZAN"})
  void a_refund_that_the_export_and_the_api_tell_is_one(Platform platform) {
    World world = World.of(27, 90, 20, END, 14, "69", true);
    try (Simulator simulator = platform.simulator(world, Set.of());
        TestHome home = home(platform, simulator, dir.resolve("both"))) {
      home.drop("program/binding.csv", WorldExports.binding(platform.channel, world));
      WorldExports.tellingRefunds(platform.channel, world)
          .forEach((name, text) -> home.drop(platform.channel + "/s1/" + name, text));
      home.night(NIGHT);
      assertThat(home.rows("select count(*) from sales_order")).containsExactly("90");
      assertThat(
              home.rows(
                  "select order_no || ' ' || v.goods_refund_fen from verdict v"
                      + " join sales_order using (order_key) where v.goods_refund_fen > 0 order by 1"))
          .isNotEmpty()
          .containsExactlyElementsOf(
              world.orders().stream()
                  .filter(order -> order.refundOrNull() != null)
                  .map(order -> order.number() + " " + order.refundOrNull().fen())
                  .sorted()
                  .toList());
    }
  }

  private static String orders(Platform platform, World world) {
    Map<String, String> files = WorldExports.of(platform.channel, world);
    return files.getOrDefault("orders.csv", files.get("lines.csv"));
  }

  /** What each line of an order is worth after all nights. */
  private static List<String> netOfOrders(TestHome home) {
    return home.rows(
        "select cause_key || ' ' || sum(points) from entry where kind in ('EARN', 'CLAWBACK')"
            + " group by cause_key order by 1");
  }

  @Test
  void what_a_platform_would_not_give_is_a_break_until_a_later_night_has_it() {
    World world = World.of(22, 30, 6, END, 3, "69", false);
    try (Simulator simulator = Platform.DOUYIN.simulator(world, Set.of());
        TestHome home = home(Platform.DOUYIN, simulator)) {
      String keys = home.file("secrets/api-douyin-s1.json");
      home.write("secrets/api-douyin-s1.json", keys.replace("simulated", "planted"));
      home.night(NIGHT);
      String rest =
          " OPEN 20 windows of the time from 2026-06-01 06:55:00 to 2026-06-21 06:55:00 are not"
              + " proven to be complete: code 40003 isv.signature-invalid: the signature or the app_key is not"
              + " accepted; compare app_key and app_secret with the app's";
      assertThat(home.rows("select key || ' ' || state || ' ' || detail from break"))
          .containsExactlyInAnyOrder("orders" + rest, "after_sales" + rest);
      home.write("secrets/api-douyin-s1.json", keys);
      home.night("2026-06-21");
      assertThat(
              home.rows(
                  "select key || ' ' || state || ' ' || closed_night from break where type = 'INCOMPLETE_PULL'"))
          .containsExactlyInAnyOrder("orders CLOSED 2026-06-21", "after_sales CLOSED 2026-06-21");
      assertThat(home.rows("select count(*) from sales_order")).containsExactly("30");
    }
  }

  @Test
  void an_order_that_a_message_named_is_booked_by_the_next_night_although_no_list_shows_it() {
    World world = World.of(24, 3, 2, END.minus(Duration.ofDays(100)), 2, "69", false);
    try (Simulator simulator = Platform.DOUYIN.simulator(world, Set.of());
        TestHome home = home(Platform.DOUYIN, simulator)) {
      String number = world.orders().get(1).number();
      home.write("pushed/douyin/s1/" + number, "of a message");
      home.night(NIGHT);
      assertThat(home.rows("select order_no from sales_order")).containsExactly(number);
      assertThat(home.dir.resolve("pushed/douyin/s1")).isEmptyDirectory();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"WECHAT_STORE", "YOUZAN"})
  void what_members_hold_there_is_compared_where_both_sides_claim_the_same_points(
      Platform platform) {
    World world = World.of(23, 40, 5, END, 3, "69", false);
    try (Simulator simulator = Simulator.of(platform.channel, world, 1, Set.of(), 1);
        TestHome home = home(platform, simulator)) {
      String channel = "  " + platform.channel + ":\n";
      home.write(
          "omnipoints.yaml",
          home.file("omnipoints.yaml").replace(channel, channel + "    points: {pool: shared}\n"));
      home.night(NIGHT);
      assertThat(home.rows("select points from points_snapshot order by points"))
          .containsExactly("0", "10", "20", "30", "40");
      // They have nothing available yet: whoever holds points there differs.
      assertThat(home.rows("select count(*) from break where type = 'POINTS_DIFF'"))
          .containsExactly("4");
      noSecretAnywhere(home);
      // Phones of the simulated customers.
      Snapshot.tables(home)
          .forEach((table, rows) -> assertThat(rows).as(table).doesNotContain("138000000"));
    }
  }

  private TestHome home(Platform platform, Simulator simulator) {
    return home(platform, simulator, dir.resolve("api"));
  }

  private TestHome home(Platform platform, Simulator simulator, Path place) {
    String transport =
        "    transport: {api: {url: '"
            + simulator.url()
            + "', calls_per_second: 100000, back_days: 20}}";
    TestHome home =
        platform == Platform.TMALL
            ? new TestHome(place).settings(transport)
            : new TestHome(place, "  " + platform.channel + ":\n" + transport + "\n");
    return home.write(
        "secrets/api-" + platform.channel + "-s1.json", Simulator.keys(platform.channel));
  }

  /**
   * Neither in what lies in the home, its names and logs, nor in what the database holds as text;
   * what the platform sent lies in the archive as it came, receivers and all.
   */
  private static void noSecretAnywhere(TestHome home) {
    try (Stream<Path> files = Files.walk(home.dir)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(file.toString()).doesNotContain("simulated-", "-token-", World.RECEIVER_PHONE);
        if (file.startsWith(home.dir.resolve("secrets"))) continue;
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(text).as(file.toString()).doesNotContain("simulated-", "-token-");
        if (!file.startsWith(home.dir.resolve("archive")))
          assertThat(text).as(file.toString()).doesNotContain(World.RECEIVER_PHONE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Snapshot.tables(home)
        .forEach(
            (table, rows) ->
                assertThat(rows)
                    .as(table)
                    .doesNotContain("simulated-", "-token-", World.RECEIVER_PHONE));
  }
}
