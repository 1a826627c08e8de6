package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an order was before it was paid, and when it is paid at all. */
class ClosedThenPaidTest {

  private static final String PAID = "2026-01-05 10:00:00";

  @TempDir Path dir;

  private static Tmall.Order order(String no, String nick) {
    return Tmall.Order.unpaid(
        no,
        nick,
        0,
        Tmall.Line.of(no + "-1", "A", 6000, 1),
        Tmall.Line.of(no + "-2", "B", 4000, 1));
  }

  private static void tmall(TestHome home, String name, Tmall.Order... orders) {
    home.drop(
        "tmall/s1/o" + name,
        Tmall.orders(java.util.Arrays.stream(orders).map(Tmall.Order::row).toArray(String[]::new)),
        Tmall.GBK);
    home.drop(
        "tmall/s1/l" + name,
        Tmall.lines(
            java.util.Arrays.stream(orders)
                .flatMap(order -> order.lineRows().stream())
                .toArray(String[]::new)),
        Tmall.GBK);
  }

  @Test
  void an_order_closed_unpaid_and_paid_later_is_paid() {
    try (TestHome home = new TestHome(dir, "  jd: {}\n").program("0", "1y")) {
      tmall(
          home,
          "1.csv",
          order("1", "n1").closed(),
          order("2", "n2").paid(PAID),
          order("3", "n3").paid(PAID).closed());
      home.drop(
          "jd/j1/1.csv",
          Platforms.file(
              Platforms.JD,
              Platforms.jd("J1", "A", "30", "0", "30", "取消", "", "", ""),
              Platforms.jd("J2", "A", "40", "0", "40", "等待出库", "", "", "")));
      home.night("2026-01-05");
      assertThat(home.orderClass("1")).isEqualTo("CANCELLED");
      assertThat(home.orderClass("J1")).isEqualTo("CANCELLED");
      assertThat(home.orderClass("J2")).isEqualTo("UNPAID");
      assertThat(home.balances()).containsExactlyInAnyOrder("100 0 0", "0 0 0");

      tmall(
          home,
          "2.csv",
          order("1", "n1").paid(PAID).completed("2026-01-06 09:00:00").refunded(5000),
          order("2", "n2").closed(),
          order("3", "n3").paid(PAID));
      // Cash on delivery, with a time of completion and without.
      home.drop(
          "jd/j1/2.csv",
          Platforms.file(
              Platforms.JD,
              Platforms.jd("J1", "A", "30", "0", "30", "完成", "", "", "2026-01-06 12:00:00"),
              Platforms.jd("J2", "A", "40", "0", "40", "完成", "", "", "")));
      home.night("2026-01-06");
      assertThat(home.ledger("2026-01-06"))
          .as("an unpaid closing loses; a refund of unknown line is not of lines closed unpaid")
          .containsExactlyInAnyOrder(
              "EARN 60 2026-01-05 10:00:00 1/1-1",
              "EARN 40 2026-01-05 10:00:00 1/1-2",
              "RELEASE 0 moved 60 2026-01-06 00:00:00 1/1-1",
              "RELEASE 0 moved 40 2026-01-06 00:00:00 1/1-2",
              "CLAWBACK -30 2026-01-06 23:59:59 1/1-1",
              "CLAWBACK -20 2026-01-06 23:59:59 1/1-2",
              "EARN 30 2026-01-06 12:00:00 J1/15A#0000003000#001",
              "RELEASE 0 moved 30 2026-01-06 12:00:00 J1/15A#0000003000#001",
              "EARN 40 2026-01-06 23:59:59 J2/15A#0000004000#001",
              "RELEASE 0 moved 40 2026-01-06 23:59:59 J2/15A#0000004000#001");
      assertThat(home.orderClass("3")).isEqualTo("POSTED");
      home.night("2026-01-07");
      assertThat(home.ledger("2026-01-07")).isEmpty();
    }
  }

  @Test
  void a_split_orders_child_that_closes_is_cancelled_although_only_its_parent_tells_the_payment() {
    try (TestHome home = new TestHome(dir, "  jd: {}\n").program("0", "1y")) {
      String split = "订单拆分为 1002 1003";
      home.drop(
          "jd/j1/1.csv",
          Platforms.file(
              Platforms.JD,
              Platforms.jd("1001", "A", "100", "0", "100", "取消", split, PAID, ""),
              Platforms.jd("1002", "A", "60", "0", "60", "等待出库", "", "", ""),
              Platforms.jd("1003", "A", "40", "0", "40", "等待出库", "", "", "")));
      home.night("2026-01-05");
      assertThat(home.balances()).containsExactly("100 0 0");
      home.drop(
          "jd/j1/2.csv",
          Platforms.file(
              Platforms.JD,
              Platforms.jd("1002", "A", "60", "0", "60", "完成", "", "", "2026-01-06 12:00:00"),
              Platforms.jd("1003", "A", "40", "0", "40", "取消", "", "", "")));
      home.night("2026-01-06");
      assertThat(home.balances()).containsExactly("0 60 0");
      // An older export read later changes nothing.
      home.drop(
          "jd/j1/0.csv",
          Platforms.file(
              Platforms.JD, Platforms.jd("1003", "A", "40", "0", "40", "等待出库", "", "", "")));
      home.night("2026-01-07");
      assertThat(home.balances()).containsExactly("0 60 0");
    }
  }
}
