package omnipoints.routes.pull;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import omnipoints.routes.QuietCamel;
import omnipoints.routes.SourceFailure;
import omnipoints.routes.pull.WindowState.State;
import omnipoints.routes.simulator.Simulator;
import omnipoints.routes.simulator.Trouble;
import omnipoints.routes.simulator.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;

/** Pulls from simulated platforms, over real HTTP. */
class PullTest {
  private static final Instant NOW = Instant.parse("2026-06-20T15:00:00Z");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir Path home;

  private final Map<String, WindowState> book = new LinkedHashMap<>();
  private final List<Duration> waits = new ArrayList<>();
  private final List<WindowState> ended = new ArrayList<>();
  private boolean points;
  private int saves;
  private int dies;

  /** As when the process dies: nothing after it is kept. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private final PullBook memory =
      new PullBook() {
        @Override
        public Optional<Instant> plannedUntil(String channel, String shop, String api) {
          return book.values().stream()
              .filter(one -> one.api().equals(api))
              .map(WindowState::to)
              .max(Instant::compareTo);
        }

        @Override
        public List<WindowState> unfinished(String channel, String shop) {
          return book.values().stream()
              .filter(one -> one.state() != State.PROVEN)
              .sorted(
                  Comparator.comparing(WindowState::state)
                      .thenComparing(WindowState::attempts)
                      .thenComparing(WindowState::from))
              .toList();
        }

        @Override
        public void save(WindowState state) {
          if (++saves == dies) throw new Killed();
          book.put(key(state), state);
        }

        @Override
        public void forgetAfter(String channel, String shop, String api, Instant moment) {
          book.values().removeIf(one -> one.api().equals(api) && one.to().isAfter(moment));
        }

        @Override
        public void replace(WindowState whole, List<WindowState> parts) {
          book.remove(key(whole));
          parts.forEach(this::save);
        }

        private String key(WindowState state) {
          return state.api() + state.from() + state.to();
        }
      };

  private void keys(String channel, String text) {
    try {
      Files.createDirectories(home.resolve("secrets"));
      Files.writeString(home.resolve("secrets/api-" + channel + "-s1.json"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<SourceFailure> pull(String channel, Simulator simulator, Instant now) {
    return pull(channel, simulator.url(), now);
  }

  private List<SourceFailure> pull(String channel, String url, Instant now) {
    return puller(channel, url, now).run();
  }

  private Puller puller(String channel, String url, Instant now) {
    PullSettings settings =
        new PullSettings(
            home, channel, url, 1_000_000, Duration.ofDays(20), Duration.ofHours(1), points);
    return new Puller(settings, memory, Clock.fixed(now, ZoneOffset.UTC), waits::add, ended::add);
  }

  /** Order numbers in all files of the inbox. */
  private Set<String> pulled(String channel, String... path) {
    Set<String> numbers = new TreeSet<>();
    Path inbox = home.resolve("inbox/" + channel + "/s1");
    try (Stream<Path> files = Files.list(inbox)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".json")).toList()) {
        ownerOnly(file);
        ownerOnly(inbox.resolve(file.getFileName() + ".done"));
        if (!file.getFileName().toString().startsWith("orders")) continue;
        try (MappingIterator<JsonNode> pages = JSON.readerFor(JsonNode.class).readValues(file)) {
          while (pages.hasNext()) numbers(pages.next(), 0, path, numbers);
        }
      }
      return numbers;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void ownerOnly(Path file) throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .as(file.toString())
        .isEqualTo("rw-------");
  }

  private static void numbers(JsonNode node, int at, String[] path, Set<String> numbers) {
    if (node.isArray()) node.forEach(one -> numbers(one, at, path, numbers));
    else if (at == path.length) numbers.add(node.asString());
    else numbers(node.path(path[at]), at + 1, path, numbers);
  }

  private static Set<String> numbers(World world) {
    Set<String> numbers = new TreeSet<>();
    world.orders().forEach(order -> numbers.add(order.number()));
    return numbers;
  }

  private enum Shop {
    DOUYIN("douyin", "data", "shop_order_list", "order_id"),
    WECHAT_STORE("wechat_store", "order", "order_id"),
    YOUZAN("youzan", "data", "full_order_info_list", "full_order_info", "order_info", "tid"),
    TMALL("tmall", "trades_sold_increment_get_response", "trades", "trade", "tid"),
    JD(
        "jd",
        "jingdong_pop_order_search_responce",
        "searchorderinfo_result",
        "orderInfoList",
        "orderId"),
    VIPSHOP("vipshop", "result", "dvd_order_list", "order_id");

    final String channel;
    final String[] path;

    Shop(String channel, String... path) {
      this.channel = channel;
      this.path = path;
    }

    Simulator simulator(World world, long seed, Set<Trouble> troubles, int every) {
      return Simulator.of(channel, world, seed, troubles, every);
    }

    /** Where a platform lists by creation, all windows of the weeks in which orders change. */
    int callsOfAnHour() {
      return this == VIPSHOP ? 34 : this == JD ? 10 : 4;
    }
  }

  @ParameterizedTest
  @EnumSource
  void everything_a_platform_has_is_pulled_whatever_it_does_and_whenever_we_die(Shop shop) {
    World world =
        World.of(
            7, shop == Shop.WECHAT_STORE ? 600 : 1500, 200, NOW.minusSeconds(7200), 14, "69", true);
    keys(shop.channel, Simulator.keys(shop.channel));
    int deaths = 0;
    Set<Trouble> made = EnumSet.noneOf(Trouble.class);
    try (Simulator simulator = shop.simulator(world, 11, Simulator.troubles(shop.channel), 4)) {
      for (int run = 1; run <= 60; run++) {
        dies = run < 12 ? saves + 1 + run : 0;
        try {
          assertThat(pull(shop.channel, simulator, NOW)).isEmpty();
        } catch (Killed killed) {
          deaths++;
        }
        if (run >= 12 && memory.unfinished(shop.channel, "s1").isEmpty()) break;
      }
      made.addAll(simulator.made());
    }
    assertThat(deaths).isGreaterThan(2);
    assertThat(made).containsAll(Simulator.troubles(shop.channel));
    assertThat(book.values()).extracting(WindowState::state).containsOnly(State.PROVEN);
    assertThat(pulled(shop.channel, shop.path)).isEqualTo(numbers(world));
    assertThat(home.resolve("pull/" + shop.channel + "/s1")).isEmptyDirectory();
  }

  @ParameterizedTest
  @EnumSource
  void a_second_pull_asks_for_what_is_new_or_may_have_changed_only(Shop shop) {
    World world = World.of(8, 40, 10, NOW.minusSeconds(7200), 3, "69", false);
    keys(shop.channel, Simulator.keys(shop.channel));
    try (Simulator simulator = shop.simulator(world, 1, Set.of(), 1)) {
      pull(shop.channel, simulator, NOW);
      assertThat(pulled(shop.channel, shop.path)).isEqualTo(numbers(world));
      long calls = simulator.calls();
      pull(shop.channel, simulator, NOW.plusSeconds(3600));
      assertThat(simulator.calls() - calls).isLessThanOrEqualTo(shop.callsOfAnHour());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DOUYIN", "WECHAT_STORE", "YOUZAN"})
  void an_order_that_a_message_named_is_asked_for_whatever_the_lists_show(Shop shop)
      throws IOException {
    World world = World.of(12, 3, 10, NOW.minus(Duration.ofDays(100)), 2, "69", false);
    keys(shop.channel, Simulator.keys(shop.channel));
    NamedOrders named = new NamedOrders(home, shop.channel, "s1");
    String number = world.orders().get(0).number();
    named.add(number, "sha");
    named.add("999", "sha");
    try (Simulator simulator = shop.simulator(world, 1, Set.of(), 1)) {
      assertThat(pull(shop.channel, simulator, NOW)).isEmpty();
    }
    assertThat(named.all()).containsOnlyKeys("999");
    Path inbox = home.resolve("inbox/" + shop.channel + "/s1");
    try (Stream<Path> files = Files.list(inbox)) {
      List<Path> pushed =
          files.filter(one -> one.getFileName().toString().matches("pushed_.*json")).toList();
      assertThat(pushed).hasSize(1);
      assertThat(Files.readString(pushed.get(0))).contains(number);
    }
    assertThat(home.resolve("pull/" + shop.channel + "/s1")).isEmptyDirectory();
  }

  @ParameterizedTest
  @EnumSource
  void what_a_lagging_index_does_not_show_yet_is_shown_to_the_next_pull(Shop shop) {
    World world = World.of(13, 200, 10, NOW, 3, "69", false);
    keys(shop.channel, Simulator.keys(shop.channel));
    try (Simulator simulator = shop.simulator(world, 1, Set.of(), 1)) {
      for (Instant at = NOW.minus(Duration.ofDays(2));
          !at.isAfter(NOW.plus(Duration.ofDays(1)));
          at = at.plus(Duration.ofHours(9))) {
        simulator.showUntil(at.minusSeconds(55));
        pull(shop.channel, simulator, at);
      }
    }
    assertThat(pulled(shop.channel, shop.path)).isEqualTo(numbers(world));
  }

  @Test
  void what_members_hold_is_pulled_where_somebody_wants_to_know() throws IOException {
    World world = World.of(14, 300, 150, NOW.minusSeconds(7200), 3, "69", false);
    keys("wechat_store", Simulator.keys("wechat_store"));
    points = true;
    try (Simulator simulator = Shop.WECHAT_STORE.simulator(world, 1, Set.of(), 1)) {
      pull("wechat_store", simulator, NOW);
    }
    assertThat(book.values())
        .filteredOn(one -> one.api().equals("points"))
        .hasSize(1)
        .allSatisfy(
            one -> {
              assertThat(one.state()).isEqualTo(State.PROVEN);
              assertThat(one.pages()).isEqualTo(2);
              assertThat(one.declared()).isEqualTo(one.rows()).isBetween(101L, 150L);
            });
    try (Stream<Path> files = Files.list(home.resolve("inbox/wechat_store/s1"))) {
      Path kept =
          files
              .filter(file -> file.getFileName().toString().matches("points_.*json"))
              .findFirst()
              .orElseThrow();
      assertThat(Files.readString(kept))
          .contains(
              "{\"member\":{\"openid\":\"OPEN-7\",\"answer\":{", "\"info\":{\"score\":\"70\"}");
    }
  }

  @Test
  void customers_are_all_asked_for_each_time_because_what_they_hold_has_no_time_of_change() {
    World world = World.of(15, 400, 150, NOW.minusSeconds(7200), 3, "69", false);
    long customers = world.orders().stream().map(World.Order::buyer).distinct().count();
    keys("youzan", Simulator.keys("youzan"));
    points = true;
    try (Simulator simulator = Shop.YOUZAN.simulator(world, 1, Set.of(), 1)) {
      for (int day = 0; day < 3; day++) pull("youzan", simulator, NOW.plus(Duration.ofDays(day)));
    }
    assertThat(ended)
        .filteredOn(one -> one.api().equals("points"))
        .hasSize(3)
        .allSatisfy(
            one -> {
              assertThat(one.from()).isEqualTo(Instant.EPOCH);
              assertThat(one.state()).isEqualTo(State.PROVEN);
              assertThat(one.pages()).isEqualTo(3);
              assertThat(one.declared()).isEqualTo(one.rows()).isEqualTo(customers);
            });
  }

  @ParameterizedTest
  @EnumSource(names = {"WECHAT_STORE", "YOUZAN"})
  void a_night_that_pulls_once_more_takes_no_second_snapshot_that_could_contradict_the_first(
      Shop shop) {
    World world = World.of(18, 30, 10, NOW.minusSeconds(7200), 3, "69", false);
    keys(shop.channel, Simulator.keys(shop.channel));
    points = true;
    try (Simulator simulator = shop.simulator(world, 1, Set.of(), 1)) {
      for (long hours : new long[] {0, 1, 11, 23, 24, 48})
        pull(shop.channel, simulator, NOW.plus(Duration.ofHours(hours)));
    }
    assertThat(ended).filteredOn(one -> one.api().equals("points")).hasSize(3);
  }

  @Test
  void more_customers_than_a_platform_tells_at_once_are_asked_by_halves_of_the_time() {
    World world = World.of(16, 22_000, 21_000, NOW.minus(Duration.ofDays(99)), 3, "69", false);
    long customers = world.orders().stream().map(World.Order::buyer).distinct().count();
    keys("youzan", Simulator.keys("youzan"));
    points = true;
    try (Simulator simulator = Shop.YOUZAN.simulator(world, 1, Set.of(), 1)) {
      pull("youzan", simulator, NOW);
    }
    assertThat(customers).isGreaterThan(10_000);
    List<WindowState> windows =
        book.values().stream().filter(one -> one.api().equals("points")).toList();
    assertThat(windows).hasSizeGreaterThan(1).allMatch(one -> one.state() == State.PROVEN);
    assertThat(windows.stream().mapToLong(WindowState::rows).sum()).isEqualTo(customers);
  }

  @Test
  void the_customers_of_a_chain_are_asked_of_its_head_office_only() {
    World world = World.of(17, 30, 10, NOW.minusSeconds(7200), 3, "69", false);
    keys("youzan", Simulator.keys("youzan").replace("{", "{\"branch_of\":\"1\","));
    points = true;
    try (Simulator simulator = Shop.YOUZAN.simulator(world, 1, Set.of(), 1)) {
      puller("youzan", simulator.url(), NOW).backfill(NOW.minusSeconds(86_400), NOW);
      pull("youzan", simulator, NOW);
    }
    assertThat(book.values())
        .isNotEmpty()
        .noneMatch(one -> one.api().equals("points"))
        .allMatch(one -> one.state() == State.PROVEN);
  }

  @Test
  void days_that_are_asked_again_after_an_outage_leave_no_gap_before_them() {
    World world = World.of(10, 60, 10, NOW.minusSeconds(7200), 14, "69", false);
    keys("tmall", Simulator.keys("tmall"));
    try (Simulator simulator = Simulator.of("tmall", world, 1, Set.of(), 1)) {
      pull("tmall", simulator, NOW.minus(Duration.ofDays(12)));
      assertThat(pulled("tmall", Shop.TMALL.path)).hasSizeLessThan(60);
      puller("tmall", simulator.url(), NOW).backfill(NOW.minus(Duration.ofDays(1)), NOW);
      pull("tmall", simulator, NOW);
      assertThat(pulled("tmall", Shop.TMALL.path)).isEqualTo(numbers(world));
    }
  }

  /** A server that answers to the body of a request what it is told to. */
  private static HttpServer server(UnaryOperator<String> answers) {
    HttpServer server;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          byte[] answer = answers.apply(new String(body, UTF_8)).getBytes(UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static String url(HttpServer server) {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void pullFrom(UnaryOperator<String> answers) {
    keys("tmall", Simulator.keys("tmall"));
    HttpServer server = server(answers);
    try {
      assertThat(pull("tmall", url(server), NOW)).isEmpty();
    } finally {
      server.stop(0);
    }
  }

  @Test
  void what_a_clock_that_was_ahead_proved_of_days_to_come_is_asked_again() {
    World world = World.of(22, 300, 150, NOW.minusSeconds(7200), 12, "69", false);
    keys("wechat_store", Simulator.keys("wechat_store"));
    try (Simulator simulator = Shop.WECHAT_STORE.simulator(world, 1, Set.of(), 1)) {
      pull("wechat_store", simulator, NOW.plus(Duration.ofDays(31)));
      assertThat(book.values()).anyMatch(one -> one.to().isAfter(NOW));
      ended.clear();
      pull("wechat_store", simulator, NOW);
      assertThat(book.values())
          .allSatisfy(one -> assertThat(one.state()).isEqualTo(State.PROVEN))
          .noneMatch(one -> one.to().isAfter(NOW));
      assertThat(ended.stream().filter(one -> one.api().equals("orders")).map(WindowState::from))
          .anyMatch(from -> from.isBefore(NOW.minus(Duration.ofDays(12))));
      // and then only what is new
      ended.clear();
      pull("wechat_store", simulator, NOW.plus(Duration.ofHours(1)));
      assertThat(ended).allMatch(one -> one.from().isAfter(NOW.minus(Duration.ofDays(12))));
    }
  }

  @Test
  void an_answer_without_end_is_not_read_to_it_and_named_without_its_address() {
    HttpServer server = server(body -> "x".repeat((64 << 20) + 1));
    try (Http http =
        new Http(QuietCamel.context("test"), url(server), 10, Duration.ofSeconds(20))) {
      assertThatThrownBy(() -> http.send(Call.json("/p", Map.of("access_token", "planted"), "{}")))
          .isInstanceOf(IOException.class)
          .hasMessage("an answer of more than 64 MiB")
          .hasNoCause();
    } finally {
      server.stop(0);
    }
  }

  @Test
  void windows_that_fail_for_ever_keep_no_other_one_waiting() {
    UnaryOperator<String> answers =
        body ->
            body.contains("trades.sold") && body.matches(".*start_modified=2026-06-0[1-4].*")
                ? "{}"
                : "{\"trades_sold_increment_get_response\":{\"total_results\":0},"
                    + "\"refunds_receive_get_response\":{\"total_results\":0}}";
    for (int night = 1; night <= 3; night++) pullFrom(answers);
    assertThat(book.values())
        .filteredOn(one -> one.state() != State.PROVEN)
        .hasSize(4)
        .allSatisfy(one -> assertThat(one.api()).isEqualTo("orders"))
        .extracting(WindowState::attempts)
        .containsExactlyInAnyOrder(2, 2, 3, 3);
  }

  @Test
  void a_success_that_says_nothing_proves_no_window() {
    pullFrom(body -> "{}");
    assertThat(ended)
        .hasSize(3)
        .allSatisfy(
            one -> {
              assertThat(one.state()).isEqualTo(State.INCOMPLETE);
              assertThat(one.reason()).startsWith("the answer has no number at total_results");
            });
  }

  @Test
  void a_token_that_ends_between_pages_is_renewed_once_and_written_back_for_the_owner_only()
      throws IOException {
    World world = World.of(9, 30, 10, NOW.minusSeconds(7200), 2, "69", false);
    keys("douyin", Simulator.keys("douyin"));
    try (Simulator simulator = Simulator.of("douyin", world, 3, Set.of(Trouble.TOKEN_OVER), 3)) {
      assertThat(pull("douyin", simulator, NOW)).isEmpty();
      assertThat(simulator.targets()).noneMatch(one -> one.contains("simulated-douyin-secret"));
    }
    assertThat(book.values()).extracting(WindowState::state).containsOnly(State.PROVEN);
    Path file = home.resolve("secrets/api-douyin-s1.json");
    assertThat(Files.readString(file)).doesNotContain("\"douyin-token-0\"").contains("expires_at");
    ownerOnly(file);
  }

  @ParameterizedTest
  @CsvSource({
    "'\"app_secret\":\"simulated-douyin-secret\"', '\"app_secret\":\"wrong-secret\"', code 40003 isv.signature-invalid",
    "douyin-refresh-0, used-before, code 50001: the authorisation has ended",
  })
  void what_only_a_person_can_mend_leaves_windows_incomplete_and_names_no_secret(
      String from, String to, String reason) {
    World world = World.of(9, 30, 10, NOW.minusSeconds(7200), 2, "69", false);
    keys(
        "douyin",
        Simulator.keys("douyin").replace(from, to).replace("douyin-token-0", "old-token"));
    try (Simulator simulator = Simulator.of("douyin", world, 3, Set.of(), 3)) {
      assertThat(pull("douyin", simulator, NOW)).isEmpty();
      assertThat(simulator.calls()).isLessThan(15);
    }
    assertThat(ended)
        .hasSize(3)
        .allSatisfy(
            one -> {
              assertThat(one.state()).isEqualTo(State.INCOMPLETE);
              assertThat(one.reason()).startsWith(reason).doesNotContain("secret\"", "token-");
            });
  }

  @ParameterizedTest
  @EnumSource(names = {"TMALL", "JD", "VIPSHOP"})
  void a_token_that_only_a_person_renews_may_end_between_pages_and_the_pull_goes_on_with_the_new(
      Shop shop) {
    World world = World.of(13, 400, 10, NOW.minusSeconds(7200), 2, "69", false);
    keys(shop.channel, Simulator.keys(shop.channel));
    try (Simulator simulator = shop.simulator(world, 1, Set.of(), 1)) {
      pull(shop.channel, simulator, NOW);
      long whole = simulator.calls();
      book.clear();
      simulator.endTokenAfter(whole / 2);
      pull(shop.channel, simulator, NOW);
      assertThat(memory.unfinished(shop.channel, "s1"))
          .extracting(WindowState::state)
          .contains(State.INCOMPLETE);
      long asked = simulator.calls();
      keys(shop.channel, Simulator.keys(shop.channel).replace("-token-0", "-token-1"));
      pull(shop.channel, simulator, NOW);
      assertThat(memory.unfinished(shop.channel, "s1")).isEmpty();
      // What was kept is not asked for again.
      assertThat(simulator.calls() - asked).isLessThan(whole);
      assertThat(pulled(shop.channel, shop.path)).isEqualTo(numbers(world));
    }
  }

  @Test
  void a_platform_that_is_away_is_asked_with_growing_patience_and_then_left_until_the_next_night() {
    keys("youzan", Simulator.keys("youzan"));
    World world = World.of(9, 3, 10, NOW.minusSeconds(7200), 2, "69", false);
    String gone;
    try (Simulator simulator = Simulator.of("youzan", world, 3, Set.of(), 1)) {
      gone = simulator.url();
    }
    assertThat(pull("youzan", gone, NOW)).isEmpty();
    for (int i = 0; i < 5; i++)
      assertThat(waits.get(i).toMillis()).isBetween(1000L << i, 1250L << i);
    assertThat(ended.get(0).reason()).isEqualTo("no answer (HttpHostConnectException), 6 times");
  }

  @Test
  void keys_that_are_missing_or_unreadable_are_named_without_what_is_in_them() {
    World world = World.of(9, 3, 10, NOW.minusSeconds(7200), 2, "69", false);
    try (Simulator simulator = Simulator.of("douyin", world, 3, Set.of(), 1)) {
      assertThat(pull("douyin", simulator, NOW))
          .extracting(SourceFailure::text)
          .containsExactly(
              "SECRET_UNREADABLE channel douyin is pulled by API, and no shop of it has keys; write"
                  + " them into secrets/api-douyin-<shop>.json");
      keys("douyin", "{\"app_key\":\"planted");
      assertThat(pull("douyin", simulator, NOW).get(0).message())
          .startsWith("the secret file api-douyin-s1.json is no readable JSON object")
          .doesNotContain("planted");
      keys("douyin", "{\"app_key\":\"k\"}");
      assertThat(pull("douyin", simulator, NOW).get(0).message())
          .isEqualTo("the secret file api-douyin-s1.json has no value for \"access_token\"");
      keys("douyin", Simulator.keys("douyin").replace("{", "{\"expires_at\":\"planted\","));
      assertThat(pull("douyin", simulator, NOW).get(0).message())
          .isEqualTo(
              "the secret file api-douyin-s1.json has no moment like 2026-06-20T15:00:00Z at"
                  + " \"expires_at\": leave it out");
    }
  }
}
