package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import omnipoints.books.Books;
import omnipoints.books.Explanation;
import omnipoints.points.EntryKey;
import omnipoints.sql.Database;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is given for friends that buy, from files to the ledger. */
class ReferralNightsTest {

  private static final String RULES =
      """
      program: base
      version: 1
      effective_from: 2026-01-01
      earn: {per_fen: 100, points: 1, mode: linear, rounding: floor, scope: line}
      hold: {days: 3, from: completed}
      expiry: {kind: rolling, length: 1y, start: available}
      rules:
      - {id: bring, on: referral, when: {friend_order_fen: {gte: 10000}}, points: 5MORE}
      """;

  private static final String HEAD =
      "event_id,type,platform,member_kind,member_value,at,friend_kind,friend_value\n";

  @TempDir Path dir;

  private static String names(int id, String card, String day, String friend) {
    return id + ",invite,app,card," + card + ",2026-05-" + day + ",card," + friend + "\n";
  }

  private static String sold(String card, String day, int yuan, int receipt) {
    return Pos.row(card, "2026-05-" + day + " 10:00:00", "S" + receipt, yuan, "9", "" + receipt);
  }

  private static String returned(String card, String day, int yuan, int receipt) {
    return Pos.row(card, "2026-05-" + day + " 20:00:00", "S" + receipt, -yuan, "8", "" + receipt);
  }

  /** {@code <card> <kind> <points> <cause> <time>} of what referrals moved. */
  private static List<String> booked(TestHome home, String night) {
    return home.rows(
        "select t.shown || ' ' || e.kind || ' ' || e.points || ' ' || e.moved || ' '"
            + " || replace(e.cause_key, '2026', '') || ' '"
            + " || to_char(e.effective_at at time zone 'Asia/Shanghai', 'MM-DD HH24')"
            + " from entry e join token t on t.member_id = e.member_id and t.kind = 'card'"
            + " where e.cause_type = 'REFERRAL' and e.channel = 'program' and e.shop = ''"
            + " and e.night = '"
            + night
            + "' order by e.effective_at, e.member_id, e.n");
  }

  private static TestHome home(Path dir, String more) {
    TestHome home = new TestHome(dir);
    home.write("programs/base.yaml", RULES.replace("MORE", more));
    home.drop(
        "program/members.csv",
        "card,phone,birthday,join_date,home_shop\nA01,,,,S1\nA02,,,,S1\nA03,,,,S1\n");
    return home;
  }

  /**
   * The friend's first order that is large enough pays, dated by it, usable with it; all of it goes
   * back with all of the order, and the next order gets nothing.
   */
  @Test
  void B19_a_friends_first_order_pays_five_points_and_its_full_return_takes_them_back()
      throws Exception {
    try (TestHome home = home(dir, "")) {
      home.drop(
          "program/activity.csv",
          HEAD
              + names(1, "A01", "01 09:00:00", "F01")
              + names(2, "A02", "01 08:59:59", "F02")
              + names(3, "A01", "01 09:00:00", "F02"));
      home.night("2026-05-01");
      assertThat(booked(home, "2026-05-01")).isEmpty();
      home.drop(
          "pos/S1/1.csv",
          Pos.file(sold("F01", "02", 99, 1), sold("F01", "03", 100, 2), sold("F02", "03", 100, 3)));
      home.night("2026-05-03");
      assertThat(booked(home, "2026-05-03"))
          .containsExactlyInAnyOrder(
              "A01 EARN 5 0 0503-9-2#bring 05-03 10", "A02 EARN 5 0 0503-9-3#bring 05-03 10");
      assertThat(
              home.file("reports/2026-05-03/awards.csv")
                  .lines()
                  .skip(1)
                  .map(row -> row.replaceAll("M\\d+", "M")))
          .containsExactly("2026-05-03,M,bring,REFERRAL,20260503-9-3#bring,5,0,LIMIT");
      var entry =
          new EntryKey(
              LocalDate.parse("2026-05-03"),
              home.rows("select member_id from token where kind = 'card' and shown = 'A01'").get(0),
              1);
      try (Books books =
          Books.open(Database.open(home.database.url()), TestHome.ZONE).orElseThrow()) {
        Explanation why = Explanation.of(books, home.dir.resolve("programs"), entry).orElseThrow();
        assertThat(why.rule().name()).isEqualTo("bring");
        assertThat(why.source().file()).isEqualTo("activity.csv");
        assertThat(why.arithmetic()).isEqualTo("5");
      }
      home.drop("pos/S1/2.csv", Pos.file(returned("F02", "05", 60, 3)));
      home.night("2026-05-06");
      assertThat(booked(home, "2026-05-06"))
          .containsExactlyInAnyOrder(
              "A01 RELEASE 0 5 0503-9-2#bring 05-06 00", "A02 RELEASE 0 5 0503-9-3#bring 05-06 00");
      home.drop(
          "pos/S1/3.csv",
          Pos.file(
              returned("F02", "07", 40, 3), sold("F02", "07", 300, 4), sold("F01", "07", 300, 5)));
      home.night("2026-05-07");
      assertThat(booked(home, "2026-05-07"))
          .containsExactly("A02 CLAWBACK -5 0 0503-9-3#bring 05-07 20");
      // the same again, and somebody who comes too late
      home.drop("program/late.csv", HEAD + names(4, "A03", "01 07:00:00", "F01"));
      home.drop("pos/S1/4.csv", Pos.file(sold("F01", "03", 100, 2), sold("F02", "08", 300, 6)));
      home.night("2026-05-08");
      assertThat(booked(home, "2026-05-08")).isEmpty();
      assertThat(home.file("reports/2026-05-08/awards.csv"))
          .contains("20260503-9-2#bring,5,0,LIMIT");
    }
  }

