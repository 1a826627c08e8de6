package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a marketplace an order number is given once; in another shop's folder it earns nothing. */
class DoubleShopTest {

  private static final String PAID = "2026-01-05 10:00:00";

  @TempDir Path dir;

  private static void tmall(TestHome home, String shop, String name, String... orders) {
    var rows = new String[orders.length];
    var lines = new String[orders.length];
    for (int i = 0; i < orders.length; i++) {
      rows[i] = Tmall.completed(orders[i], "n" + orders[i], "50.00", "0.00", 1, PAID, "");
      lines[i] = Tmall.line(orders[i] + "-1", orders[i], "A", "50.00", 1, "50.00", "0");
    }
    home.drop("tmall/" + shop + "/o" + name, Tmall.orders(rows), Tmall.GBK);
    home.drop("tmall/" + shop + "/l" + name, Tmall.lines(lines), Tmall.GBK);
  }

  @Test
  void an_order_number_known_in_another_shop_is_double_shop_and_a_break() {
    // The same name is in both shops' files: only their order numbers tell.
    try (TestHome home =
        new TestHome(dir).settings("    shops: {s1: [旗舰店], s2: [旗舰店], s3: [旗舰店]}")) {
      tmall(home, "s1", "1.csv", "1", "2");
      assertThat(home.night("2026-01-05").exit()).isZero();
      // 1 is known in s1; 9 comes in two shops tonight; tills number their own receipts.
      tmall(home, "s2", "2.csv", "1", "3", "9");
      tmall(home, "s3", "3.csv", "9");
      home.drop(
          "tmall/s2/r.csv",
          Platforms.file(Platforms.TMALL_REFUNDS, "2,R2,A,2026-01-06 10:00:00,20.00,退款成功"),
          Tmall.GBK);
      home.drop("pos/p1/a.csv", Pos.file(Pos.row("C1", "2026-01-06 10:00:00", "A", 10, "1", "1")));
      home.drop("pos/p2/a.csv", Pos.file(Pos.row("C2", "2026-01-06 10:00:00", "A", 20, "1", "1")));
      assertThat(home.night("2026-01-06").exit()).isEqualTo(3);
      assertThat(
              home.rows(
                  "select shop || ' ' || document || ' ' || order_no from quarantine where reason = 'DOUBLE_SHOP' order by 1"))
          .containsExactly(
              "s2 line_list 1",
              "s2 order_list 1",
              "s2 refunds 2",
              "s3 line_list 9",
              "s3 order_list 9");
      assertThat(home.breaks())
          .containsExactly("DOUBLE_CHANNEL 1", "DOUBLE_CHANNEL 2", "DOUBLE_CHANNEL 9");
      assertThat(
              home.rows(
                  "select channel || ' ' || shop || ' ' || order_no from sales_order order by 1"))
          .containsExactly(
              "pos p1 20260106-1-1",
              "pos p2 20260106-1-1",
              "tmall s1 1",
              "tmall s1 2",
              "tmall s2 3",
              "tmall s2 9");
      assertThat(home.rows("select sum(earned) - sum(clawed_back) from posting"))
          .as("four orders of 50 and two receipts")
          .containsExactly("230");
    }
  }
}
