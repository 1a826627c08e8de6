package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import omnipoints.jobs.quarantine.Reject;
import omnipoints.jobs.quarantine.Waive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Amounts and orders beyond what anybody buys wait for a person; beyond what can be counted they
 * are refused.
 */
class LimitTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-06T02:00:00Z"), ZoneOffset.UTC);

  @TempDir Path dir;

  private static String row(String receipt, String sku, String qty, String price, String amount) {
    return String.join(
        ",",
        "C1",
        "2026-01-05 10:00:00",
        sku,
        qty,
        price,
        amount,
        "商品",
        "0",
        "1",
        receipt,
        "g",
        "组");
  }

  private static List<String> rejects(TestHome home) {
    return home.rows(
        "select concat_ws(' ', reason, column_name, row, value_masked, state) from quarantine order by first_night, row");
  }

  @Test
  void what_is_above_a_limit_waits_until_it_is_waived_and_is_then_let_in() {
    try (TestHome home = new TestHome(dir, "limits: {order_rows: 4}\n")) {
      String dear = row("1", "A", "1", "150000.00", "150000.00");
      String[] many = new String[5];
      java.util.Arrays.fill(many, row("3", "E", "1", "2.00", "2.00"));
      home.drop(
          "pos/p1/one.csv",
          Pos.file(
              dear,
              row("1", "B", "1", "10.00", "10.00"),
              row("2", "C", "1", "100000.00", "100000.00"),
              row("2", "D", "1", "100000.00", "100000.00"),
              row("4", "P", "1", "1.00", "13911112222"),
              row("5", "Q", "284567890123456789", "12.34", "12.34")));
      home.drop("pos/p1/many.csv", Pos.file(many));
      home.drop(
          "tmall/s1/orders.csv",
          Tmall.orders(
              Tmall.completed("9001", "n", "180000.00", "0", 2, "2026-01-05 10:00:00", ""),
              Tmall.completed("9002", "n", "180000.00", "0", 1, "2026-01-05 10:00:00", "")));
      assertThat(home.night("2026-01-05").exit()).isEqualTo(3);
      assertThat(rejects(home))
          .containsExactlyInAnyOrder(
              "LIMIT je 2 150000.00 OPEN",
              "BAD_NUMBER je 6 139****2222 OPEN",
              "BAD_NUMBER sl 7 284567890123456789 OPEN",
              "LIMIT  2 5 rows OPEN",
              "LIMIT 总金额 3 180000.00 OPEN");
      assertThat(home.rows("select rejected from night_input where file = 'many.csv'"))
          .containsExactly("5");
      assertThat(home.ledger("2026-01-05"))
          .extracting(entry -> entry.split(" ")[1] + " " + entry.split(" ")[4])
          .containsExactly(
              "100000 20260105-1-2/C#0010000000#001", "100000 20260105-1-2/D#0010000000#001");
      assertThat(home.orderClass("20260105-1-1")).isEqualTo("REJECTED_SIBLING");

      Set<String> ids =
          Set.copyOf(
              home.rows("select id from quarantine where reason = 'LIMIT' and channel = 'pos'"));
      Waive.Outcome outcome =
          Waive.run(
              home.home(),
              home.database.database(),
              CLOCK,
              Reject.Selection.of(ids),
              "ann",
              "a wedding");
      assertThat(outcome.letIn()).containsExactlyInAnyOrderElementsOf(ids);
      assertThat(home.night("2026-01-06").exit()).isZero();
      assertThat(
              home.rows(
                  "select cause_key || ' ' || sum(points) from entry where night = '2026-01-06' and kind = 'EARN' group by cause_key order by cause_key"))
          .containsExactly(
              "20260105-1-1/A#0015000000#001 150000",
              "20260105-1-1/B#0000001000#001 10",
              "20260105-1-3/E#0000000200#001 2",
              "20260105-1-3/E#0000000200#002 2",
              "20260105-1-3/E#0000000200#003 2",
              "20260105-1-3/E#0000000200#004 2",
              "20260105-1-3/E#0000000200#005 2");
      assertThat(
              home.rows("select state from quarantine where reason = 'LIMIT' and channel = 'pos'"))
          .containsOnly("REPLAYED");

      // An overlapping export shows the same again: it was let in once and for all, but not for
      // more.
      home.drop(
          "pos/p1/again.csv",
          Pos.file(
              dear,
              row("1", "B", "1", "10.00", "10.00"),
              row("6", "A", "1", "150000.00", "150000.00")));
      home.night("2026-01-07");
      assertThat(home.ledger("2026-01-07")).isEmpty();
      assertThat(
              home.rows(
                  "select reason || ' ' || order_no from quarantine where first_night = '2026-01-07'"))
          .containsExactly("LIMIT 20260105-1-6");
    }
  }

  @Test
  void a_quantity_times_price_beyond_any_amount_is_no_number() {
    try (TestHome home = new TestHome(dir)) {
      String header = "销售日期,扫码销售时间,单品编码,销量(千克),销售单价(元/千克),销售类型,是否打折销售\n";
      home.drop(
          "pos/p1/scan.csv",
          header
              + "2026-01-05,09:15:07.924,1,1000000000,12.34,销售,否\n"
              + "2026-01-05,09:15:08.924,1,5000000,12.34,销售,否\n"
              + "2026-01-05,09:15:09.924,1,1000000001,0.01,销售,否\n");
      home.night("2026-01-05");
      assertThat(rejects(home))
          .containsExactly(
              "BAD_NUMBER 销量(千克) 2 1000000000 OPEN",
              "LIMIT 销售单价(元/千克) 3 12.34 OPEN",
              "BAD_NUMBER 销量(千克) 4 1000000001 OPEN");
    }
  }
}
