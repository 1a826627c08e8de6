package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Joining the rows of an order is associative, commutative and idempotent: any rows at all, brought
 * in one night or over several, in any order, once or again, end with the same orders and balances.
 */
class OrderLatticeTest {

  private static final int ORDERS = 60;
  private static final String PAID = "2026-03-01 10:00:00";
  private static final String[] CASES = {"没有申请退款", "买家已经申请退款，等待卖家同意", "退款关闭", "退款成功"};

  @TempDir Path dir;

  /** A row of an order (or JD order), with its lines. */
  private record Shown(String no, List<String> order, List<String> lines, boolean jd) {}

  @ParameterizedTest
  @ValueSource(longs = {21, 22})
  void rows_of_any_order_end_alike_in_one_night_and_over_several(long seed) {
    var random = new Random(seed);
    List<Shown> rows = rows(random);
    TreeMap<String, List<String>> once = end(seed, "once", List.of(rows), random);
    List<List<Shown>> nights = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (Shown row : rows) {
      nights.get(random.nextInt(3)).add(row);
      if (random.nextInt(3) == 0) nights.get(random.nextInt(3)).add(row);
    }
    TreeMap<String, List<String>> cut = end(seed, "cut", nights, random);
    assertThat(once.get("balances")).hasSizeGreaterThan(5);
    once.forEach(
        (what, expected) -> {
          List<String> actual = cut.get(what);
          var missing = new TreeSet<>(expected);
          missing.removeAll(actual);
          assertThat(missing).as("%s, seed %d, cut into nights: %s", what, seed, actual).isEmpty();
          assertThat(actual).as(what).isEqualTo(expected);
        });
  }

  private static List<Shown> rows(Random random) {
    var rows = new ArrayList<Shown>();
    for (int n = 0; n < ORDERS; n++) {
      int shown = 1 + random.nextInt(4);
      for (int k = 0; k < shown; k++)
        rows.add(n % 4 == 3 ? jd("8" + (1000 + n), random) : tmall("7" + (1000 + n), n, random));
    }
    return rows;
  }

  private static Shown tmall(String no, int n, Random random) {
    var lines = new ArrayList<Tmall.Line>();
    for (int k = 0; k < 1 + n % 3; k++) {
      Tmall.Line line = Tmall.Line.of(no + "-" + k, "S" + k, 1000L * (n + 1) + 300 * k, 1);
      String after = CASES[random.nextInt(CASES.length)];
      lines.add(line.after(after, after.equals("退款成功") ? 100L * random.nextInt(9) : 0));
    }
    Tmall.Order order = Tmall.Order.unpaid(no, "买家" + n % 20, 0, lines.toArray(Tmall.Line[]::new));
    order =
        switch (random.nextInt(7)) {
          case 0 -> order;
          case 1 -> order.closed();
          case 2 -> order.paid(PAID);
          case 3 -> order.paid(PAID).shipped();
          case 4 -> order.paid(PAID).completed("2026-03-01 20:00:00");
          case 5 -> order.paid(PAID).completed("").refunded(100L * random.nextInt(9));
          default -> order.paid(PAID).closed();
        };
    return new Shown(no, List.of(order.row()), order.lineRows(), false);
  }

  private static Shown jd(String no, Random random) {
    String row =
        switch (random.nextInt(5)) {
          case 0 -> Platforms.jd(no, "A", "70", "0", "70", "等待出库", "", "", "");
          case 1 -> Platforms.jd(no, "A", "70", "0", "70", "取消", "", "", "");
          case 2 -> Platforms.jd(no, "A", "70", "0", "70", "完成", "", "", "");
          case 3 -> Platforms.jd(no, "A", "70", "0", "70", "完成", "", "", "2026-03-01 21:00:00");
          default -> Platforms.jd(no, "A", "70", "0", "70", "完成", "", PAID, "2026-03-01 21:00:00");
        };
    return new Shown(no, List.of(row), List.of(), true);
  }

  /** Books after the fourth night. Two rows of one order never stand in one file. */
  private TreeMap<String, List<String>> end(
      long seed, String name, List<List<Shown>> nights, Random random) {
    try (TestHome home =
        new TestHome(dir.resolve(name + seed), "  jd: {}\n").program("0", "999y")) {
      for (int night = 0; night < nights.size(); night++) {
        var rows = new ArrayList<>(nights.get(night));
        Collections.shuffle(rows, random);
        drop(home, rows, "n" + night);
        home.night("2026-03-0" + (4 - nights.size() + night));
      }
      home.night("2026-03-04");
      var end = new TreeMap<String, List<String>>();
      end.put(
          "balances",
          home.rows(
              "select string_agg(distinct t.shown, ' ') || ' ' || b.pending || ' ' || b.available || ' ' || b.owed"
                  + " from balance b join token t using (member_id) group by b.member_id order by 1"));
      end.put(
          "orders",
          home.rows(
              "select order_no || ' ' || state || ' ' || class || ' ' || base_fen || ' ' || goods_refund_fen"
                  + " || ' ' || encode(content, 'hex')"
                  + " from sales_order join verdict using (order_key, first_night) order by 1"));
      end.put(
          "lines",
          home.rows(
              "select order_no || ' ' || line_key || ' ' || l.state || ' ' || l.closed || ' ' || l.refund_state || ' '"
                  + " || coalesce(l.refunded_fen, -1) || ' ' || encode(l.content, 'hex')"
                  + " from order_line l join sales_order using (order_key) order by 1"));
      return end;
    }
  }

  private static void drop(TestHome home, List<Shown> rows, String name) {
    var left = new ArrayList<>(rows);
    for (int file = 0; !left.isEmpty(); file++) {
      var tmall = new ArrayList<Shown>();
      var jd = new ArrayList<Shown>();
      var seen = new TreeSet<String>();
      for (Shown row : List.copyOf(left)) {
        if (!seen.add(row.no())) continue;
        left.remove(row);
        (row.jd() ? jd : tmall).add(row);
      }
      if (!tmall.isEmpty()) {
        home.drop("tmall/s1/o" + name + file + ".csv", Tmall.orders(all(tmall, true)), Tmall.GBK);
        home.drop("tmall/s1/l" + name + file + ".csv", Tmall.lines(all(tmall, false)), Tmall.GBK);
      }
      if (!jd.isEmpty())
        home.drop("jd/j1/" + name + file + ".csv", Platforms.file(Platforms.JD, all(jd, true)));
    }
  }

  private static String[] all(List<Shown> rows, boolean orders) {
    return rows.stream()
        .flatMap(row -> (orders ? row.order() : row.lines()).stream())
        .toArray(String[]::new);
  }
}
