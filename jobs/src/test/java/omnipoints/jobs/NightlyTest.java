package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NightlyTest {

  @TempDir Path dir;

  @Test
  void an_order_earns_is_released_and_claws_back() {
    try (TestHome home = new TestHome(dir)) {
      home.drop(
          "tmall/s1/orders.csv",
          Tmall.orders(
              Tmall.completed(
                  "9001",
                  "nick1",
                  "199.99",
                  "0.00",
                  2,
                  "2026-01-01 10:00:00",
                  "2026-01-02 09:00:00")),
          Tmall.GBK);
      home.drop(
          "tmall/s1/lines.csv",
          Tmall.lines(
              Tmall.line("9001-1", "9001", "A", "100.00", 1, "100.00", "0"),
              Tmall.line("9001-2", "9001", "B", "99.99", 1, "99.99", "0")),
          Tmall.GBK);
      assertThat(home.night("2026-01-02").exit()).isZero();
      assertThat(home.ledger("2026-01-02"))
          .containsExactly(
              "EARN 100 2026-01-01 10:00:00 9001/9001-1",
              "EARN 99 2026-01-01 10:00:00 9001/9001-2");
      home.night("2026-01-09");
      assertThat(home.ledger("2026-01-09"))
          .containsExactly(
              "RELEASE 0 moved 100 2026-01-09 00:00:00 9001/9001-1",
              "RELEASE 0 moved 99 2026-01-09 00:00:00 9001/9001-2");
    }
  }
}
