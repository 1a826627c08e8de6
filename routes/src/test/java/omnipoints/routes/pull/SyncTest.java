package omnipoints.routes.pull;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import omnipoints.routes.simulator.Members;
import omnipoints.routes.simulator.Simulator;
import omnipoints.routes.simulator.Trouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Simulated platforms are told what members may spend, over real HTTP. */
class SyncTest {
  private static final Instant NOW = Instant.parse("2026-06-20T18:00:00Z");
  private static final LocalDate NIGHT = LocalDate.parse("2026-06-20");

  @TempDir Path home;

  private final List<Duration> waits = new ArrayList<>();

  /** As when the process dies: nothing after it is kept. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private enum State {
    PLANNED,
    SENT,
    TAKEN,
    REFUSED
  }

  /** What a database would keep. */
  private static final class Memory implements SyncBook {
    private final Map<String, SyncItem> items = new LinkedHashMap<>();
    private final Map<String, State> states = new LinkedHashMap<>();
    private final Map<String, String> reasons = new TreeMap<>();
    private final Map<String, Long> theirs = new TreeMap<>();
    private final Map<String, Long> taken = new TreeMap<>();
    private final SplittableRandom random = new SplittableRandom(4);
    private Map<String, Long> books = Map.of();
    private int diesOneIn;

    /** Before or after it is kept: both happen. */
    private void keep(Runnable work) {
      boolean dies = diesOneIn > 0 && random.nextInt(diesOneIn) == 0;
      if (dies && random.nextBoolean()) throw new Killed();
      work.run();
      if (dies) throw new Killed();
    }

    void plan(LocalDate night, Map<String, Long> now) {
      books = now;
      states.entrySet().removeIf(one -> one.getValue() == State.PLANNED);
      books.forEach(
          (who, points) -> {
            boolean open =
                items.values().stream()
                    .anyMatch(
                        one ->
                            one.shown().equals(who) && states.get(one.requestNo()) == State.SENT);
            long before = taken.getOrDefault(who, 0L);
            String number = night + "-" + who;
            boolean refused =
                in(State.REFUSED).stream()
                    .anyMatch(
                        one ->
                            one.shown().equals(who)
                                && one.before() == before
                                && one.points() == points);
            if (open || refused || before == points || states.get(number) != null) return;
            items.put(number, new SyncItem(number, who, before, points, 2, night, NOW));
            states.put(number, State.PLANNED);
          });
    }

    private List<SyncItem> in(State... wanted) {
      List<State> all = List.of(wanted);
      return items.values().stream()
          .filter(one -> states.containsKey(one.requestNo()))
          .filter(one -> all.contains(states.get(one.requestNo())))
          .toList();
    }

    private void set(List<SyncItem> some, State state) {
      some.forEach(one -> states.put(one.requestNo(), state));
    }

    @Override
    public List<SyncItem> unanswered() {
      return in(State.SENT);
    }

    @Override
    public List<SyncItem> due() {
      return in(State.PLANNED, State.REFUSED).stream()
          .filter(one -> one.points() == books.get(one.shown()))
          .filter(one -> one.before() == taken.getOrDefault(one.shown(), 0L))
          .toList();
    }

    @Override
    public List<SyncItem> sending(List<SyncItem> some) {
      keep(() -> set(some, State.SENT));
      return some;
    }

    @Override
    public void again(List<SyncItem> some) {
      keep(() -> {});
    }

    @Override
    public void answered(List<SyncAnswer> answers) {
      keep(
          () -> {
            for (SyncAnswer answer : answers) {
              SyncItem item = answer.item();
              states.put(item.requestNo(), answer.taken() ? State.TAKEN : State.REFUSED);
              if (answer.taken()) taken.put(item.shown(), item.points());
              else reasons.put(item.requestNo(), answer.refusedOrNull());
              if (answer.theirsOrNull() != null) theirs.put(item.shown(), answer.theirsOrNull());
            }
          });
    }

    @Override
    public void nothingDone(List<SyncItem> some, String reason) {
      keep(() -> set(some, State.PLANNED));
      some.forEach(one -> reasons.put(one.requestNo(), reason));
    }

    @Override
    public void stopped(String reason) {
      keep(() -> {});
    }

    @Override
    public void noAnswer(List<SyncItem> some, String reason) {
      keep(() -> {});
      some.forEach(one -> reasons.put(one.requestNo(), reason));
    }
  }

  private final Memory book = new Memory();

