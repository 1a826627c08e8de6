package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import omnipoints.books.Books;
import omnipoints.books.Explanation;
import omnipoints.points.EntryKey;
import omnipoints.sql.Database;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** H2, H5: accounts that are frozen, let go, and closed. */
class AccountStatesNightTest {
  private static final String STATES =
      "member_kind,member_value,state,reason,requested_by,approved_by,at\n";
  private static final String STAFF = "staff: {hq: [ann, bob]}\n";

  @TempDir Path dir;

  private static String state(String card, String state, String at) {
    return "card," + card + "," + state + ",asked by phone,Ann,bob," + at + "\n";
  }

  private static String mug(String no, String card, String at) {
    return RedeemingNightsTest.request(no, card, "mug", at);
  }

  @Test
  void h2_a_frozen_account_spends_nothing_and_its_points_die_the_night_it_is_let_go() {
    try (TestHome home = new TestHome(dir, STAFF).program("0", "3d")) {
      home.rules(
          "catalogue: [{item: mug, kind: goods, points: 10}]\nfrozen: {earn: false, expire: false}\n");
      home.drop(
          "pos/s1/1.csv",
          Pos.file(
              Pos.row("C1", "2026-03-01 10:00:00", "A", 100, "1", "1"),
              Pos.row("C1", "2026-03-01 15:00:00", "B", 30, "1", "2"),
              Pos.row("C2", "2026-03-01 15:00:00", "B", 20, "1", "3")));
      home.drop(
          "program/s.csv",
          STATES
              + state("C1", "frozen", "2026-03-01 12:00:00")
              + "card,C2,closed,by one alone,ann,ann,2026-03-01 12:00:00\n");
      home.drop(
          "program/r.csv",
          RedeemingNightsTest.REDEMPTION
              + mug("Q1", "C1", "2026-03-01 11:00:00")
              + mug("Q2", "C1", "2026-03-01 12:00:00")
              + RedeemingNightsTest.execute("X1", "C1", "mug", "10", "2026-03-01 13:00:00"));
      home.night("2026-03-01");
      assertThat(RedeemingNightsTest.redeemed(home))
          .containsExactly(
              "Q1 GRANTED took 10 back 0 left 90",
              "Q2 REFUSED FROZEN took 0 back 0 left 90",
              "X1 BOOKED FROZEN took 10 back 0 left 80");
      assertThat(home.balances()).containsExactlyInAnyOrder("0 80 0", "0 20 0");
      assertThat(home.breaks())
          .containsExactly(
              "ADJUSTMENT_REFUSED s.csv row 3",
              "OVERDRAWN X1",
              "POINTS_DIFF 20260301-1-2/B#0000003000#001");
      assertThat(home.rows("select detail from break where channel = 'program' order by type"))
          .containsExactly(
              "account closed, s.csv row 3, is not signed by two of the head office, and does not count",
              "mug, executed on 2026-03-01 13:00:00: 10 points were taken of an account that spends nothing: FROZEN");
      assertThat(home.file("outbox/mall/2026-03-01/balance_sync.csv"))
          .contains("card,C1,0,2026-03-01\n", "card,C2,20,2026-03-01\n");
      assertThat(home.file("outbox/mall/2026-03-01/eligible.csv").lines().count()).isEqualTo(2);

      // the last day passes: 3 March
      home.night("2026-03-04");
      assertThat(home.ledger("2026-03-03"))
          .containsExactly("EXPIRE -20 2026-03-03 23:59:59 2026-03-03");
      assertThat(home.balances()).containsExactlyInAnyOrder("0 80 0", "0 0 0");
      home.drop("program/s2.csv", STATES + state("C1", "active", "2026-03-05 08:00:00"));
      home.drop(
          "program/r2.csv",
          RedeemingNightsTest.REDEMPTION + mug("Q3", "C1", "2026-03-05 09:00:00"));
      home.drop("pos/s1/2.csv", Pos.file(Pos.row("C1", "2026-03-05 10:00:00", "A", 7, "1", "4")));
      home.night("2026-03-05");
      assertThat(home.ledger("2026-03-05"))
          .containsExactly(
              "EARN 7 2026-03-05 10:00:00 20260305-1-4/A#0000000700#001",
              "RELEASE 0 moved 7 2026-03-05 10:00:00 20260305-1-4/A#0000000700#001",
              "EXPIRE -80 2026-03-03 23:59:59 2026-03-03");
      assertThat(RedeemingNightsTest.redeemed(home))
          .contains("Q3 REFUSED SHORT 10 took 0 back 0 left 0");
    }
  }