  /**
   * Whoever bought before is no new friend; nobody brings himself; a pair pays in one direction.
   */
  @Test
  void B19_only_new_friends_count_nobody_brings_himself_and_a_pair_pays_once() {
    try (TestHome home = home(dir, "")) {
      home.drop("pos/S1/0.csv", Pos.file(sold("F01", "01", 1, 9)));
      home.drop(
          "program/activity.csv",
          HEAD
              + names(1, "A01", "02 09:00:00", "F01")
              + names(2, "A01", "02 09:00:00", "A01")
              + names(3, "A02", "02 09:00:00", "A03")
              + names(4, "A03", "02 09:00:00", "A02"));
      home.night("2026-05-02");
      home.drop(
          "pos/S1/1.csv",
          Pos.file(
              sold("F01", "03", 300, 1),
              sold("A01", "03", 300, 2),
              sold("A03", "03", 300, 3),
              sold("A02", "04", 300, 4)));
      home.night("2026-05-03");
      assertThat(booked(home, "2026-05-03"))
          .containsExactly("A02 EARN 5 0 0503-9-3#bring 05-03 10");
      home.night("2026-05-04");
      assertThat(booked(home, "2026-05-04")).isEmpty();
      assertThat(home.file("reports/2026-05-04/awards.csv"))
          .contains("REFERRAL,20260504-9-4#bring,5,0,EXCLUDED");
    }
  }

  /** With after_return: next a later order of the friend gets what the first one lost. */
  @Test
  void B19_after_a_full_return_the_friends_next_order_may_count() {
    try (TestHome home = home(dir, ", after_return: next")) {
      home.drop(
          "pos/S1/1.csv",
          Pos.file(
              sold("F01", "02", 100, 1),
              sold("F01", "03", 50, 2),
              sold("F01", "03", 200, 3),
              sold("F01", "04", 200, 4)));
      home.night("2026-05-04");
      // told after the friend bought; he is known, and all of his orders are looked at
      home.drop("program/activity.csv", HEAD + names(1, "A01", "02 09:00:00", "F01"));
      home.night("2026-05-05");
      assertThat(booked(home, "2026-05-05"))
          .containsExactly(
              "A01 EARN 5 0 0502-9-1#bring 05-02 10", "A01 RELEASE 0 5 0502-9-1#bring 05-05 00");
      home.drop("pos/S1/2.csv", Pos.file(returned("F01", "06", 100, 1)));
      home.night("2026-05-06");
      assertThat(booked(home, "2026-05-06"))
          .containsExactly(
              "A01 EARN 5 0 0503-9-3#bring 05-03 10",
              "A01 RELEASE 0 5 0503-9-3#bring 05-06 00",
              "A01 CLAWBACK -5 0 0502-9-1#bring 05-06 20");
      home.drop(
          "pos/S1/3.csv", Pos.file(returned("F01", "07", 200, 3), returned("F01", "07", 200, 4)));
      home.night("2026-05-07");
      assertThat(booked(home, "2026-05-07"))
          .containsExactly("A01 CLAWBACK -5 0 0503-9-3#bring 05-07 20");
      home.drop("pos/S1/4.csv", Pos.file(sold("F01", "08", 900, 5)));
      home.night("2026-05-08");
      assertThat(booked(home, "2026-05-08"))
          .containsExactly("A01 EARN 5 0 0508-9-5#bring 05-08 10");
    }
  }

