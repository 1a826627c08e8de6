package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One night in which members share everything there is only so much of: referrals, limits, budgets,
 * first orders, stock, vouchers, a draw, gifts, merges. Whatever files its facts come in, however
 * they are cut, wherever the night dies, it ends with the same bytes, and nothing is given twice.
 */
class EverythingAtOnceTest {

  private static final Year YEAR = new Year(31, LocalDate.parse("2026-03-01"), 5, 1, 24, 6);
  private static final String NIGHT = YEAR.last().toString();

  @TempDir static Path dir;

  private static TestHome before;
  private static List<Export> files;
  private static final Map<Way, TestHome> HOMES = new EnumMap<>(Way.class);

  /** How the same facts come, and what happens on the way. */
  enum Way {
    PLAIN,
    ROWS_PERMUTED,
    SPLIT_INTO_TWO_FILES_EACH,
    REPEATED,
    WITH_ALL_FILES_OF_THE_NIGHTS_BEFORE,
    IN_ONE_RANGE,
    IN_TWO_RANGES,
    IN_SEVEN_RANGES,
    KILLED_AT_EVERY_POINT_OF_SHARE_AND_POST,
    KILLED_AROUND_TIERS_AND_CLOSE;

    private static Shuffle ranges(int n) {
      return new Shuffle(n, 1);
    }

    Shuffle shuffle() {
      return switch (this) {
        case IN_ONE_RANGE -> new Shuffle(1, 1_000_000_000);
        case IN_TWO_RANGES -> ranges(2);
        case IN_SEVEN_RANGES -> ranges(7);
        default -> Shuffle.USUAL;
      };
    }

    List<String> deaths() {
      return switch (this) {
        case KILLED_AT_EVERY_POINT_OF_SHARE_AND_POST ->
            List.of(
                "share:asked",
                "post:orders",
                "post:settled",
                "post:member",
                "post:members",
                "post:applied");
        case KILLED_AROUND_TIERS_AND_CLOSE ->
            List.of("post:end", "tier:members", "tier:applied", "close:attached", "close:applied");
        default -> List.of();
      };
    }

    List<Export> of(List<Export> plain) {
      var random = new Random(3);
      var all = new ArrayList<Export>();
      for (Export file : plain) {
        switch (this) {
          case ROWS_PERMUTED -> all.add(file.shuffled(random));
          case SPLIT_INTO_TWO_FILES_EACH -> {
            all.add(file.half(1).named("a-" + file.name()));
            all.add(file.half(0).named("b-" + file.name()));
          }
          case REPEATED -> {
            all.add(file);
            all.add(file.shuffled(random).named("again-" + file.name()));
          }
          default -> all.add(file);
        }
      }
      if (this != PLAIN) Collections.shuffle(all, random);
      return all;
    }
  }

  @BeforeAll
  static void every_way() throws Exception {
    before = YearFiles.home(Files.createDirectory(dir.resolve("before")), YEAR);
    Tokens tokens = Tokens.of(before.home());
    Map<LocalDate, List<Told>> told = YEAR.live();
    var earlier = new ArrayList<Export>();
    for (Map.Entry<LocalDate, List<Told>> night : told.entrySet()) {
      files = YearFiles.of(night.getValue(), tokens);
      if (night.getKey().equals(YEAR.last())) break;
      for (Export file : files) {
        file.dropInto(before);
        earlier.add(file.named(night.getKey() + "-" + file.name()));
      }
      before.night(night.getKey().toString());
    }
    for (Way way : Way.values()) {
      TestHome home = before.copy(Files.createDirectory(dir.resolve(way.name())));
      HOMES.put(way, home);
      way.of(files).forEach(file -> file.dropInto(home));
      if (way == Way.WITH_ALL_FILES_OF_THE_NIGHTS_BEFORE)
        for (Export file : earlier) file.shuffled(new Random(5)).dropInto(home);
      for (String point : way.deaths())
        try (var dying = new DyingNight(home, NIGHT, point)) {
          dying.diesAt(point);
        }
      Nightly.run(
          home.home(),
          home.database.database(),
          NightRequest.of(YEAR.last(), Progress.SILENT).shuffling(way.shuffle()));
      home.proveEverything();
    }
  }

  @AfterAll
  static void close() {
    HOMES.values().forEach(TestHome::close);
    before.close();
  }

