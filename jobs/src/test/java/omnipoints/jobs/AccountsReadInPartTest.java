package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accounts that looked as if they only gained, and lose something after all. */
class AccountsReadInPartTest {

  @TempDir Path dir;

  private static void tmall(TestHome home, String name, Tmall.Order... orders) {
    home.drop(
        "tmall/s1/o" + name,
        Tmall.orders(Stream.of(orders).map(Tmall.Order::row).toArray(String[]::new)),
        Tmall.GBK);
    home.drop(
        "tmall/s1/l" + name,
        Tmall.lines(
            Stream.of(orders).flatMap(one -> one.lineRows().stream()).toArray(String[]::new)),
        Tmall.GBK);
  }

  private static Tmall.Order order(String no, String line) {
    return Tmall.Order.unpaid(no, "n1", 0, Tmall.Line.of(line, "A", 6000, 1))
        .paid("2026-01-05 10:00:00")
        .completed("2026-01-05 12:00:00");
  }

  /** The order is worth what it was, so nothing speaks of a debit until its lines are decided. */
  @Test
  void what_stands_under_a_line_that_is_called_otherwise_is_taken_from_its_own_available_lot() {
    try (TestHome home = new TestHome(dir).program("0", "1y")) {
      tmall(home, "1.csv", order("0", "0-1"), order("1", ""));
      home.night("2026-01-05");
      assertThat(home.balances()).containsExactly("0 120 0");

      tmall(home, "2.csv", order("1", "1-1"));
      home.night("2026-01-06");
      assertThat(home.ledger("2026-01-06"))
          .containsExactlyInAnyOrder(
              "EARN -60 2026-01-05 10:00:00 1/A#0000006000#001",
              "EARN 60 2026-01-05 10:00:00 1/1-1",
              "RELEASE 0 moved 60 2026-01-05 10:00:00 1/1-1");
      assertThat(home.rows("select line_key || ' ' || remaining from lot order by 1"))
          .containsExactly("0-1 60", "1-1 60", "A#0000006000#001 0");
      assertThat(home.balances()).containsExactly("0 120 0");
      home.proveEverything();
    }
  }
}
