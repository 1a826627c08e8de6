package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promises of a programme that no other table of worked numbers holds, from files to ledger. */
class PromisedRowsTest {

  private static final String MEMBERS = "card,phone,birthday,join_date,home_shop\n";

  @TempDir Path dir;

  @Test
  void A10_what_members_spend_is_told_by_their_home_shop_and_by_the_shop_that_sold() {
    try (TestHome home = new TestHome(dir).program("0", "1y")) {
      home.drop("program/m.csv", MEMBERS + "C1,,,,s1\nC2,,,,s2\nC3,,,,\n");
      home.drop(
          "pos/s1/1.csv",
          Pos.file(
              Pos.row("C1", "2026-03-01 10:00:00", "A", 100, "1", "1"),
              Pos.row("C2", "2026-03-01 10:00:00", "A", 40, "1", "2")));
      home.drop(
          "pos/s2/1.csv",
          Pos.file(
              Pos.row("C1", "2026-03-01 11:00:00", "B", 30, "1", "1"),
              Pos.row("C1", "2026-03-01 12:00:00", "B", 20, "1", "2"),
              Pos.row("C3", "2026-03-01 11:00:00", "B", 5, "1", "3")));
      home.night("2026-03-01");
      assertThat(home.file("reports/2026-03-01/attribution.csv"))
          .isEqualTo(
              "home_shop,channel,shop,orders,base_fen,refund_fen\n"
                  + "s1,pos,s1,1,10000,0\n"
                  + "s1,pos,s2,2,5000,0\n"
                  + "s2,pos,s1,1,4000,0\n"
                  // at home where he bought first
                  + "s2,pos,s2,1,500,0\n");
      home.drop("pos/s2/2.csv", Pos.file(Pos.row("C1", "2026-03-02 09:00:00", "B", -20, "1", "4")));
      home.night("2026-03-02");
      assertThat(home.file("reports/2026-03-02/attribution.csv"))
          .isEqualTo(
              "home_shop,channel,shop,orders,base_fen,refund_fen\n" + "s1,pos,s2,0,0,2000\n");
      home.night("2026-03-03");
      assertThat(home.file("reports/2026-03-03/attribution.csv"))
          .isEqualTo("home_shop,channel,shop,orders,base_fen,refund_fen\n");
    }
  }

  @Test
  void A11_a_card_on_trial_counts_from_its_first_to_its_last_day() {
    try (TestHome home = new TestHome(dir, "staff: {hq: [ann, bob]}\n").program("0", "1y")) {
      home.rules("rules: [{id: trial, when: {pass: s1_trial}, times: 2}]\n");
      home.drop("program/m.csv", MEMBERS + "C1,,,,s1\n");
      home.drop(
          "program/standing.csv",
          "member_kind,member_value,what,name,from,to,uses,reason,requested_by,approved_by\n"
              + "card,C1,pass,s1_trial,2026-03-02,2026-03-03,,trial,ann,bob\n");
      home.drop(
          "pos/s1/1.csv",
          Pos.file(
              Pos.row("C1", "2026-03-01 23:59:59", "A", 10, "1", "1"),
              Pos.row("C1", "2026-03-02 00:00:00", "B", 20, "1", "2"),
              Pos.row("C1", "2026-03-03 23:59:59", "C", 30, "1", "3"),
              Pos.row("C1", "2026-03-04 00:00:00", "D", 40, "1", "4")));
      home.night("2026-03-01");
      home.night("2026-03-04");
      assertThat(
              home.rows(
                  "select split_part(cause_key, '/', 1) || ' ' || points from entry where kind = 'EARN' order by 1"))
          .containsExactly(
              "20260301-1-1 10", "20260302-1-2 40", "20260303-1-3 60", "20260304-1-4 40");
    }
  }

  /** A night that runs three days late books what it would have booked, and once. */
  @Test
  void E7_points_expire_by_their_date_however_late_the_night_and_only_once() {
    try (TestHome home = new TestHome(dir).program("0", "3d")) {
      home.rules("catalogue: [{item: mug, kind: goods, points: 30}]\n");
      home.drop(
          "pos/s1/1.csv",
          Pos.file(
              Pos.row("C1", "2026-03-01 10:00:00", "A", 100, "1", "1"),
              Pos.row("C2", "2026-03-01 10:00:00", "A", 100, "1", "2")));
      home.night("2026-03-01");
      home.night("2026-03-02");
      // of the 3rd, and of the 4th, when nothing is left to spend
      home.drop(
          "program/r.csv",
          RedeemingNightsTest.REDEMPTION
              + RedeemingNightsTest.request("R1", "C1", "mug", "2026-03-03 23:59:59")
              + RedeemingNightsTest.request("R2", "C2", "mug", "2026-03-04 00:00:00"));
      home.night("2026-03-06");
      // what came meanwhile is of the last night; what it asks for on that day was still alive then
      assertThat(home.ledger("2026-03-03"))
          .containsExactly(
              "EXPIRE -100 2026-03-03 23:59:59 2026-03-03",
              "EXPIRE -100 2026-03-03 23:59:59 2026-03-03");
      assertThat(home.ledger("2026-03-06"))
          .containsExactly(
              "REDEEM -30 2026-03-03 23:59:59 R1", "EXPIRE 30 2026-03-03 23:59:59 2026-03-03");
      assertThat(RedeemingNightsTest.redeemed(home))
          .containsExactly(
              "R1 GRANTED took 30 back 0 left 70", "R2 REFUSED SHORT 30 took 0 back 0 left 0");
      home.night("2026-03-06");
      assertThat(home.rows("select count(*) from entry where night > '2026-03-03'"))
          .containsExactly("2");
      assertThat(home.balances()).containsExactly("0 0 0", "0 0 0");
    }
  }

  @Test
  void F9_a_return_before_its_sale_and_a_return_of_what_is_returned_wait_as_breaks() {
    try (TestHome home = new TestHome(dir).program("0", "1y")) {
      home.drop(
          "pos/s1/1.csv",
          Pos.file(
              Pos.row("C1", "2026-03-01 10:00:00", "A", -60, "1", "2"),
              Pos.row("C2", "2026-03-01 09:00:00", "B", 50, "1", "3"),
              Pos.row("C2", "2026-03-01 10:00:00", "B", -50, "1", "4")));
      home.night("2026-03-01");
      assertThat(home.balances()).containsExactly("0 0 60", "0 0 0");
      assertThat(home.breaks()).hasSize(1).first().asString().startsWith("ORPHAN_RETURN");
      home.drop(
          "pos/s1/2.csv",
          Pos.file(
              Pos.row("C1", "2026-03-01 09:30:00", "A", 100, "1", "1"),
              Pos.row("C2", "2026-03-02 10:00:00", "B", -50, "1", "5")));
      home.night("2026-03-02");
      // the sale came, part of its money went back; what was returned once is returned no second
      // time
      assertThat(home.balances()).containsExactly("0 40 0", "0 0 50");
      assertThat(home.breaks()).hasSize(1).first().asString().contains("20260302-1-5");
      home.drop(
          "pos/s1/2 again.csv", Pos.file(Pos.row("C2", "2026-03-02 10:00:00", "B", -50, "1", "5")));
      home.night("2026-03-03");
      assertThat(home.ledger("2026-03-03")).isEmpty();
    }
  }
}
