package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import omnipoints.books.Books;
import omnipoints.books.Explanation;
import omnipoints.jobs.Tmall.Line;
import omnipoints.jobs.Tmall.Order;
import omnipoints.points.EntryKey;
import omnipoints.sql.Database;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders that earn on the money that points took off them, too (D7, redeem.earn_on: whole). */
class EarnOnWholeNightsTest {
  private static final String BINDING =
      "channel,order_no,platform_id,phone,card,unionid,bound_at\n";

  /** 150 yuan paid, in two lines; 500 points had taken 50 yuan off. */
  private static final Order ORDER =
      Order.unpaid("O1", "nick", 0, Line.of("a", "SHOE", 10000, 1), Line.of("b", "SOCK", 5000, 1))
          .paid("2026-03-02 10:00:00")
          .completed("2026-03-02 12:00:00");

  @TempDir Path dir;

  private TestHome home(String earnOn) {
    TestHome home =
        new TestHome(dir)
            .program("0", "1y")
            .rules("redeem: {cash_off: {points: 100, off_fen: 1000}, earn_on: " + earnOn + "}\n");
    home.drop("program/binding.csv", BINDING + "tmall,,nick,,C1,,2026-03-01 08:00:00\n");
    home.drop(
        "pos/s1/sales.csv", Pos.file(Pos.row("C1", "2026-03-01 10:00:00", "A", 1000, "1", "1")));
    home.night("2026-03-01");
    return home;
  }

  private static void show(TestHome home, String file, Order order) {
    home.drop("tmall/shop/" + file + "-orders.csv", Tmall.orders(order.row()), Tmall.GBK);
    home.drop(
        "tmall/shop/" + file + "-lines.csv",
        Tmall.lines(order.lineRows().toArray(String[]::new)),
        Tmall.GBK);
  }

  private static void off(TestHome home, String mode) {
    home.drop(
        "program/off.csv",
        RedeemingNightsTest.REDEMPTION
            + "R1,"
            + mode
            + ",mall,,card,C1,cash_off,,500,5000,tmall,O1,2026-03-02 09:00:00,,\n");
  }

  private static List<String> booked(TestHome home, String night) {
    return home.ledger(night).stream().filter(entry -> !entry.startsWith("RELEASE")).toList();
  }

  @Test
  void d7_the_money_off_is_added_back_by_base_and_comes_back_with_its_line() throws SQLException {
    try (TestHome home = home("whole")) {
      show(home, "1", ORDER);
      off(home, "executed");
      home.night("2026-03-02");
      assertThat(booked(home, "2026-03-02"))
          .containsExactlyInAnyOrder(
              "REDEEM -500 2026-03-02 09:00:00 R1",
              "EARN 133 2026-03-02 10:00:00 O1/a",
              "EARN 66 2026-03-02 10:00:00 O1/b");
      try (Books books =
          Books.open(Database.open(home.database.url()), TestHome.ZONE).orElseThrow()) {
        String entry =
            home.rows(
                    "select member_id || ' ' || n from entry where kind = 'EARN' and points = 133")
                .get(0);
        assertThat(
                Explanation.of(
                        books,
                        home.dir.resolve("programs"),
                        new EntryKey(
                            LocalDate.parse("2026-03-02"),
                            entry.split(" ")[0],
                            Integer.parseInt(entry.split(" ")[1])))
                    .orElseThrow()
                    .arithmetic())
            .isEqualTo("floor(13333/100)*1");
      }
      // half of the first line, then both whole
      show(home, "2", ORDER.after(0, "退款成功", 5000).refunded(5000));
      home.night("2026-03-03");
      assertThat(booked(home, "2026-03-03"))
          .containsExactlyInAnyOrder(
              "RESTORE 166 2026-03-03 23:59:59 R1", "CLAWBACK -67 2026-03-03 23:59:59 O1/a");
      show(home, "3", ORDER.after(0, "退款成功", 10000).after(1, "退款成功", 5000).refunded(15000));
      home.night("2026-03-04");
      assertThat(booked(home, "2026-03-04"))
          .containsExactlyInAnyOrder(
              "RESTORE 334 2026-03-04 23:59:59 R1",
              "CLAWBACK -66 2026-03-04 23:59:59 O1/a",
              "CLAWBACK -66 2026-03-04 23:59:59 O1/b");
      assertThat(home.balances()).containsExactly("0 1000 0");
      // what was spent in money is what documents say
      assertThat(
              home.rows(
                  "select base_fen from verdict join sales_order using (order_key, first_night) where order_no = 'O1'"))
          .containsExactly("15000");
    }
  }

  @Test
  void d7_a_request_counts_from_the_night_behind_its_own_and_not_once_it_is_cancelled() {
    try (TestHome home = home("whole")) {
      show(home, "1", ORDER);
      off(home, "requested");
      home.night("2026-03-02");
      assertThat(booked(home, "2026-03-02"))
          .containsExactlyInAnyOrder(
              "REDEEM -500 2026-03-02 09:00:00 R1",
              "EARN 100 2026-03-02 10:00:00 O1/a",
              "EARN 50 2026-03-02 10:00:00 O1/b");
      home.night("2026-03-03");
      assertThat(booked(home, "2026-03-03"))
          .containsExactlyInAnyOrder(
              "EARN 33 2026-03-02 10:00:00 O1/a", "EARN 16 2026-03-02 10:00:00 O1/b");
      home.drop(
          "program/cancelled.csv",
          RedeemingNightsTest.EVENT + "R1,cancelled,2026-03-04 09:00:00,,,\n");
      home.night("2026-03-04");
      assertThat(booked(home, "2026-03-04"))
          .containsExactlyInAnyOrder(
              "EARN -33 2026-03-02 10:00:00 O1/a",
              "EARN -16 2026-03-02 10:00:00 O1/b",
              "RESTORE 500 2026-03-04 09:00:00 R1");
      home.night("2026-03-05");
      assertThat(booked(home, "2026-03-05")).isEmpty();
    }
  }

  @Test
  void d7_it_does_not_matter_what_comes_first_and_with_cash_nothing_is_added() {
    try (TestHome home = home("whole")) {
      off(home, "executed");
      home.night("2026-03-02");
      show(home, "1", ORDER);
      home.night("2026-03-03");
      assertThat(booked(home, "2026-03-03"))
          .containsExactlyInAnyOrder(
              "EARN 133 2026-03-02 10:00:00 O1/a", "EARN 66 2026-03-02 10:00:00 O1/b");
    }
    try (TestHome home = again("cash")) {
      show(home, "1", ORDER);
      off(home, "executed");
      home.night("2026-03-02");
      assertThat(booked(home, "2026-03-02"))
          .contains("EARN 100 2026-03-02 10:00:00 O1/a", "EARN 50 2026-03-02 10:00:00 O1/b");
    }
  }

  private TestHome again(String earnOn) {
    dir = dir.resolve("again");
    return home(earnOn);
  }
}
