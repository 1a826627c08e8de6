package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import omnipoints.routes.simulator.Members;
import omnipoints.routes.simulator.Simulator;
import omnipoints.routes.simulator.Trouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A12: platforms are told over HTTP what members may spend, whatever they and we do on the way. */
class SyncNightsTest {
  private static final LocalDate FIRST = LocalDate.parse("2026-03-01");
  private static final List<String> PLATFORMS = List.of("douyin", "wechat_card", "youzan", "tmall");
  private static final int PEOPLE = 8;

  @TempDir Path dir;

  /** As when the process dies: nothing after it is kept. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** A clock that is asked all along, and ends the process at some of it. */
  private static final class MortalClock extends Clock {
    private final SplittableRandom random;
    private final int one;

    private MortalClock(SplittableRandom random, int one) {
      this.random = random;
      this.one = one;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      if (one > 0 && random.nextInt(one) == 0) throw new Killed();
      return Instant.parse("2026-03-01T18:00:00Z");
    }
  }

  private static TestHome home(Path dir, Map<String, String> urls, String tmall) {
    StringBuilder sync = new StringBuilder("  youzan: {}\n  douyin: {}\nsync:\n");
    urls.forEach(
        (platform, url) ->
            sync.append("  ")
                .append(platform)
                .append(": {")
                .append(
                    switch (platform) {
                      case "douyin" -> "account_id: '77', ";
                      case "wechat_card" -> "card_id: K, ";
                      case "tmall" -> tmall;
                      default -> "";
                    })
                .append("transport: {api: {calls_per_second: 100000, url: '")
                .append(url)
                .append("'}}}\n"));
    TestHome home = new TestHome(dir, sync.toString()).program("0", "1y");
    urls.keySet()
        .forEach(
            platform ->
                home.write("secrets/sync-" + platform + ".json", Simulator.syncKeys(platform)));
    StringBuilder bindings =
        new StringBuilder("channel,order_no,platform_id,phone,card,unionid,bound_at\n");
    for (int i = 0; i < PEOPLE; i++)
      for (String channel : List.of("douyin", "youzan", "tmall"))
        bindings
            .append(channel)
            .append(",,")
            .append(channel)
            .append('-')
            .append(i)
            .append(",,C")
            .append(i)
            .append(",,2026-02-01 09:00:00\n");
    home.drop("program/bind.csv", bindings.toString());
    return home;
  }

