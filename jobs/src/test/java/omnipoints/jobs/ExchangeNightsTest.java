package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import omnipoints.facts.Sha256;
import omnipoints.jobs.Tmall.Line;
import omnipoints.jobs.Tmall.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goods that are exchanged: a return and a new order that belong together (F7). */
class ExchangeNightsTest {
  private static final String EXCHANGE = "channel,order_no,old_order_no\n";
  private static final String BINDING =
      "channel,order_no,platform_id,phone,card,unionid,bound_at\n";

  /** What stands, whatever nights booked it. */
  private static final String STANDS =
      """
      select 'balance ' || pending || ' ' || available || ' ' || owed from balance
      union all
      select 'lot ' || order_no || ' ' || line_key || ' ' || sum(remaining) || coalesce(' to ' || max(expires_on)::text, ' pending')
      from lot where remaining > 0 group by order_no, line_key
      order by 1
      """;

  private static final Order OLD =
      Order.unpaid("O1", "nick", 0, Line.of("O1a", "SHOE", 20000, 1))
          .paid("2026-03-01 10:00:00")
          .completed("2026-03-01 12:00:00");

  @TempDir Path dir;

  private TestHome home() {
    return new TestHome(dir).program("1", "1y");
  }

  private static Order fresh(String no, long fen) {
    return Order.unpaid(no, "nick", 0, Line.of(no + "a", "BOOT", fen, 1))
        .paid("2026-03-03 10:00:00")
        .completed("2026-03-03 12:00:00");
  }

  private static Order back(Order order, long fen) {
    Order after = order.refunded(fen);
    return after.after(0, "退款成功", fen);
  }

  private static void show(TestHome home, String file, Order... orders) {
    home.drop(
        "tmall/shop/" + file + "-orders.csv",
        Tmall.orders(Stream.of(orders).map(Order::row).toArray(String[]::new)),
        Tmall.GBK);
    home.drop(
        "tmall/shop/" + file + "-lines.csv",
        Tmall.lines(
            Stream.of(orders).flatMap(order -> order.lineRows().stream()).toArray(String[]::new)),
        Tmall.GBK);
  }

  private static String link(String fresh, String old) {
    return "tmall," + fresh + "," + old + "\n";
  }

  private static void link(TestHome home, String file, String... links) {
    home.drop("program/" + file + ".csv", EXCHANGE + String.join("", links));
  }

  @Test
  void f7_an_equal_exchange_moves_no_point_and_keeps_the_last_day() {
    try (TestHome home = home()) {
      show(home, "a", OLD);
      home.night("2026-03-02");
      List<String> before = home.rows(STANDS);
      assertThat(before).containsExactly("balance 0 200 0", "lot O1 O1a 200 to 2027-03-01");
      show(home, "b", back(OLD, 20000), fresh("N1", 20000));
      link(home, "x", link("N1", "O1"));
      home.night("2026-03-03");
      assertThat(home.ledger("2026-03-03")).isEmpty();
      home.night("2026-03-05");
      assertThat(home.ledger("2026-03-05")).isEmpty();
      assertThat(home.rows(STANDS)).isEqualTo(before);
      assertThat(home.orderClass("N1")).isEqualTo("ZERO");
      // told again
      link(home, "again", link("N1", "O1"));
      show(home, "c", back(OLD, 20000), fresh("N1", 20000));
      home.night("2026-03-06");
      assertThat(home.ledger("2026-03-06")).isEmpty();
    }
  }