  @Test
  void h5_a_closed_account_loses_what_it_holds_owes_nothing_and_stays_empty() throws SQLException {
    try (TestHome home = new TestHome(dir, STAFF).program("7", "1y")) {
      home.rules("catalogue: [{item: mug, kind: goods, points: 10}]\n");
      home.drop(
          "pos/s1/1.csv",
          Pos.file(
              Pos.row("C1", "2026-02-01 10:00:00", "A", 100, "1", "1"),
              Pos.row("C1", "2026-03-01 10:00:00", "A", 50, "1", "2")));
      home.drop(
          "program/r.csv",
          RedeemingNightsTest.REDEMPTION
              + mug("Q1", "C1", "2026-03-01 11:00:00")
              + RedeemingNightsTest.execute("X1", "C2", "mug", "15", "2026-03-01 13:00:00"));
      home.drop("program/m.csv", RedeemingNightsTest.MEMBERS + "C2,,,2026-01-01,\n");
      home.night("2026-03-01");
      assertThat(home.balances()).containsExactlyInAnyOrder("50 90 0", "0 0 15");
      home.drop(
          "program/s.csv",
          STATES
              + state("C1", "closed", "2026-03-02 12:00:00")
              + state("C2", "closed", "2026-03-02 12:00:00"));
      home.drop("pos/s1/2.csv", Pos.file(Pos.row("C1", "2026-03-02 13:00:00", "Z", 7, "1", "3")));
      home.night("2026-03-02");
      assertThat(home.ledger("2026-03-02"))
          .containsExactlyInAnyOrder(
              "FORFEIT -140 2026-03-02 12:00:00 2026-03-02T12:00:00+08:00",
              "WRITE_OFF 15 2026-03-02 12:00:00 2026-03-02T12:00:00+08:00");
      assertThat(home.balances()).containsExactlyInAnyOrder("0 0 0", "0 0 0");
      // the till printed points that a closed account does not get
      assertThat(home.breaks()).containsExactly("POINTS_DIFF 20260302-1-3/Z#0000000700#001");
      assertThat(home.file("reports/2026-03-02/liability.csv")).contains("TOTAL");
      String c1 = home.rows("select member_id from entry where kind = 'FORFEIT'").get(0);
      try (Books books =
          Books.open(Database.open(home.database.url()), TestHome.ZONE).orElseThrow()) {
        Explanation why =
            Explanation.of(
                    books,
                    home.dir.resolve("programs"),
                    new EntryKey(LocalDate.parse("2026-03-02"), c1, 1))
                .orElseThrow();
        assertThat(why.source().file() + " " + why.source().row()).isEqualTo("s.csv 2");
        assertThat(why.adjustment())
            .isEqualTo(new Explanation.Correction(null, "asked by phone", "ann", "bob", null));
        assertThat(why.rule().name()).isEqualTo("account_state");
        assertThat(why.took()).hasSize(2);
      }
      // what comes back, and what is taken back, behind the closing
      home.drop(
          "program/e.csv", RedeemingNightsTest.EVENT + "Q1,cancelled,2026-03-03 09:00:00,,,\n");
      home.drop("pos/s1/3.csv", Pos.file(Pos.row("C1", "2026-03-03 10:00:00", "A", -50, "1", "5")));
      home.night("2026-03-03");
      assertThat(home.ledger("2026-03-03"))
          .containsExactly(
              "RESTORE 10 2026-03-03 09:00:00 Q1",
              "CLAWBACK -50 2026-03-03 10:00:00 20260301-1-2/A#0000005000#001",
              "WRITE_OFF 40 2026-03-03 23:59:59 2026-03-02T12:00:00+08:00");
      assertThat(home.balances()).containsExactlyInAnyOrder("0 0 0", "0 0 0");
    }
  }
}
