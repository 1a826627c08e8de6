package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
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

/** H3: points that service gives and takes, by the eyes of four. */
class AdjustmentNightTest {
  private static final String MEMBERS = "card,phone,birthday,join_date,home_shop\n";
  private static final String ADJUSTMENTS =
      "adjustment_no,member_kind,member_value,points,reason,requested_by,approved_by,source_shop,expires,at\n";

  @TempDir Path dir;

  @Test
  void adjustments_are_booked_by_the_eyes_of_four_and_refused_ones_are_breaks() {
    try (TestHome home = new TestHome(dir, "staff: {hq: [Ann, bob, cai]}\n").program("7", "30d")) {
      home.rules("limits: {adjust: {points: 1000}}\n");
      home.drop("program/m.csv", MEMBERS + "C1,,,2026-01-01,\n");
      home.drop(
          "program/a.csv",
          ADJUSTMENTS
              + "A1,card,C1,100,late parcel,ann,BOB,,,2026-03-01 10:00:00\n"
              + "A2,card,C1,-30,entered twice,bob,ann,,,2026-03-01 11:00:00\n"
              + "A3,card,C1,50,himself,ann,ann,,,2026-03-01 11:00:00\n"
              + "A4,card,C1,900,too much of a day,ann,bob,,,2026-03-01 12:00:00\n"
              + "A5,card,C1,900,six eyes,ann,bob;cai,,2026-03-02,2026-03-01 13:00:00\n"
              + "A6,card,C2,7,a stranger,ann,bob,,,2026-03-01 10:00:00\n"
              + "A7,card,C1,11,tomorrow,ann,bob,,,2026-03-02 00:00:00\n"
              + "A8,card,C1,5,asked by a shop,ann,bob,S1,,2026-03-01 10:00:00\n");
      assertThat(home.night("2026-03-01").exit()).isZero();
      assertThat(home.ledger("2026-03-01"))
          .containsExactly(
              "ADJUST 100 2026-03-01 10:00:00 A1",
              "ADJUST -30 2026-03-01 11:00:00 A2",
              "ADJUST 900 2026-03-01 13:00:00 A5");
      assertThat(home.balances()).containsExactly("0 970 0");
      assertThat(home.rows("select key || ': ' || detail from break order by key"))
          .containsExactly(
              "A3: 50 points for M00000000001 are not booked: SAME_PERSON",
              "A4: 900 points for M00000000001 are not booked: SECOND_APPROVER",
              "A8: 5 points for M00000000001 are not booked: SOURCE_SHOP");
      assertThat(home.rows("select distinct type from break"))
          .containsExactly("ADJUSTMENT_REFUSED");
      assertThat(
              home.rows(
                  "select channel || '|' || shop || '|' || points || ' ' || remaining || ' ' || expires_on from lot order by n"))
          .containsExactly("program||100 70 2026-03-30", "program||900 900 2026-03-02");
      assertThat(home.rows("select waiting from night_input where document = 'adjustment'"))
          .containsExactly("1");
      assertThat(home.file("outbox/crm/2026-03-01/points_arrived_2026-03-01.csv"))
          .isEqualTo("member_id,points\nM00000000001,1000\n");
      assertThat(home.file("reports/2026-03-01/liability.csv"))
          .contains("program,,available,0,0,0,0,0,0,0,970,0,970\n");
      assertThat(new String(home.ledgerCsv("2026-03-01"), StandardCharsets.UTF_8))
          .contains(
              "20260301-M00000000001-00001,2026-03-01,M00000000001,ADJUST,100,2026-03-01T10:00:00+08:00,program,,ADJUSTMENT,A1,2,0\n");
      Explanation explained = explain(home, LocalDate.of(2026, 3, 1), 2);
      assertThat(explained.adjustment())
          .isEqualTo(new Explanation.Correction("A2", "entered twice", "bob", "ann", null));
      assertThat(explained.source().file() + " " + explained.source().row()).isEqualTo("a.csv 3");
      assertThat(explained.identity()).extracting("masked").containsExactly("C1");
      assertThat(explained.rule().name()).isEqualTo("adjustment");

      home.drop("program/m2.csv", MEMBERS + "C2,,,,\n");
      home.drop(
          "program/a2.csv",
          ADJUSTMENTS
              + "A1,card,C1,100,late parcel,ann,BOB,,,2026-03-01 10:00:00\n"
              + "A9,card,C1,-989,fraud,ann,bob,,,2026-03-02 12:00:00\n"
              + "A10,card,C1,21,too late a day,ann,bob,,,2026-03-01 12:00:00\n"
              + "A11,card,C1,21,no day left,ann,bob,,2026-03-01,2026-03-02 12:00:00\n");
      home.night("2026-03-02");
      assertThat(home.ledger("2026-03-02"))
          .containsExactly(
              "ADJUST 11 2026-03-02 00:00:00 A7",
              "ADJUST -989 2026-03-02 12:00:00 A9",
              "ADJUST 7 2026-03-01 10:00:00 A6");
      assertThat(home.balances()).containsExactly("0 0 8", "0 7 0");
      assertThat(
              home.rows(
                  "select key || ': ' || detail from break where first_night = '2026-03-02' order by key"))
          .containsExactly(
              "A10: 21 points for M00000000001 are not booked: SECOND_APPROVER",
              "A11: 21 points for M00000000001 are not booked: EXPIRED");
      assertThat(home.rows("select kind || ' ' || channel || ' ' || owed from debt"))
          .containsExactly("ADJUST program 8");
      assertThat(home.file("reports/2026-03-02/debts.csv"))
          .contains("age,debts,members,owed", "0-30,1,1,8");

      home.drop(
          "program/a3.csv", ADJUSTMENTS + "A12,card,C1,30,sorry,ann,bob,,,2026-03-03 12:00:00\n");
      home.night("2026-03-03");
      assertThat(home.ledger("2026-03-03")).containsExactly("ADJUST 30 2026-03-03 12:00:00 A12");
      assertThat(home.balances()).containsExactly("0 22 0", "0 7 0");
      assertThat(profile(home)).containsExactly("22", "7");
    }
  }