  /** A limit counts what one member was given, a budget what all were, and a merge leaves both. */
  @Test
  void B19_limits_budgets_and_merges() {
    try (TestHome home =
        home(dir, ", budget: 12, limit: {per: member_month, count: 2}, hold: 0d")) {
      home.drop(
          "program/activity.csv",
          HEAD
              + names(1, "A01", "01 09:00:00", "F01")
              + names(2, "A01", "01 09:00:00", "F02")
              + names(3, "A01", "01 09:00:00", "F03")
              + names(4, "A02", "01 09:00:00", "F04"));
      home.drop(
          "pos/S1/1.csv",
          Pos.file(
              sold("F03", "02", 100, 3),
              sold("F02", "03", 100, 2),
              sold("F01", "04", 100, 1),
              sold("F04", "05", 100, 4)));
      home.night("2026-05-05");
      assertThat(booked(home, "2026-05-05"))
          .containsExactly(
              "A01 EARN 5 0 0502-9-3#bring 05-02 10",
              "A01 RELEASE 0 5 0502-9-3#bring 05-02 10",
              "A01 EARN 5 0 0503-9-2#bring 05-03 10",
              "A01 RELEASE 0 5 0503-9-2#bring 05-03 10",
              "A02 EARN 2 0 0505-9-4#bring 05-05 10",
              "A02 RELEASE 0 2 0505-9-4#bring 05-05 10");
      assertThat(
              home.rows(
                  "select cause_key || ' ' || granted || ' ' || reason from awarded order by 1"))
          .containsExactly("20260504-9-1#bring 0 LIMIT", "20260505-9-4#bring 2 BUDGET");
      home.drop(
          "program/members.csv",
          "card,phone,birthday,join_date,home_shop\nF03,13800000001,,,S1\nF04,13800000001,,,S1\n");
      home.drop("pos/S1/2.csv", Pos.file(sold("F04", "06", 100, 7), returned("F03", "06", 100, 3)));
      home.night("2026-05-06");
      assertThat(booked(home, "2026-05-06"))
          .containsExactly("A01 CLAWBACK -5 0 0502-9-3#bring 05-06 20");
    }
  }

  /** What one member is paid for ever is decided again for two who became one. */
  @Test
  void B19_two_who_became_one_keep_the_earlier_of_what_a_member_is_paid_once() {
    try (TestHome home = home(dir, ", limit: {per: member, count: 1}, hold: 0d")) {
      home.drop(
          "program/activity.csv",
          HEAD
              + names(1, "A01", "01 09:00:00", "F01")
              + names(2, "A02", "01 09:00:00", "F02")
              + names(3, "A03", "01 09:00:00", "F03"));
      home.drop(
          "pos/S1/1.csv",
          Pos.file(
              sold("F01", "03", 100, 1), sold("F02", "02", 100, 2), sold("F03", "02", 100, 3)));
      home.night("2026-05-03");
      assertThat(booked(home, "2026-05-03"))
          .contains("A01 EARN 5 0 0503-9-1#bring 05-03 10", "A02 EARN 5 0 0502-9-2#bring 05-02 10");
      home.drop(
          "program/members.csv",
          "card,phone,birthday,join_date,home_shop\nA01,13800000001,,,S1\nA02,13800000001,,,S1\n");
      home.drop("program/more.csv", HEAD + names(4, "A02", "03 09:00:00", "F04"));
      home.drop("pos/S1/2.csv", Pos.file(sold("F04", "04", 100, 4)));
      home.night("2026-05-04");
      assertThat(
              home.rows(
                  "select e.kind || ' ' || e.points || ' ' || e.cause_key || ' '"
                      + " || to_char(e.effective_at at time zone 'Asia/Shanghai', 'MM-DD HH24')"
                      + " from entry e where e.cause_type = 'REFERRAL' and e.night = '2026-05-04'"))
          .containsExactly("EARN -5 20260503-9-1#bring 05-04 23");
      assertThat(
              home.rows("select rule || ' ' || points || ' ' || state from referred order by at"))
          .containsExactly("bring 5 PAID", "bring 5 PAID", "bring 0 PAID", "bring 0 PAID");
      // the order that was paid for comes back: nothing is left to give back
      home.drop("pos/S1/3.csv", Pos.file(returned("F01", "05", 100, 1), sold("F01", "05", 100, 5)));
      home.night("2026-05-05");
      assertThat(booked(home, "2026-05-05")).isEmpty();
    }
  }
}