  private static void shop(TestHome home, SplittableRandom random, LocalDate date) {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < PEOPLE; i++)
      if (random.nextInt(3) > 0)
        rows.add(
            Pos.row(
                "C" + i,
                date + " 10:00:00",
                "A",
                1 + random.nextInt(90),
                "1",
                Integer.toString(rows.size() + 1)));
    home.drop("pos/s1/" + date + ".csv", Pos.file(rows.toArray(String[]::new)));
  }

  /** What the books say that each token of a platform may spend, where it was ever told of. */
  private static Map<String, Long> books(TestHome home, SyncConfig.Platform platform) {
    Map<String, Long> books = new TreeMap<>();
    for (String row :
        home.rows(
            "select t.shown || ' ' || b.available from token t join member m on m.member_id ="
                + " t.member_id join balance b on b.member_id = coalesce(m.merged_into, m.member_id)"
                + " where t.kind = '"
                + platform.kind
                + "' and exists (select 1 from balance_sent s where s.hash = t.hash)")) {
      int space = row.lastIndexOf(' ');
      books.put(row.substring(0, space), Long.parseLong(row.substring(space + 1)));
    }
    return books;
  }

  private static void noSecretIn(TestHome home) {
    for (String row : home.rows("select r::text from sync_request r"))
      assertThat(row).doesNotContain("secret", "token-", "PRIVATE");
    try (Stream<Path> files = Files.walk(home.dir)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (file.startsWith(home.dir.resolve("secrets"))) continue;
        assertThat(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain("-secret", "token-0", "PRIVATE KEY");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void a12_members_hold_on_every_platform_what_the_books_say_after_any_faults_and_kills() {
    Map<String, Simulator> simulators = new LinkedHashMap<>();
    Map<String, Members> members = new LinkedHashMap<>();
    Map<String, String> urls = new LinkedHashMap<>();
    for (String platform : PLATFORMS) {
      members.put(platform, new Members());
      simulators.put(
          platform,
          Simulator.ofSync(
              platform, members.get(platform), 5, Simulator.syncTroubles(platform), 3));
      urls.put(platform, simulators.get(platform).url());
    }
    SplittableRandom random = new SplittableRandom(12);
    int deaths = 0;
    try (TestHome home = home(dir, urls, "counts_once: true, ")) {
      keys(home, false);
      for (int night = 0; night < 4; night++) {
        shop(home, random, FIRST.plusDays(night));
        home.night(FIRST.plusDays(night).toString());
        for (int run = 0; run < 3; run++) {
          try {
            send(home, new MortalClock(random, night < 3 ? 25 : 0));
          } catch (Killed killed) {
            deaths++;
          }
        }
      }
      for (int run = 0; run < 25 && !home.rows(OPEN).get(0).equals("0"); run++)
        send(home, new MortalClock(random, 0));
      assertThat(deaths).isGreaterThan(3);
      for (SyncConfig.Platform platform : SyncConfig.Platform.values()) {
        assertThat(members.get(platform.word()).points())
            .as(platform.word())
            .isEqualTo(books(home, platform))
            .hasSize(PEOPLE);
        assertThat(members.get(platform.word()).taken().values()).allMatch(times -> times == 1);
      }
      assertThat(home.rows(OPEN)).containsExactly("0");
      noSecretIn(home);
    } finally {
      simulators.values().forEach(Simulator::close);
    }
  }

  private static final String OPEN = "select count(*) from balance_sent where state = 'OPEN'";

  /** Nights find no keys, so that they tell nobody under the clock of the wall. */
  private static void keys(TestHome home, boolean there) {
    for (String platform : PLATFORMS) {
      String file = "secrets/sync-" + platform + ".json";
      if (there) home.write(file, Simulator.syncKeys(platform));
      else home.dir.resolve(file).toFile().delete();
    }
  }

  private static void send(TestHome home, Clock clock) {
    keys(home, true);
    try {
      Syncs.send(home.home(), home.database.database(), clock, wait -> {}, null, 1000);
    } finally {
      keys(home, false);
    }
  }

  @Test
  void a12_a_night_tells_by_itself_and_what_a_platform_says_otherwise_is_a_break_until_it_agrees() {
    Members cards = new Members();
    Members youzan = new Members();
    cards.stranger("C2");
    youzan.give("youzan-1", 5);
    try (Simulator pay = Simulator.ofSync("wechat_card", cards, 3, Set.of(), 1);
        Simulator shop = Simulator.ofSync("youzan", youzan, 3, Set.of(), 1);
        TestHome home = home(dir, Map.of("wechat_card", pay.url(), "youzan", shop.url()), "")) {
      home.drop(
          "pos/s1/a.csv",
          Pos.file(
              Pos.row("C1", "2026-03-01 10:00:00", "A", 50, "1", "1"),
              Pos.row("C2", "2026-03-01 10:00:00", "A", 20, "1", "2")));
      home.night("2026-03-01");
      assertThat(cards.points()).isEqualTo(Map.of("C1", 50L));
      assertThat(youzan.points()).isEqualTo(Map.of("youzan-1", 55L, "youzan-2", 20L));
      // found by the next night, which closes as ever
      home.night("2026-03-02");
      assertThat(
              home.rows(
                  "select channel || ' ' || detail from break where key like 'sync %' order by 1"))
          .satisfiesExactly(
              one ->
                  assertThat(one)
                      .isEqualTo(
                          "wechat_card wechat_card does not take what it is told of 1 member, since"
                              + " 2026-03-01: INVALID_REQUEST"),
              one ->
                  assertThat(one)
                      .isEqualTo("youzan youzan says 55 points, the ledger 50: 5 too many there"));
      assertThat(home.breaks()).hasSize(2);
      youzan.give("youzan-1", -5);
      cards.joins("C2");
      home.drop("pos/s1/b.csv", Pos.file(Pos.row("C1", "2026-03-03 10:00:00", "A", 7, "1", "1")));
      home.night("2026-03-03");
      assertThat(cards.points()).isEqualTo(Map.of("C1", 57L, "C2", 20L));
      assertThat(youzan.points()).isEqualTo(Map.of("youzan-1", 57L, "youzan-2", 20L));
      home.night("2026-03-04");
      assertThat(home.breaks()).isEmpty();
      // nothing is told twice
      long calls = pay.calls() + shop.calls();
      home.night("2026-03-05");
      assertThat(pay.calls() + shop.calls()).isEqualTo(calls);
    }
  }

  @Test
  void a12_a_platform_that_is_away_fails_no_night_and_is_told_of_everything_once_it_is_back() {
    Members cards = new Members();
    String gone;
    try (Simulator pay = Simulator.ofSync("wechat_card", cards, 3, Set.of(), 1)) {
      gone = pay.url();
    }
    try (TestHome home = home(dir, Map.of("wechat_card", gone), "")) {
      Files.delete(home.dir.resolve("secrets/sync-wechat_card.json"));
      shop(home, new SplittableRandom(1), FIRST);
      home.night("2026-03-01");
      home.night("2026-03-02");
      assertThat(home.rows("select detail from break where key = 'sync not told'"))
          .singleElement()
          .asString()
          .startsWith("wechat_card was not told what ")
          .contains("since 2026-03-01: the secret file sync-wechat_card.json is no readable");
      try (Simulator pay = Simulator.ofSync("wechat_card", cards, 3, Set.of(), 1)) {
        home.write("secrets/sync-wechat_card.json", Simulator.syncKeys("wechat_card"));
        home.write("omnipoints.yaml", home.file("omnipoints.yaml").replace(gone, pay.url()));
        shop(home, new SplittableRandom(2), FIRST.plusDays(2));
        home.night("2026-03-03");
        assertThat(cards.points())
            .isEqualTo(books(home, SyncConfig.Platform.WECHAT_CARD))
            .isNotEmpty();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void a12_what_files_said_before_counts_as_told_when_http_begins() {
    Members youzan = new Members();
    youzan.give("youzan-1", 50);
    try (Simulator shop = Simulator.ofSync("youzan", youzan, 3, Set.of(), 1);
        TestHome home = home(dir, Map.of("youzan", shop.url()), "")) {
      String settings = home.file("omnipoints.yaml");
      home.write(
          "omnipoints.yaml", settings.replaceAll("youzan: \\{transport.*\n", "youzan: {}\n"));
      home.drop("pos/s1/a.csv", Pos.file(Pos.row("C1", "2026-03-01 10:00:00", "A", 50, "1", "1")));
      // It dies when its files are written, and goes on under the new settings: they are handed
      // over.
      try (DyingNight night = new DyingNight(home, "2026-03-01", "extract:kept")) {
        night.diesAt("extract:kept");
      }
      home.write("omnipoints.yaml", settings);
      home.night("2026-03-01");
      assertThat(home.file("outbox/mall/2026-03-01/sync_youzan.jsonl")).contains("\"points\":50");
      assertThat(shop.calls()).isZero();
      home.drop("pos/s1/b.csv", Pos.file(Pos.row("C1", "2026-03-02 10:00:00", "A", 7, "1", "1")));
      home.night("2026-03-02");
      assertThat(youzan.points()).isEqualTo(Map.of("youzan-1", 57L));
    }
  }

  @Test
  void
      a12_a_request_without_an_answer_waits_for_a_person_where_nobody_promises_that_it_counts_once() {
    Members tmall = new Members(false);
    try (Simulator shop = Simulator.ofSync("tmall", tmall, 3, Set.of(Trouble.TAKEN_RESET), 1);
        TestHome home = home(dir, Map.of("tmall", shop.url()), "")) {
      home.drop("pos/s1/a.csv", Pos.file(Pos.row("C1", "2026-03-01 10:00:00", "A", 50, "1", "1")));
      home.night("2026-03-01");
      assertThat(tmall.points()).isEqualTo(Map.of("tmall-1", 50L));
      home.drop("pos/s1/b.csv", Pos.file(Pos.row("C1", "2026-03-02 10:00:00", "A", 7, "1", "1")));
      home.night("2026-03-02");
      assertThat(shop.calls()).isEqualTo(1);
      assertThat(home.rows("select detail from break where key = 'sync no answer'"))
          .singleElement()
          .asString()
          .startsWith("nobody knows whether tmall took what it was told of 1 member");
      String number = home.rows("select request_no from sync_request where state = 'SENT'").get(0);
      assertThat(settle(home, number)).isTrue();
      assertThat(settle(home, number)).isFalse();
      home.night("2026-03-03");
      assertThat(tmall.points()).isEqualTo(Map.of("tmall-1", 57L));
      home.night("2026-03-04");
      assertThat(home.breaks()).isEmpty();
    }
  }

  private static boolean settle(TestHome home, String number) {
    return Syncs.settle(
        home.database.database(),
        Clock.systemUTC(),
        "tmall",
        number,
        true,
        "seen in the shop's back office");
  }

  @Test
  void a12_it_goes_on_wherever_its_process_was_killed() throws Exception {
    Members youzan = new Members();
    try (Simulator shop =
            Simulator.ofSync("youzan", youzan, 3, Set.of(Trouble.DRIP, Trouble.TAKEN_RESET), 9);
        TestHome home = home(dir, Map.of("youzan", shop.url()), "")) {
      home.write("omnipoints.yaml", home.file("omnipoints.yaml").replace("100000", "5"));
      SplittableRandom random = new SplittableRandom(System.nanoTime());
      List<String> rows = new ArrayList<>();
      for (int i = 0; i < PEOPLE; i++)
        rows.add(Pos.row("C" + i, "2026-03-01 10:00:00", "A", 10 + i, "1", "1" + i));
      home.drop("pos/s1/a.csv", Pos.file(rows.toArray(String[]::new)));
      Process night = CrashingNight.start(home, "2026-03-01", "", ProcessBuilder.Redirect.DISCARD);
      int calls = 2 + random.nextInt(6);
      try {
        while (shop.calls() < calls) {
          assertThat(night.isAlive()).as("it tells").isTrue();
          LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(200));
        }
      } finally {
        night.destroyForcibly().waitFor();
      }
      home.cutConnections();
      assertThat(home.rows("select count(*) from close")).containsExactly("1");
      Syncs.send(home.home(), home.database.database(), Clock.systemUTC(), wait -> {}, null, 1000);
      assertThat(youzan.points())
          .isEqualTo(books(home, SyncConfig.Platform.YOUZAN))
          .hasSize(PEOPLE);
      assertThat(youzan.taken().values()).allMatch(times -> times == 1);
    }
  }

  @Test
  void a12_nobody_is_told_unless_the_settings_say_so() {
    try (TestHome home = new TestHome(dir, "sync: {youzan: {}}\n")) {
      assertThatThrownBy(
              () -> Syncs.send(home.home(), home.database.database(), Clock.systemUTC(), null))
          .isInstanceOf(NightRefused.class)
          .hasMessageContaining("no platform is told over HTTP");
      for (String wrong :
          List.of(
              "youzan: {transport: ftp}",
              "youzan: {counts_once: true}",
              "youzan: {transport: {api: {url: 'http://example.com'}}}",
              "tmall: {transport: {api: {calls_per_second: 0}}}",
              "tmall: {transport: {api: {speed: 1}}}")) {
        home.write(
            "omnipoints.yaml",
            home.file("omnipoints.yaml").replaceAll("sync: .*", "sync: {" + wrong + "}"));
        assertThatThrownBy(home::home).as(wrong).hasMessageContaining("sync.");
      }
    }
  }
}