  @Test
  void rows_whose_people_nobody_came_to_know_in_time_are_said_to_count_for_nothing() {
    try (TestHome home = new TestHome(dir, "").program("7", "30d")) {
      home.write(
          "programs/base.yaml", home.file("programs/base.yaml").replace("days: 90}", "days: 2}"));
      home.drop(
          "program/a.csv", ADJUSTMENTS + "A1,card,C1,100,late,ann,bob,,,2026-03-01 10:00:00\n");
      home.drop(
          "program/s.csv",
          "member_kind,member_value,what,name,from,to,uses,reason,requested_by,approved_by\n"
              + "card,C1,tag,vip,,,,,,\ncard,C9,tag,vip,,,,,,\n");
      for (String night : List.of("2026-03-01", "2026-03-02", "2026-03-03")) home.night(night);
      assertThat(home.breaks()).isEmpty();
      home.drop("program/m.csv", MEMBERS + "C1,,,,\n");
      home.night("2026-03-04");
      assertThat(home.rows("select type || ' ' || key || ': ' || detail from break order by type"))
          .containsExactly(
              "ADJUSTMENT_REFUSED A1: 100 points for somebody whom nobody knew within 2 days are not booked: MEMBER",
              "UNATTRIBUTED standing 2026-03-01: 2 rows of standing, read in night 2026-03-01, name people whom"
                  + " nobody knew within 2 days, and count for nothing");
      assertThat(home.ledger("2026-03-04")).isEmpty();
      home.night("2026-03-05");
      assertThat(home.rows("select count(*) from break where first_night = '2026-03-05'"))
          .containsExactly("0");
    }
  }

  private static List<String> profile(TestHome home) {
    String[] lines =
        home.file("outbox/crm/2026-03-03/member_profile_full_2026-03-03.csv").split("\n");
    List<String> header = List.of(lines[0].split(","));
    return List.of(lines).subList(1, lines.length).stream()
        .map(line -> line.split(",", -1)[header.indexOf("lifetime_adjusted")])
        .toList();
  }

  private static Explanation explain(TestHome home, LocalDate night, int n) {
    try (Books books =
        Books.open(Database.open(home.database.url()), TestHome.ZONE).orElseThrow()) {
      return Explanation.of(books, home.home().programs(), new EntryKey(night, "M00000000001", n))
          .orElseThrow();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
