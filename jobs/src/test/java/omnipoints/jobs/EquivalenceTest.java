package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same facts, however they are cut into files, named, ordered and repeated, make the same
 * night: ledger, close hash, extract and every table of member space, byte by byte.
 */
class EquivalenceTest {

  private static final String NIGHT = ThreeNights.SECOND;
  private static final String NEXT = ThreeNights.THIRD;

  @TempDir static Path dir;

  private static TestHome before;
  private static TestHome after;
  private static Map<String, String> reference;

  @BeforeAll
  static void a_home_before_and_after_the_night() throws IOException {
    before = ThreeNights.ruled(dir.resolve("before"));
    drop(before, ThreeNights.of(ThreeNights.FIRST));
    before.night(ThreeNights.FIRST);
    after = before.copy(dir.resolve("after"));
    drop(after, ThreeNights.of(NIGHT));
    after.night(NIGHT);
    reference = Snapshot.business(after, NIGHT);
  }

  @AfterAll
  static void close() {
    before.close();
    after.close();
  }

  /** One way to bring the same facts. */
  enum Way {
    OTHER_NAMES_AND_ORDER(
        way(
            file ->
                List.of(file.named("z" + (9 - file.name().length() % 10) + "-" + file.name())))),
    SAME_BYTES_TWICE(way(file -> List.of(file, file.named("copy-of-" + file.name())))),
    SPLIT_ALONG_ORDERS(
        way(file -> List.of(file.half(0), file.half(1).named("rest-" + file.name())))),
    ROWS_PERMUTED(way(file -> List.of(file.shuffled(new Random(7))))),
    PART_EXPORTED_BESIDE_THE_WHOLE(
        way(file -> List.of(file.half(1).named("early-" + file.name()), file))),
    MERGED_INTO_ONE_FILE(EquivalenceTest::merged);

    private final UnaryOperator<List<Export>> of;

    Way(UnaryOperator<List<Export>> of) {
      this.of = of;
    }

    private interface Cut {
      List<Export> of(Export file);
    }

    private static UnaryOperator<List<Export>> way(Cut cut) {
      return files -> files.stream().flatMap(file -> cut.of(file).stream()).toList();
    }
  }

