package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Points that are spent: from documents to ledger, lots and what is left. */
class RedeemingNightsTest {
  static final String MEMBERS = "card,phone,birthday,join_date,home_shop\n";
  static final String REDEMPTION =
      "request_no,mode,source,shop,member_kind,member_value,item,qty,points,cash_fen,order_channel,order_no,at,as_of_night,address_ref\n";
  static final String EVENT = "request_no,event,at,shop,ref,eta\n";
  static final String OFFERS =
      """
      redeem:
        cash_off: {points: 100, off_fen: 1000, cap: {order_share: 1/2}, except: gifts}
        restore: {grace_days: 30}
      catalogue:
      - {item: cup, kind: goods, points: 500}
      - {item: mug, kind: goods, points: 10, stock: 3}
      - {item: roll, kind: goods, points: 1, limit: {per: member, count: 1}}
      - {item: tea, kind: service, points: 5, window: {to: 2026-03-31}}
      """;

  @TempDir Path dir;

  private TestHome home() {
    return offering(dir);
  }

  /** A home whose members may spend. */
  static TestHome offering(Path dir) {
    return new TestHome(dir)
        .write("programs/sets/gifts.csv", "value\nGIFT\n")
        .program("0", "1y")
        .rules(OFFERS);
  }

  /** One requested redemption of a card. */
  static String request(String no, String card, String item, String at) {
    return no + ",requested,mall,,card," + card + "," + item + ",,,,,," + at + ",,\n";
  }

  static String execute(String no, String card, String item, String points, String at) {
    return no
        + ",executed,till,s1,card,"
        + card
        + ","
        + item
        + ",,"
        + points
        + ",,,,"
        + at
        + ",2026-02-28,\n";
  }

  static List<String> redeemed(TestHome home) {
    return home.rows(
        "select concat_ws(' ', request_no, outcome, refusal, nullif(shortfall, 0), 'took', redeemed, 'back', restored,"
            + " 'left ' || balance_after) from redeemed order by request_no");
  }

  @Test
  void
      d10_d9_d14_what_is_asked_is_granted_or_refused_with_its_reason_and_goes_back_where_it_came_from() {
    try (TestHome home = home()) {
      home.drop(
          "pos/s1/sales.csv",
          Pos.file(
              Pos.row("C1", "2026-03-01 10:00:00", "A", 500, "1", "1"),
              Pos.row("C2", "2026-03-01 10:00:00", "A", 499, "1", "2")));
      home.night("2026-03-01");
      home.drop(
          "program/redemption.csv",
          REDEMPTION
              + request("Q1", "C1", "cup", "2026-03-02 10:00:00")
              + request("Q2", "C2", "cup", "2026-03-02 10:00:00")
              + request("Q3", "C2", "roll", "2026-03-02 11:00:00")
              + request("Q4", "C2", "roll", "2026-03-02 12:00:00")
              + request("Q5", "C2", "hat", "2026-03-02 12:00:00")
              + request("Q6", "C9", "cup", "2026-03-02 12:00:00")
              + execute("X1", "C2", "cup", "600", "2026-03-02 13:00:00"));
      home.night("2026-03-02");
      assertThat(redeemed(home))
          .containsExactly(
              "Q1 GRANTED took 500 back 0 left 0",
              "Q2 REFUSED SHORT 1 took 0 back 0 left 499",
              "Q3 GRANTED took 1 back 0 left 498",
              "Q4 REFUSED LIMIT took 0 back 0 left 498",
              "Q5 REFUSED ITEM took 0 back 0 left 498",
              "Q6 REFUSED MEMBER took 0 back 0",
              "X1 BOOKED took 600 back 0 left 0");
      assertThat(home.ledger("2026-03-02"))
          .containsExactly(
              "REDEEM -500 2026-03-02 10:00:00 Q1",
              "REDEEM -1 2026-03-02 11:00:00 Q3",
              "REDEEM -600 2026-03-02 13:00:00 X1");
      assertThat(home.balances()).containsExactly("0 0 0", "0 0 102");
      assertThat(home.breaks()).contains("OVERDRAWN X1");

      home.drop(
          "program/redemption_event.csv",
          EVENT
              + "Q1,cancelled,2026-03-05 09:00:00,,,\n"
              + "Q2,cancelled,2026-03-05 09:00:00,,,\n"
              + "X1,confirmed,2026-03-05 09:00:00,,,\n"
              + "X1,cancelled,2026-03-05 10:00:00,,,\n");
      home.night("2026-03-05");
      assertThat(home.ledger("2026-03-05"))
          .containsExactly(
              "RESTORE 500 2026-03-05 09:00:00 Q1", "RESTORE 600 2026-03-05 10:00:00 X1");
      assertThat(home.balances()).containsExactly("0 500 0", "0 498 0");
      assertThat(home.breaks()).doesNotContain("OVERDRAWN X1");
      home.drop(
          "program/again.csv",
          REDEMPTION
              + request("Q1", "C1", "cup", "2026-03-02 10:00:00")
              + request("Q7", "C1", "cup", "2026-03-06 10:00:00"));
      home.night("2026-03-06");
      assertThat(home.ledger("2026-03-06")).containsExactly("REDEEM -500 2026-03-06 10:00:00 Q7");
    }
  }
}
