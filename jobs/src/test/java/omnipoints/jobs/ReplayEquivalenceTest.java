package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import omnipoints.jobs.quarantine.Reject;
import omnipoints.jobs.quarantine.Replay;
import omnipoints.jobs.quarantine.ReplayRequest;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Receipts with many equal and nearly equal rows, some of them damaged, sales and returns alike:
 * settled row by row in any order, over several nights, all balances end where they would be had
 * the rows been right from the start.
 */
class ReplayEquivalenceTest {

  private static final String[] NIGHTS = {"2026-01-05", "2026-01-06", "2026-01-07", "2026-01-08"};

  @TempDir Path dir;

  /** A row as it should be, and as it came. */
  private record Row(String right, String came, String column, String value) {}

  private static Row row(Random random) {
    int receipt = 1 + random.nextInt(4);
    boolean back = receipt == 4 || random.nextInt(6) == 0;
    int price = 10;
    int qty = 1 + random.nextInt(3);
    String time = String.format("2026-01-05 10:%02d:00", back ? 30 : receipt);
    String card = "C1";
    String amount = (back ? "-" : "") + price * qty + ".00";
    String right = line(card, time, (back ? -qty : qty), price, amount, "" + receipt);
    return switch (random.nextInt(5)) {
      case 0 ->
          new Row(
              right,
              line(card, time, (back ? -qty : qty), price, amount + "x", "" + receipt),
              "je",
              amount);
      case 1 ->
          new Row(
              right,
              line(card, time, (back ? -qty : qty), price, amount, receipt + "E+0"),
              "djh",
              "" + receipt);
      default -> new Row(right, right, null, null);
    };
  }

  private static String line(
      String card, String time, int qty, int price, String amount, String receipt) {
    return String.join(
        ",", card, time, "A", "" + qty, price + ".00", amount, "商品", "0", "1", receipt, "g", "g");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void rows_settled_one_by_one_over_nights_end_as_if_right_from_the_start(long seed) {
    Random random = new Random(seed);
    // Enough is sold in good time: a return that came before its sale would stay an orphan.
    String plenty = line("C1", "2026-01-05 09:00:00", 100, 10, "1000.00", "9");
    List<Row> rows = new ArrayList<>(List.of(new Row(plenty, plenty, null, null)));
    for (int i = 0; i < 24; i++) rows.add(row(random));
    List<String> expected;
    try (var right = new TestHome(dir.resolve("right"))) {
      right.drop("pos/p1/a.csv", Pos.file(rows.stream().map(Row::right).toArray(String[]::new)));
      for (String night : NIGHTS) right.night(night);
      expected = summary(right);
    }
    try (var home = new TestHome(dir.resolve("came"))) {
      home.drop("pos/p1/a.csv", Pos.file(rows.stream().map(Row::came).toArray(String[]::new)));
      home.night(NIGHTS[0]);
      for (int n = 1; n < NIGHTS.length; n++) {
        List<String> open =
            new ArrayList<>(
                home.rows(
                    "select row || ' ' || id from quarantine where state = 'OPEN' and replay_of is null"));
        open.sort(null);
        java.util.Collections.shuffle(open, random);
        int now = n == NIGHTS.length - 1 ? open.size() : open.size() / 2;
        for (String each : open.subList(0, now)) settle(home, rows, each.split(" "));
        home.night(NIGHTS[n]);
      }
      assertThat(home.rows("select distinct state from quarantine")).containsOnly("REPLAYED");
      assertThat(summary(home)).as("seed %d", seed).isEqualTo(expected);
    }
  }

  private static void settle(TestHome home, List<Row> rows, String[] rowAndId) {
    Row row = rows.get(Integer.parseInt(rowAndId[0]) - 2);
    Replay replay =
        Replay.plan(
            home.home(),
            home.database.database(),
            new ReplayRequest(
                Reject.Selection.of(Set.of(rowAndId[1])),
                Map.of(
                    rowAndId[1], Map.of(row.column(), new ReplayRequest.Edit(row.value(), false))),
                false));
    replay.register(
        home.database.database(), Instant.parse("2026-01-06T00:00:00Z"), "ann", "seeded");
  }

  private static List<String> summary(TestHome home) {
    List<String> all = new ArrayList<>(home.balances());
    all.addAll(
        home.rows(
            "select o.order_no || ' ' || l.sku || ' ' || l.qty::integer || ' ' || l.due_fen from order_line l"
                + " join sales_order o using (order_key) order by 1"));
    all.addAll(home.rows("select order_no || ' back ' || amount_fen from till_return order by 1"));
    all.addAll(home.rows("select sum(orphan_fen)::text from till_return"));
    return all;
  }
}