  @Test
  void f7_what_the_new_order_costs_more_earns_by_its_own_date_and_what_it_costs_less_goes_back() {
    try (TestHome home = home()) {
      show(home, "a", OLD);
      home.night("2026-03-02");
      show(home, "b", back(OLD, 20000), fresh("N1", 30000));
      link(home, "x", link("N1", "O1"));
      home.night("2026-03-03");
      assertThat(home.ledger("2026-03-03")).containsExactly("EARN 100 2026-03-03 10:00:00 N1/N1a");
      home.night("2026-03-05");
      assertThat(home.rows(STANDS))
          .containsExactly(
              "balance 0 300 0", "lot N1 N1a 100 to 2027-03-03", "lot O1 O1a 200 to 2027-03-01");
      // now a cheaper one for the whole new one: 100 of 300 go back, first what it had cost more
      Order again =
          Order.unpaid("M1", "nick", 0, Line.of("M1a", "SOCK", 15000, 1))
              .paid("2026-03-06 10:00:00")
              .completed("2026-03-06 10:00:00");
      show(home, "c", back(fresh("N1", 30000), 30000), again);
      link(home, "y", link("M1", "N1"));
      home.night("2026-03-06");
      assertThat(home.ledger("2026-03-06"))
          .containsExactly(
              "CLAWBACK -100 2026-03-06 23:59:59 N1/N1a",
              "CLAWBACK -50 2026-03-06 23:59:59 O1/O1a");
      assertThat(home.rows(STANDS))
          .containsExactly("balance 0 150 0", "lot O1 O1a 150 to 2027-03-01");
      // and that comes back, too
      show(home, "d", back(again, 15000));
      home.night("2026-03-08");
      assertThat(home.rows(STANDS)).containsExactly("balance 0 0 0");
    }
  }

  private record Night(String date, List<String> what) {}

  private static Night night(String date, String... what) {
    return new Night(date, List.of(what));
  }

  /** Nights in which the old order, its return, the new order and the link become known. */
  @Test
  void f7_it_does_not_matter_in_which_order_it_is_told() throws IOException {
    List<List<Night>> worlds =
        List.of(
            List.of(night("2026-03-03", "old", "back", "new", "link")),
            List.of(night("2026-03-02", "old"), night("2026-03-03", "link", "back", "new")),
            List.of(
                night("2026-03-01", "link"),
                night("2026-03-02", "old"),
                night("2026-03-03", "back", "new")),
            List.of(
                night("2026-03-02", "old"),
                night("2026-03-03", "new"),
                night("2026-03-04", "back"),
                night("2026-03-06", "link")),
            List.of(
                night("2026-03-02", "old"),
                night("2026-03-03", "back"),
                night("2026-03-04", "new"),
                night("2026-03-06", "link")),
            List.of(
                night("2026-03-02", "old"),
                night("2026-03-03", "back", "link"),
                night("2026-03-06", "new")),
            List.of(night("2026-03-03", "new", "link"), night("2026-03-06", "old", "back")),
            List.of(
                night("2026-03-03", "new"),
                night("2026-03-04", "link"),
                night("2026-03-05", "old"),
                night("2026-03-06", "back")));
    int n = 0;
    for (List<Night> world : worlds) {
      Path place = Files.createDirectory(dir.resolve("w" + n++));
      try (TestHome home = new TestHome(place).program("1", "1y")) {
        for (Night night : world) {
          for (String what : night.what()) {
            switch (what) {
              case "old" -> show(home, "old", OLD);
              case "back" -> show(home, "back", back(OLD, 20000));
              case "new" -> show(home, "new", fresh("N1", 30000));
              default -> link(home, "link", link("N1", "O1"));
            }
          }
          home.night(night.date());
        }
        home.night("2026-03-07");
        assertThat(home.rows(STANDS))
            .as(world.toString())
            .containsExactly(
                "balance 0 300 0", "lot N1 N1a 100 to 2027-03-03", "lot O1 O1a 200 to 2027-03-01");
      }
    }
  }

  @Test
  void f7_spent_points_stay_spent_and_a_link_that_comes_late_brings_no_debt() {
    try (TestHome home =
        new TestHome(dir)
            .write("programs/sets/gifts.csv", "value\nGIFT\n")
            .program("1", "1y")
            .rules(RedeemingNightsTest.OFFERS)) {
      show(home, "a", OLD);
      home.drop("program/b.csv", BINDING + "tmall,,nick,,C1,,2026-03-01 08:00:00\n");
      home.drop(
          "program/r.csv",
          RedeemingNightsTest.REDEMPTION
              + RedeemingNightsTest.execute("X1", "C1", "mug", "150", "2026-03-02 10:00:00"));
      home.night("2026-03-02");
      show(home, "b", back(OLD, 20000), fresh("N1", 20000));
      home.night("2026-03-03");
      assertThat(home.balances()).containsExactly("200 0 150");
      link(home, "x", link("N1", "O1"));
      home.night("2026-03-04");
      assertThat(home.rows(STANDS))
          .containsExactly("balance 0 50 0", "lot O1 O1a 50 to 2027-03-01");
    }
  }