  /** What would prove nothing if it never happened. */
  @Test
  void the_night_has_something_of_everything() {
    TestHome home = HOMES.get(Way.PLAIN);
    assertThat(
            home.rows(
                "select distinct cause_type from entry where night = '" + NIGHT + "' order by 1"))
        .contains("ACTIVITY", "LINE", "MERGE", "ORDER", "REDEMPTION", "REFERRAL", "TRANSFER");
    assertThat(home.rows("select distinct kind from entry where night = '" + NIGHT + "'"))
        .contains("EARN", "RELEASE", "CLAWBACK", "REDEEM", "RESTORE", "TRANSFER", "ADJUST");
    assertThat(
            home.rows(
                "select distinct outcome || coalesce(' ' || refusal, '') from redeemed where night = '"
                    + NIGHT
                    + "'"))
        .contains("GRANTED", "REFUSED STOCK", "REFUSED SHORT");
    assertThat(home.rows("select distinct reason from awarded"))
        .contains("LIMIT", "SLOT", "BUDGET", "CAP");
    assertThat(home.rows("select count(*) > 0 from draw_win")).containsExactly("t");
    assertThat(home.rows("select count(*) > 0 from voucher")).containsExactly("t");
  }

  @ParameterizedTest
  @EnumSource
  void D8_D11_the_same_facts_end_with_the_same_bytes(Way way) {
    Map<String, String> expected = books(HOMES.get(Way.PLAIN));
    Map<String, String> books = books(HOMES.get(way));
    assertThat(books.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (what, text) ->
            assertThat(books.get(what).lines())
                .as(what)
                .containsExactlyElementsOf(text.lines().toList()));
  }

  @Test
  void no_order_of_files_no_restart_no_cut_into_ranges_oversells_an_item() {
    HOMES.forEach(
        (way, home) -> {
          for (String item : List.of("mug", "ten")) {
            long stock = item.equals("mug") ? YEAR.mugs() : YEAR.coupons();
            // a till does not ask: what it handed out goes beyond the stock, and is a break
            assertThat(
                    home.rows(
                        "select taken from item_gone where item = '%1$s' and taken - (select coalesce(sum(qty), 0) from redeemed where item = '%1$s' and outcome = 'BOOKED' and cancelled_night is null) > %2$d"
                            .formatted(item, stock)))
                .as("%s: %s of %d", way, item, stock)
                .isEmpty();
          }
        });
  }

  @Test
  void no_order_of_files_no_restart_no_cut_into_ranges_spends_a_point_twice() {
    HOMES.forEach((way, home) -> assertThat(home.rows(SPENT_TWICE)).as(way.name()).isEmpty());
  }

  @Test
  void no_order_of_files_no_restart_no_cut_into_ranges_restores_more_than_was_spent() {
    HOMES.forEach(
        (way, home) ->
            assertThat(home.rows("select request_no from redeemed where restored > redeemed"))
                .as(way.name())
                .isEmpty());
  }

  static final String SPENT_TWICE =
      "select l.night || ' ' || l.member_id || ' ' || l.n || ': ' || sum(a.points) || ' of ' || l.points"
          + " from lot l join allocation a on (a.lot_night, a.lot_member, a.lot_n) = (l.night, l.member_id, l.n)"
          + " group by l.night, l.member_id, l.n, l.points having sum(a.points) > l.points or sum(a.points) < 0";

  /** All that is told outside but how many rows were read, and all that members have. */
  private static Map<String, String> books(TestHome home) {
    var all = new TreeMap<>(Snapshot.business(home, NIGHT));
    for (String folder : List.of("outbox/mall/" + NIGHT, "reports/" + NIGHT))
      for (String file : home.dir.resolve(folder).toFile().list())
        if (!file.endsWith(".xlsx")
            && !(folder.startsWith("reports") && file.equals("manifest.json")))
          all.put(folder + "/" + file, home.file(folder + "/" + file));
    for (String table : SHARED) all.put("table " + table, Snapshot.table(home, table));
    return all;
  }

  private static final List<String> SHARED =
      List.of(
          "awarded",
          "budget_taken",
          "draw",
          "draw_entry",
          "draw_prize",
          "draw_statement",
          "draw_win",
          "first_order",
          "grace_lot",
          "item_taken",
          "named_order",
          "pass_given",
          "redeemed",
          "redemption_open",
          "referred",
          "transferred",
          "voucher",
          "voucher_used");
}