  private void keys(String platform, String text) {
    try {
      Files.createDirectories(home.resolve("secrets"));
      Files.writeString(home.resolve("secrets/sync-" + platform + ".json"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Syncer syncer(String platform, String url, boolean countsOnce) {
    SyncSettings settings =
        new SyncSettings(home, platform, "77", url, 1_000_000, Duration.ofHours(1), countsOnce);
    return new Syncer(settings, book, Clock.fixed(NOW, ZoneOffset.UTC), waits::add);
  }

  private static Map<String, Long> books(SplittableRandom random, Map<String, Long> before) {
    Map<String, Long> books = new TreeMap<>(before);
    for (int i = 0; i < 12; i++)
      if (random.nextInt(3) > 0) books.put("who-" + i, random.nextLong(1_000));
    return books;
  }

  @ParameterizedTest
  @ValueSource(strings = {"douyin", "wechat_card", "youzan", "tmall"})
  void members_hold_what_the_books_say_whatever_the_platform_does_and_whenever_we_die(
      String platform) {
    keys(platform, Simulator.syncKeys(platform));
    SplittableRandom random = new SplittableRandom(9);
    Members members = new Members();
    Map<String, Long> books = new TreeMap<>();
    Set<Trouble> troubles = Simulator.syncTroubles(platform);
    Set<Trouble> made = EnumSet.noneOf(Trouble.class);
    int deaths = 0;
    try (Simulator simulator = Simulator.ofSync(platform, members, 3, troubles, 3)) {
      LocalDate date = NIGHT;
      for (int night = 0; night < 8 || night < 60 && !made.equals(troubles); night++) {
        date = NIGHT.plusDays(night);
        books = books(random, books);
        // Five members go into one request of Douyin: there are fewer places to die at.
        book.diesOneIn = night >= 7 ? 0 : platform.equals("douyin") ? 3 : 9;
        for (int run = 0; run < 3; run++) {
          try {
            Syncer syncer = syncer(platform, simulator.url(), true);
            syncer.again();
            book.plan(date, books);
            syncer.run();
          } catch (Killed killed) {
            deaths++;
          }
        }
        made.addAll(simulator.made());
      }
      for (int run = 0; run < 30 && !books.equals(book.taken); run++) {
        Syncer syncer = syncer(platform, simulator.url(), true);
        syncer.again();
        book.plan(date, books);
        syncer.run();
      }
      assertThat(simulator.targets()).noneMatch(one -> one.contains("-secret"));
    }
    assertThat(deaths).isGreaterThan(2);
    assertThat(made).isEqualTo(troubles);
    assertThat(book.taken).isEqualTo(books);
    assertThat(members.points()).isEqualTo(books);
    assertThat(members.taken().values()).allMatch(times -> times == 1);
  }

  @Test
  void where_nothing_says_that_a_number_counts_once_nothing_without_an_answer_is_sent_again() {
    keys("tmall", Simulator.syncKeys("tmall"));
    // It counts whatever comes as often as it comes.
    Members members = new Members(false);
    SplittableRandom random = new SplittableRandom(9);
    Map<String, Long> books = new TreeMap<>();
    int unsure = 0;
    try (Simulator simulator =
        Simulator.ofSync("tmall", members, 3, Simulator.syncTroubles("tmall"), 3)) {
      for (int night = 0; night < 12; night++) {
        books = books(random, books);
        Syncer syncer = syncer("tmall", simulator.url(), false);
        book.diesOneIn = night % 3 == 0 ? 9 : 0;
        try {
          assertThat(syncer.again()).isEqualTo(new Syncer.End(0, 0, null));
          book.plan(NIGHT.plusDays(night), books);
          syncer.run();
        } catch (Killed killed) {
          // what was sent has no answer
        }
        unsure = Math.max(unsure, book.unanswered().size());
      }
    }
    assertThat(unsure).isPositive();
    assertThat(members.taken().values()).allMatch(times -> times == 1);
    // A person looked there, and says of each what became of it.
    book.diesOneIn = 0;
    Map<String, Integer> there = members.taken();
    for (SyncItem item : book.unanswered())
      if (there.containsKey(item.requestNo())) book.answered(List.of(SyncAnswer.taken(item, null)));
      else book.answered(List.of(SyncAnswer.refused(item, "not there")));
    try (Simulator calm = Simulator.ofSync("tmall", members, 3, Set.of(), 1)) {
      book.plan(NIGHT.plusDays(40), books);
      syncer("tmall", calm.url(), false).run();
    }
    assertThat(members.points()).isEqualTo(books);
  }

  @Test
  void a_batch_is_five_members_in_hundredths_and_one_stranger_keeps_nobody_else_waiting() {
    keys("douyin", Simulator.syncKeys("douyin"));
    Members members = new Members();
    members.stranger("who-3");
    Map<String, Long> books = new TreeMap<>();
    for (int i = 0; i < 7; i++) books.put("who-" + i, 10L + i);
    try (Simulator simulator = Simulator.ofSync("douyin", members, 3, Set.of(), 1)) {
      book.plan(NIGHT, books);
      assertThat(syncer("douyin", simulator.url(), false).run())
          .isEqualTo(new Syncer.End(6, 1, null));
      // a token, and two batches
      assertThat(simulator.calls()).isEqualTo(3);
      assertThat(members.points()).hasSize(6).containsEntry("who-6", 16L);
      assertThat(members.levels()).containsEntry("who-6", 2);
      members.joins("who-3");
      book.plan(NIGHT.plusDays(1), books);
      syncer("douyin", simulator.url(), false).run();
    }
    assertThat(members.points()).isEqualTo(books);
  }

  @Test
  void what_a_platform_says_it_holds_is_kept_and_corrected_by_nobody() {
    keys("youzan", Simulator.syncKeys("youzan"));
    Members members = new Members();
    members.give("who-1", 5);
    try (Simulator simulator = Simulator.ofSync("youzan", members, 3, Set.of(), 1)) {
      book.plan(NIGHT, Map.of("who-1", 30L, "who-2", 4L));
      syncer("youzan", simulator.url(), false).run();
      assertThat(book.theirs).containsExactlyInAnyOrderEntriesOf(Map.of("who-1", 35L, "who-2", 4L));
      book.plan(NIGHT.plusDays(1), Map.of("who-1", 20L, "who-2", 4L));
      syncer("youzan", simulator.url(), false).run();
    }
    assertThat(members.points()).isEqualTo(Map.of("who-1", 25L, "who-2", 4L));
  }

  @ParameterizedTest
  @CsvSource({
    "youzan, client_secret, 'code 40001'",
    "tmall, app_secret, 'code 25: the signature is not accepted'",
    "wechat_card, mchid, 'HTTP 401 SIGN_ERROR: the signature is not accepted'",
    "douyin, client_secret, 'error_code 10013: client_key and client_secret are not accepted'",
  })
  void secrets_that_are_not_accepted_stop_it_at_once_and_are_told_nowhere(
      String platform, String secret, String why) {
    String right = Simulator.syncKeys(platform);
    keys(platform, right.replaceFirst("(\"" + secret + "\":\")", "$1planted"));
    try (Simulator simulator = Simulator.ofSync(platform, new Members(), 3, Set.of(), 1)) {
      book.plan(NIGHT, Map.of("who-1", 30L, "who-2", 4L));
      Syncer.End end = syncer(platform, simulator.url(), false).run();
      assertThat(end.taken()).isZero();
      if (!platform.equals("youzan"))
        assertThat(end.stoppedOrNull()).startsWith(why).doesNotContain("planted");
      assertThat(simulator.calls()).isLessThan(4);
    }
    assertThat(book.states.values()).containsOnly(State.PLANNED);
  }

  @Test
  void without_keys_it_says_where_they_go() {
    book.plan(NIGHT, Map.of("who-1", 30L));
    assertThat(syncer("wechat_card", "http://127.0.0.1:9", false).run().stoppedOrNull())
        .startsWith("the secret file sync-wechat_card.json is no readable JSON object of texts");
    keys("wechat_card", "{\"mchid\":\"1\",\"serial_no\":\"2\",\"private_key\":\"planted\"}");
    assertThat(syncer("wechat_card", "http://127.0.0.1:9", false).run().stoppedOrNull())
        .startsWith("the secret file sync-wechat_card.json has no RSA key")
        .doesNotContain("planted");
  }

  @Test
  void a_platform_that_is_away_is_asked_patiently_and_then_left_with_nothing_in_doubt() {
    keys("tmall", Simulator.syncKeys("tmall"));
    String gone;
    try (Simulator simulator = Simulator.ofSync("tmall", new Members(), 3, Set.of(), 1)) {
      gone = simulator.url();
    }
    Map<String, Long> books = new TreeMap<>();
    for (int i = 0; i < 7; i++) books.put("who-" + i, 10L + i);
    book.plan(NIGHT, books);
    Syncer.End end = syncer("tmall", gone, false).run();
    assertThat(end.stoppedOrNull())
        .isEqualTo(
            "no answer (HttpHostConnectException), 3 requests in a row; the next night goes on, or"
                + " send again");
    assertThat(waits).hasSize(15);
    assertThat(book.states.values()).containsOnly(State.PLANNED);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void what_had_no_answer_stays_so_while_its_repeat_meets_nobody_or_is_refused(boolean away) {
    keys("youzan", Simulator.syncKeys("youzan"));
    Members members = new Members();
    book.plan(NIGHT, Map.of("who-1", 30L));
    book.sending(book.due());
    try (Simulator simulator = Simulator.ofSync("youzan", members, 3, Set.of(), 1)) {
      members.stranger("who-1");
      syncer("youzan", away ? "http://127.0.0.1:1" : simulator.url(), false).again();
    }
    assertThat(book.states.values()).containsOnly(State.SENT);
    book.plan(NIGHT.plusDays(1), Map.of("who-1", 40L));
    assertThat(book.due()).isEmpty();
  }

  @Test
  void many_strangers_in_a_row_end_it_for_today() {
    keys("youzan", Simulator.syncKeys("youzan"));
    Members members = new Members();
    Map<String, Long> books = new TreeMap<>();
    for (int i = 0; i < 50; i++) {
      books.put("who-" + i, 10L + i);
      members.stranger("who-" + i);
    }
    try (Simulator simulator = Simulator.ofSync("youzan", members, 3, Set.of(), 1)) {
      book.plan(NIGHT, books);
      Syncer.End end = syncer("youzan", simulator.url(), false).run();
      assertThat(end.refused()).isEqualTo(20);
      assertThat(end.stoppedOrNull())
          .startsWith("20 members in a row were refused, the last one with 135500035");
    }
  }
}
