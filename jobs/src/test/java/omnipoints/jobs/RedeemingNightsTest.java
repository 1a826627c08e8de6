package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import omnipoints.books.Books;
import omnipoints.books.Explanation;
import omnipoints.points.EntryKey;
import omnipoints.sql.Database;
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
    return offering(dir, OFFERS);
  }

  private static TestHome offering(Path dir, String offers) {
    return new TestHome(dir)
        .write("programs/sets/gifts.csv", "value\nGIFT\n")
        .program("0", "1y")
        .rules(offers);
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

  private static String member(TestHome home, String card) {
    return home.rows("select member_id from token where kind = 'card' and shown = '" + card + "'")
        .get(0);
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
          .containsExactlyInAnyOrder(
              "REDEEM -500 2026-03-02 10:00:00 Q1",
              "REDEEM -1 2026-03-02 11:00:00 Q3",
              "REDEEM -600 2026-03-02 13:00:00 X1");
      assertThat(home.balances()).containsExactlyInAnyOrder("0 0 0", "0 0 102");
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
          .containsExactlyInAnyOrder(
              "RESTORE 500 2026-03-05 09:00:00 Q1", "RESTORE 600 2026-03-05 10:00:00 X1");
      assertThat(home.balances()).containsExactlyInAnyOrder("0 500 0", "0 498 0");
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

  private static String cashOff(
      String no, String mode, String card, String points, String fen, String order, String at) {
    return no
        + ","
        + mode
        + ",till,s1,card,"
        + card
        + ",cash_off,,"
        + points
        + ","
        + fen
        + ",pos,"
        + order
        + ","
        + at
        + ",,\n";
  }

  @Test
  void
      d11_exactly_as_many_as_there_are_succeed_in_one_order_over_all_members_and_come_back_later() {
    try (TestHome home = home()) {
      home.drop(
          "pos/s1/sales.csv",
          Pos.file(
              Pos.row("C1", "2026-03-01 10:00:00", "A", 100, "1", "1"),
              Pos.row("C2", "2026-03-01 10:00:00", "A", 100, "1", "2"),
              Pos.row("C3", "2026-03-01 10:00:00", "A", 100, "1", "3"),
              Pos.row("C4", "2026-03-01 10:00:00", "A", 9, "1", "4")));
      home.night("2026-03-01");
      home.drop(
          "program/redemption.csv",
          REDEMPTION
              + request("S4", "C1", "mug", "2026-03-02 09:02:00")
              + request("S3", "C2", "mug", "2026-03-02 09:01:00")
              + request("S2", "C1", "mug", "2026-03-02 09:00:00")
              + request("S1", "C3", "mug", "2026-03-02 09:00:00")
              + request("S0", "C4", "mug", "2026-03-02 08:00:00")
              + execute("X1", "C2", "mug", "10", "2026-03-02 23:00:00"));
      home.night("2026-03-02");
      assertThat(redeemed(home))
          .containsExactly(
              "S0 REFUSED SHORT 1 took 0 back 0 left 9",
              "S1 GRANTED took 10 back 0 left 90",
              "S2 GRANTED took 10 back 0 left 90",
              "S3 REFUSED STOCK took 0 back 0 left 100",
              "S4 REFUSED STOCK took 0 back 0 left 90",
              "X1 BOOKED took 10 back 0 left 90");
      assertThat(home.file("outbox/mall/2026-03-02/redemption_result.csv"))
          .isEqualTo(
              """
              request_no,outcome,reason,points,shortfall,voucher,entry,balance_after
              S0,REFUSED,SHORT,10,1,,,9
              S1,GRANTED,,10,,,20260302-%s-00001,90
              S2,GRANTED,,10,,,20260302-%s-00001,90
              S3,REFUSED,STOCK,10,,,,100
              S4,REFUSED,STOCK,10,,,,90
              X1,BOOKED,,10,,,20260302-%s-00001,90
              """
                  .formatted(member(home, "C3"), member(home, "C1"), member(home, "C2")));
      assertThat(
              home.file("reports/2026-03-02/awards.csv")
                  .lines()
                  .skip(1)
                  .map(row -> row.replaceAll(",M\\d+", "")))
          .containsExactlyInAnyOrder(
              "2026-03-02,mug,REDEMPTION,S3,1,0,STOCK", "2026-03-02,mug,REDEMPTION,S4,1,0,STOCK");
      assertThat(home.file("outbox/mall/2026-03-02/catalogue.csv"))
          .isEqualTo(
              """
              item,kind,points,cash_fen,stock_left,on
              cup,goods,500,,,yes
              mug,goods,10,,0,no
              roll,goods,1,,,yes
              tea,service,5,,,yes
              """);
      assertThat(home.file("outbox/mall/2026-03-02/eligible.csv"))
          .contains("%1$s,roll\n%1$s,tea\n".formatted(member(home, "C4")))
          .doesNotContain("mug", "cup");
      assertThat(home.file("outbox/mall/2026-03-02/balance_sync.csv"))
          .contains(member(home, "C1") + ",card,C1,90,2026-03-02\n");
      home.drop("program/event.csv", EVENT + "S1,cancelled,2026-03-03 08:00:00,,,\n");
      home.drop(
          "program/redemption-2.csv",
          REDEMPTION + request("S5", "C1", "mug", "2026-03-03 09:00:00"));
      home.night("2026-03-03");
      home.drop(
          "program/redemption-3.csv",
          REDEMPTION
              + request("S6", "C1", "mug", "2026-03-04 09:00:00")
              + request("S7", "C1", "mug", "2026-03-04 09:01:00"));
      home.night("2026-03-04");
      assertThat(redeemed(home))
          .contains(
              "S5 REFUSED STOCK took 0 back 0 left 90",
              "S6 GRANTED took 10 back 0 left 80",
              "S7 REFUSED STOCK took 0 back 0 left 80");
      home.drop(
          "program/redemption-4.csv",
          REDEMPTION + execute("X2", "C3", "mug", "10", "2026-03-05 09:00:00"));
      home.night("2026-03-05");
      assertThat(home.breaks()).containsExactly("OVERSOLD mug");
    }
  }

  @Test
  void f2_d5_what_was_paid_in_points_goes_back_and_what_was_earned_is_taken_as_two_entries() {
    try (TestHome home = home()) {
      home.drop(
          "pos/s1/first.csv",
          Pos.file(
              Pos.row("C1", "2026-03-01 10:00:00", "A", 1000, "1", "1"),
              Pos.row("C2", "2026-03-01 10:00:00", "A", 1000, "1", "2"),
              Pos.row("C3", "2026-03-01 10:00:00", "A", 1000, "1", "3")));
      home.night("2026-03-01");
      home.drop(
          "pos/s1/paid.csv",
          Pos.file(
              Pos.row("C1", "2026-03-02 10:00:00", "B", 500, "1", "11"),
              Pos.row("C2", "2026-03-02 10:00:00", "B", 300, "1", "12"),
              Pos.row("C3", "2026-03-02 10:00:00", "B", 300, "1", "13"),
              Pos.row("C3", "2026-03-02 11:00:00", "GIFT", 300, "1", "14")));
      home.drop(
          "program/redemption.csv",
          REDEMPTION
              + cashOff(
                  "P1", "executed", "C1", "300", "3000", "20260302-1-11", "2026-03-02 10:00:00")
              + cashOff(
                  "P2", "executed", "C2", "500", "5000", "20260302-1-12", "2026-03-02 10:00:00")
              + cashOff(
                  "P3", "requested", "C3", "300", "3000", "20260302-1-13", "2026-03-02 10:00:00")
              + cashOff(
                  "P4", "requested", "C3", "100", "1000", "20260302-1-14", "2026-03-02 11:00:00")
              + cashOff("P5", "requested", "C3", "", "3000", "20260303-1-15", "2026-03-02 12:00:00")
              + cashOff(
                  "P6", "requested", "C3", "", "40000", "20260302-1-13", "2026-03-02 12:00:00"));
      home.night("2026-03-02");
      assertThat(redeemed(home))
          .containsExactly(
              "P1 BOOKED took 300 back 0 left 1200",
              "P2 BOOKED took 500 back 0 left 800",
              "P3 GRANTED took 300 back 0 left 1000",
              "P4 REFUSED LIMIT took 0 back 0 left 1300",
              "P6 REFUSED LIMIT took 0 back 0 left 1300");
      assertThat(home.file("outbox/mall/2026-03-02/balance_sync.csv"))
          .contains("card,C3,1000,2026-03-02\n");
      home.drop(
          "pos/s1/back.csv",
          Pos.file(
              Pos.row("C1", "2026-03-03 10:00:00", "B", -500, "1", "21"),
              Pos.row("C2", "2026-03-03 10:00:00", "B", -300, "1", "22"),
              Pos.row("C3", "2026-03-03 10:00:00", "B", -300, "1", "23"),
              Pos.row("C3", "2026-03-03 09:00:00", "C", 30, "1", "15")));
      home.night("2026-03-03");
      assertThat(home.ledger("2026-03-03"))
          .containsExactlyInAnyOrder(
              "RESTORE 300 2026-03-03 10:00:00 P1",
              "CLAWBACK -500 2026-03-03 10:00:00 20260302-1-11/B#0000050000#001",
              "RESTORE 500 2026-03-03 10:00:00 P2",
              "CLAWBACK -300 2026-03-03 10:00:00 20260302-1-12/B#0000030000#001",
              "RESTORE 300 2026-03-03 10:00:00 P3",
              "CLAWBACK -300 2026-03-03 10:00:00 20260302-1-13/B#0000030000#001",
              "REDEEM -300 2026-03-02 12:00:00 P5",
              "EARN 30 2026-03-03 09:00:00 20260303-1-15/C#0000003000#001",
              "RELEASE 0 moved 30 2026-03-03 09:00:00 20260303-1-15/C#0000003000#001");
      // 1200 + 300 − 500, 800 + 500 − 300; of the third also the order that P5 waited for
      assertThat(home.balances()).containsExactlyInAnyOrder("0 1000 0", "0 1000 0", "0 1030 0");
      assertThat(redeemed(home)).contains("P5 GRANTED took 300 back 0 left 1000");
      home.night("2026-03-04");
      assertThat(home.ledger("2026-03-04")).isEmpty();
    }
  }

  @Test
  void f10_points_whose_lot_died_come_back_for_the_days_of_grace_once_and_explain_says_so()
      throws SQLException {
    try (TestHome home =
        home().program("0", "2d").rules(OFFERS.replace("grace_days: 30", "grace_days: 3"))) {
      home.drop(
          "pos/s1/sales.csv", Pos.file(Pos.row("C1", "2026-03-01 10:00:00", "A", 10, "1", "1")));
      home.night("2026-03-01");
      home.drop(
          "program/redemption.csv", REDEMPTION + request("Q1", "C1", "mug", "2026-03-02 10:00:00"));
      home.night("2026-03-02");
      home.drop("program/event.csv", EVENT + "Q1,cancelled,2026-03-05 09:00:00,,,\n");
      home.night("2026-03-05");
      assertThat(home.ledger("2026-03-05")).containsExactly("RESTORE 10 2026-03-05 09:00:00 Q1");
      assertThat(
              home.rows("select remaining || ' until ' || expires_on from lot where remaining > 0"))
          .containsExactly("10 until 2026-03-07");
      var entry = new EntryKey(LocalDate.parse("2026-03-05"), member(home, "C1"), 1);
      try (Books books =
          Books.open(Database.open(home.database.url()), TestHome.ZONE).orElseThrow()) {
        Explanation why = Explanation.of(books, home.dir.resolve("programs"), entry).orElseThrow();
        assertThat(why.rule().name()).isEqualTo("redeem.restore.grace_days");
        assertThat(why.source().file()).isEqualTo("event.csv");
        assertThat(why.cause().key()).isEqualTo("Q1");
      }
      home.drop(
          "program/redemption-2.csv",
          REDEMPTION + request("Q2", "C1", "mug", "2026-03-06 10:00:00"));
      home.night("2026-03-06");
      home.drop("program/event-2.csv", EVENT + "Q2,cancelled,2026-03-08 09:00:00,,,\n");
      home.night("2026-03-08");
      assertThat(home.ledger("2026-03-08"))
          .containsExactly(
              "RESTORE 10 2026-03-08 09:00:00 Q2", "EXPIRE -10 2026-03-07 23:59:59 2026-03-07");
    }
  }

  @Test
  void d12_what_is_not_sold_for_money_is_shown_in_the_catalogue() {
    String offers = OFFERS.replace("- {item: mug,", "- {item: mug, points_only: true,");
    try (TestHome home = offering(dir, offers)) {
      home.drop(
          "pos/s1/sales.csv", Pos.file(Pos.row("C1", "2026-03-01 10:00:00", "A", 9, "1", "1")));
      home.night("2026-03-01");
      assertThat(home.file("outbox/mall/2026-03-01/catalogue.csv"))
          .isEqualTo(
              """
              item,kind,points,cash_fen,stock_left,on,points_only
              cup,goods,500,,,yes,no
              mug,goods,10,,3,yes,yes
              roll,goods,1,,,yes,no
              tea,service,5,,,yes,no
              """);
    }
  }
}
