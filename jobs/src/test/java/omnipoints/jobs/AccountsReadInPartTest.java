package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is taken from accounts, of which all lots are read or only those that wait. */
class AccountsReadInPartTest {

  private static final String LEFT =
      "select case l.member_id when 'M00000000001' then 'C1' else 'C2' end || ' ' || split_part(l.line_key, '#', 1) || ' '"
          + " || l.remaining || ' ' || l.expires_on from lot l order by 1";

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

  /**
   * The own lot holds less than what comes back: what others hold is taken, soonest last day first.
   */
  @Test
  void a_return_takes_its_own_lot_first_and_what_is_spent_of_it_from_the_others() {
    try (TestHome home = new TestHome(dir).program("0", "1y")) {
      home.rules("catalogue: [{item: mug, kind: goods, points: 90}]\n");
      home.drop(
          "pos/s1/1.csv",
          Pos.file(
              Pos.row("C1", "2026-03-01 10:00:00", "A", 100, "1", "1"),
              Pos.row("C2", "2026-03-01 10:00:00", "A", 100, "1", "2")));
      home.night("2026-03-01");
      home.drop(
          "pos/s1/2.csv",
          Pos.file(
              Pos.row("C1", "2026-03-02 10:00:00", "B", 60, "1", "3"),
              Pos.row("C2", "2026-03-02 10:00:00", "B", 60, "1", "4")));
      home.drop(
          "program/r.csv",
          RedeemingNightsTest.REDEMPTION
              + RedeemingNightsTest.execute("X1", "C1", "mug", "90", "2026-03-02 13:00:00"));
      home.night("2026-03-02");
      home.drop(
          "pos/s1/3.csv",
          Pos.file(
              Pos.row("C1", "2026-03-03 10:00:00", "A", -100, "1", "5"),
              Pos.row("C2", "2026-03-03 10:00:00", "A", -100, "1", "6")));
      home.night("2026-03-03");
      assertThat(home.rows(LEFT))
          .containsExactly(
              "C1 A 0 2027-02-28", "C1 B 0 2027-03-01", "C2 A 0 2027-02-28", "C2 B 60 2027-03-01");
      assertThat(home.balances()).containsExactly("0 0 30", "0 60 0");
      assertThat(home.rows("select next_expiry_on || ' ' || next_expiry_points from balance"))
          .containsOnlyOnce("2027-03-01 60");
    }
  }

  @Test
  void what_comes_back_in_the_night_in_which_other_points_die_is_taken_from_its_own_lot() {
    try (TestHome home = new TestHome(dir).program("0", "3d")) {
      home.drop(
          "pos/s1/1.csv",
          Pos.file(
              Pos.row("C1", "2026-03-01 10:00:00", "A", 100, "1", "1"),
              Pos.row("C1", "2026-03-01 10:00:00", "C", 7, "1", "1")));
      home.night("2026-03-01");
      home.drop("pos/s1/2.csv", Pos.file(Pos.row("C1", "2026-03-02 10:00:00", "B", 60, "1", "2")));
      home.night("2026-03-02");
      home.drop(
          "pos/s1/3.csv",
          Pos.file(
              Pos.row("C1", "2026-03-03 10:00:00", "B", -60, "1", "3"),
              Pos.row("C1", "2026-03-03 11:00:00", "D", 5, "1", "4")));
      home.night("2026-03-03");
      assertThat(home.ledger("2026-03-03"))
          .containsExactly(
              "CLAWBACK -60 2026-03-03 10:00:00 20260302-1-2/B#0000006000#001",
              "EARN 5 2026-03-03 11:00:00 20260303-1-4/D#0000000500#001",
              "RELEASE 0 moved 5 2026-03-03 11:00:00 20260303-1-4/D#0000000500#001",
              "EXPIRE -107 2026-03-03 23:59:59 2026-03-03");
      // what died comes back no more, though the sale does
      home.drop(
          "pos/s1/4.csv", Pos.file(Pos.row("C1", "2026-03-04 10:00:00", "A", -100, "1", "5")));
      home.night("2026-03-04");
      assertThat(home.rows(LEFT))
          .containsExactly(
              "C1 A 0 2026-03-03", "C1 B 0 2026-03-04", "C1 C 0 2026-03-03", "C1 D 5 2026-03-05");
      assertThat(home.balances()).containsExactly("0 5 0");
    }
  }
}
