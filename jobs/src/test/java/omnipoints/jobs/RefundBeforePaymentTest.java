package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file may show the refund of an order whose payment belongs to the next business date. */
class RefundBeforePaymentTest {

  @TempDir Path dir;

  @Test
  void a_refund_seen_before_the_night_of_its_payment_takes_its_own_lines_lot() {
    try (TestHome home = new TestHome(dir).program("3", "1y")) {
      String paid = "2026-01-03 00:03:50";
      home.drop(
          "tmall/s1/o.csv",
          Tmall.orders(
              Tmall.completed(
                  "1", "n1", "100.00", "0.00", 1, "2025-12-20 10:00:00", "2025-12-25 10:00:00"),
              Tmall.completed("2", "n1", "50.00", "50.00", 1, paid, ""),
              Tmall.completed("3", "n1", "80.00", "30.00", 2, paid, "")),
          Tmall.GBK);
      home.drop(
          "tmall/s1/l.csv",
          Tmall.lines(
              Tmall.line("1-1", "1", "A", "100.00", 1, "100.00", "0"),
              Tmall.line("2-1", "2", "A", "50.00", 1, "50.00", "50.00"),
              Tmall.line("3-1", "3", "A", "50.00", 1, "50.00", "0"),
              Tmall.line("3-2", "3", "B", "30.00", 1, "30.00", "0")),
          Tmall.GBK);
      home.drop(
          "tmall/s1/r.csv",
          Platforms.file(Platforms.TMALL_REFUNDS, "3,R3,B,2026-01-03 00:01:00,30.00,退款成功"),
          Tmall.GBK);
      home.night("2026-01-02");
      assertThat(home.ledger("2026-01-02"))
          .containsExactly(
              "EARN 100 2025-12-20 10:00:00 1/1-1",
              "RELEASE 0 moved 100 2025-12-28 00:00:00 1/1-1");
      home.night("2026-01-03");
      assertThat(home.ledger("2026-01-03"))
          .containsExactly(
              "EARN 50 2026-01-03 00:03:50 2/2-1",
              "EARN 50 2026-01-03 00:03:50 3/3-1",
              "EARN 30 2026-01-03 00:03:50 3/3-2",
              "CLAWBACK -50 2026-01-03 00:03:50 2/2-1",
              "CLAWBACK -30 2026-01-03 00:03:50 3/3-2");
      assertThat(home.balances()).containsExactly("50 100 0");
    }
  }
}