  /** Files of one folder and header glued together. */
  private static List<Export> merged(List<Export> files) {
    var merged = new ArrayList<Export>();
    for (Export file : files) {
      int same = -1;
      for (int i = 0; i < merged.size(); i++) {
        if (merged.get(i).folder().equals(file.folder())
            && merged.get(i).header().equals(file.header())) same = i;
      }
      if (same < 0) merged.add(file);
      else merged.set(same, file.with(merged.get(same)));
    }
    assertThat(merged).hasSizeLessThan(files.size());
    return merged;
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.EnumSource
  void the_same_facts_in_other_files_make_the_same_night(Way way) {
    try (TestHome home = before.copy(dir.resolve(way.name()))) {
      drop(home, way.of.apply(ThreeNights.of(NIGHT)));
      home.night(NIGHT);
      same(reference, Snapshot.business(home, NIGHT));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1000000000", "2, 1", "7, 1", "64, 1"})
  void the_same_rows_cut_otherwise_make_the_same_night(int ranges, long batchBytes) {
    try (TestHome home = before.copy(dir.resolve("ranges-" + ranges))) {
      drop(home, ThreeNights.of(NIGHT));
      Nightly.run(
          home.home(),
          home.database.database(),
          NightRequest.of(LocalDate.parse(NIGHT), Progress.SILENT)
              .shuffling(new Shuffle(ranges, batchBytes)));
      same(reference, Snapshot.business(home, NIGHT));
    }
  }

  @Test
  void deliveries_repeated_in_a_later_night_change_nothing() {
    Map<String, String> without;
    try (TestHome home = after.copy(dir.resolve("without"))) {
      home.night(NEXT);
      without = Snapshot.business(home, NEXT);
    }
    try (TestHome home = after.copy(dir.resolve("again"))) {
      for (String night : List.of(ThreeNights.FIRST, NIGHT)) {
        for (Export file : ThreeNights.of(night)) {
          file.named("same-" + night + file.name()).dropInto(home);
          file.named("shuffled-" + night + file.name()).shuffled(new Random(8)).dropInto(home);
        }
      }
      home.night(NEXT);
      same(without, Snapshot.business(home, NEXT));
    }
  }

  @Test
  void a_later_state_of_an_order_is_booked_once() {
    Tmall.Order order =
        Tmall.Order.unpaid(
                "77001",
                "买家1",
                0,
                Tmall.Line.of("77001-1", "A", 10000, 2),
                Tmall.Line.of("77001-2", "B", 333, 1))
            .paid("2026-03-02 12:00:00");
    Tmall.Order later =
        order.completed("2026-03-02 20:00:00").after(0, "退款成功", 5000).refunded(5000);
    try (TestHome home = after.copy(dir.resolve("later"))) {
      // All small exports name one shop, and s1 has shown it before.
      home.settings("    shops: {s3: [旗舰店]}");
      drop(home, files("tmall/s3", List.of(order)));
      home.night("2026-03-03");
      drop(home, files("tmall/s3", List.of(later)));
      drop(
          home,
          files("tmall/s3", List.of(order)).stream()
              .map(file -> file.named("old-" + file.name()))
              .toList());
      home.night("2026-03-04");
      drop(
          home,
          files("tmall/s3", List.of(later)).stream()
              .map(file -> file.shuffled(new Random(1)))
              .toList());
      home.night("2026-03-05");
      assertThat(
              home.rows(
                  "select night || ' ' || kind || ' ' || points || ' ' || moved || ' ' || cause_key from entry"
                      + " where shop = 's3' order by night, member_id, n"))
          .containsExactly(
              "2026-03-03 EARN 540 0 77001/77001-1",
              "2026-03-03 EARN 8 0 77001/77001-2",
              "2026-03-04 RELEASE 0 540 77001/77001-1",
              "2026-03-04 RELEASE 0 8 77001/77001-2",
              "2026-03-04 CLAWBACK -135 0 77001/77001-1");
    }
  }

  @Test
  void the_after_sale_state_of_a_line_rises_whichever_row_is_the_newest() {
    var lines = new Tmall.Line[12];
    for (int k = 0; k < lines.length; k++)
      lines[k] = Tmall.Line.of(k % 2 == 0 ? "88001-" + k : "", "S" + k, 1000 + k, 1);
    Tmall.Order order = Tmall.Order.unpaid("88001", "买家1", 0, lines).paid("2026-03-02 12:00:00");
    Tmall.Order open = order;
    for (int k = 0; k < lines.length; k++) open = open.after(k, "买家已经申请退款，等待卖家同意", 0);
    try (TestHome home = after.copy(dir.resolve("after-sale"))) {
      drop(home, files("tmall/s3", List.of(order)));
      home.night("2026-03-03");
      drop(home, files("tmall/s3", List.of(open)));
      home.night("2026-03-04");
      assertThat(
              home.rows(
                  "select line_key from order_line l join sales_order using (order_key)"
                      + " where order_no = '88001' and refund_state <> 1"))
          .isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12})
  void orders_seen_over_several_nights_end_with_the_balances_of_one_night(long seed)
      throws IOException {
    Map<String, String> cut = balances(seed, "cut", 4);
    Map<String, String> whole = balances(seed, "whole", 1);
    assertThat(whole.get("balances")).as("seed %d", seed).isNotEmpty();
    same(whole, cut);
  }

  /**
   * Books after the fourth night, when the history arrived in so many nights before; no points
   * expire.
   */
  private static Map<String, String> balances(long seed, String name, int nights)
      throws IOException {
    var random = new Random(seed);
    List<List<Tmall.Order>> histories = histories(random);
    try (TestHome home = new TestHome(dir.resolve(name + seed)).program("1", "999y")) {
      for (int night = 5 - nights; night <= 4; night++) {
        var orders = new ArrayList<Tmall.Order>();
        var lines = new ArrayList<Tmall.Order>();
        for (List<Tmall.Order> history : histories) {
          Tmall.Order last = history.get(history.size() - 1);
          int stage = night == 4 ? history.size() - 1 : random.nextInt(history.size());
          // Either list may come nights before the other, show an older state, or not come at all
          // before the end.
          if (night == 4 || random.nextInt(3) > 0) orders.add(history.get(stage));
          if (night == 4 || random.nextInt(3) > 0)
            lines.add(night == 4 ? last : history.get(random.nextInt(history.size())));
        }
        Collections.shuffle(orders, random);
        drop(
            home,
            List.of(
                orderList("s1", orders, "orders" + night), lineList("s1", lines, "lines" + night)));
        home.night("2026-03-0" + night);
      }
      return Map.of(
          "balances",
              String.join(
                  "\n",
                  home.rows(
                      "select string_agg(distinct t.shown, ' ') || ' ' || b.pending || ' ' || b.available || ' ' || b.owed || ' '"
                          + " || b.earned || ' ' || b.clawed_back from balance b join token t using (member_id)"
                          + " group by b.member_id order by 1")),
          "classes",
              String.join(
                  "\n",
                  home.rows(
                      "select order_no || ' ' || class || ' ' || base_fen || ' ' || goods_refund_fen from sales_order join verdict using (order_key, first_night) order by 1")),
          "lines",
              String.join(
                  "\n",
                  home.rows(
                      "select order_no || ' ' || line_key || ' ' || l.qty || ' ' || l.due_fen || ' '"
                          + " || (case when l.closed then 'closed' else l.state::text end) || ' '"
                          + " || l.refund_state || ' ' || coalesce(l.refunded_fen, -1)"
                          + " from order_line l join sales_order using (order_key) order by 1")));
    }
  }

  /** Every order with all states it goes through, the last one final. */
  private static List<List<Tmall.Order>> histories(Random random) {
    var histories = new ArrayList<List<Tmall.Order>>();
    for (int n = 0; n < 60; n++) {
      String no = String.valueOf(5000 + n);
      var lines = new ArrayList<Tmall.Line>();
      boolean keyed = random.nextBoolean();
      for (int k = random.nextInt(3); k >= 0; k--) {
        lines.add(
            Tmall.Line.of(
                keyed ? no + "-" + k : "",
                "SKU" + random.nextInt(2),
                99 + random.nextInt(30000),
                1 + k));
      }
      var states = new ArrayList<Tmall.Order>();
      Tmall.Order order =
          Tmall.Order.unpaid(
              no,
              "买家" + random.nextInt(12),
              random.nextInt(3) * 500,
              lines.toArray(Tmall.Line[]::new));
      states.add(order);
      if (random.nextInt(8) > 0) states.add(order = order.paid("2026-02-27 10:00:00"));
      if (random.nextBoolean() && states.size() > 1) states.add(order = order.shipped());
      if (random.nextInt(5) > 0 && states.size() > 1) {
        states.add(order = order.completed("2026-02-" + (27 + random.nextInt(2)) + " 18:00:00"));
        for (int k = random.nextInt(3); k > 0; k--) {
          int line = random.nextInt(lines.size());
          boolean whole = order.lines().get(line).refundState().startsWith("没有");
          if (whole && random.nextInt(4) == 0) states.add(order = order.after(line, "退款关闭", 0));
          long refunded = Math.min(order.goods(), order.refunded() + 1 + random.nextInt(5000));
          if (random.nextBoolean())
            order = order.after(line, "退款成功", Math.min(refunded, order.lines().get(line).due()));
          states.add(order = order.refunded(refunded));
        }
      } else if (random.nextBoolean()) {
        states.add(order.closed());
      }
      histories.add(states);
    }
    return histories;
  }

  private static List<Export> files(String folder, List<Tmall.Order> orders) {
    String shop = folder.substring(folder.indexOf('/') + 1);
    return List.of(orderList(shop, orders, "orders"), lineList(shop, orders, "lines"));
  }

  private static Export orderList(String shop, List<Tmall.Order> orders, String name) {
    return new Export(
        "tmall/" + shop,
        name + ".csv",
        Tmall.ORDERS,
        orders.stream().map(order -> List.of(order.row())).toList(),
        Tmall.GBK);
  }

  private static Export lineList(String shop, List<Tmall.Order> orders, String name) {
    return new Export(
        "tmall/" + shop,
        name + ".csv",
        Tmall.LINES,
        orders.stream().map(Tmall.Order::lineRows).toList(),
        Tmall.GBK);
  }

  private static void drop(TestHome home, List<Export> files) {
    files.forEach(file -> file.dropInto(home));
  }

  private static void same(Map<String, String> expected, Map<String, String> actual) {
    assertThat(new TreeSet<>(actual.keySet())).isEqualTo(new TreeSet<>(expected.keySet()));
    expected.forEach(
        (what, text) -> {
          List<String> lines = text.lines().toList();
          List<String> others = actual.get(what).lines().toList();
          assertThat(others.stream().filter(line -> !lines.contains(line)))
              .as("%s, not as expected", what)
              .isEmpty();
          assertThat(others).as(what).isEqualTo(lines);
        });
  }
}