  @Test
  void f7_points_that_were_not_usable_yet_wait_for_the_new_order() {
    try (TestHome home = home()) {
      Order old =
          Order.unpaid("O1", "nick", 0, Line.of("O1a", "SHOE", 20000, 1))
              .paid("2026-03-02 10:00:00");
      show(home, "a", old);
      home.night("2026-03-02");
      show(home, "b", old.after(0, "退款成功", 20000).closed(), fresh("N1", 20000));
      link(home, "x", link("N1", "O1"));
      home.night("2026-03-03");
      assertThat(home.rows(STANDS)).containsExactly("balance 200 0 0", "lot O1 O1a 200 pending");
      home.night("2026-03-04");
      assertThat(home.ledger("2026-03-04"))
          .containsExactly("RELEASE 0 moved 200 2026-03-04 00:00:00 O1/O1a");
    }
  }

  @Test
  void f7_a_link_that_is_taken_back_and_one_between_two_people_count_for_nothing() {
    try (TestHome home = home()) {
      Order other =
          Order.unpaid("N2", "other", 0, Line.of("N2a", "BOOT", 20000, 1))
              .paid("2026-03-03 10:00:00")
              .completed("2026-03-03 12:00:00");
      show(home, "a", OLD);
      home.night("2026-03-02");
      show(home, "b", back(OLD, 20000), fresh("N1", 20000), other);
      link(home, "x", link("N1", "O1"));
      link(home, "y", link("N2", "O1"));
      home.night("2026-03-03");
      assertThat(home.ledger("2026-03-03")).containsExactly("EARN 200 2026-03-03 10:00:00 N2/N2a");
      String hash = Sha256.hex((EXCHANGE + link("N1", "O1")).getBytes(StandardCharsets.UTF_8));
      Withdrawal.plan(home.home(), home.database.database(), hash)
          .register(home.database.database(), Clock.systemUTC(), "ann", "another order");
      home.night("2026-03-04");
      assertThat(home.ledger("2026-03-04"))
          .containsExactlyInAnyOrder(
              "EARN 200 2026-03-03 10:00:00 N1/N1a",
              "CLAWBACK -200 2026-03-03 23:59:59 O1/O1a",
              "RELEASE 0 moved 200 2026-03-04 00:00:00 N1/N1a",
              "RELEASE 0 moved 200 2026-03-04 00:00:00 N2/N2a");
      home.night("2026-03-05");
      assertThat(home.rows(STANDS))
          .containsExactly(
              "balance 0 200 0",
              "balance 0 200 0",
              "lot N1 N1a 200 to 2027-03-03",
              "lot N2 N2a 200 to 2027-03-03");
    }
  }

  @Test
  void f7_grants_of_the_old_order_go_on_and_the_new_one_counts_with_what_it_cost_more() {
    try (TestHome home =
        home()
            .rules(
                """
                rules:
                - {id: parcel, scope: order, points: 20}
                - {id: large, when: {order_fen: {gte: 15000}}, times: 2}
                - {id: first, scope: order, slot: first_order, points: 100, after_return: next}
                """)) {
      show(home, "a", OLD);
      home.night("2026-03-02");
      assertThat(home.balances()).containsExactly("0 520 0");
      show(home, "b", back(OLD, 20000), fresh("N1", 20000), fresh("N2", 30000));
      link(home, "x", link("N1", "O1"));
      home.night("2026-03-03");
      assertThat(
              home.ledger("2026-03-03").stream()
                  .filter(entry -> !entry.contains(" N2/"))
                  .collect(Collectors.toList()))
          .isEmpty();
      // of the dearer one that is an exchange by a late link only 100 yuan are its own
      show(home, "c", back(fresh("N1", 20000), 20000));
      var links = new ArrayList<String>(List.of(link("N2", "N1")));
      link(home, "y", links.toArray(String[]::new));
      home.night("2026-03-06");
      assertThat(
              home.rows(
                  "select sum(points) from entry where kind <> 'RELEASE' and order_key in (select order_key from sales_order where order_no = 'O1')"))
          .containsExactly("520");
    }
  }
}
