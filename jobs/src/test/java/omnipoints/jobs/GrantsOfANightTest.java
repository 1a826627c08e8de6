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

/** What rules give beside the rate, from files to the ledger. */
class GrantsOfANightTest {

  private static final String RULES =
      """
      program: base
      version: 1
      effective_from: 2026-01-01
      earn: {per_fen: 100, points: 1, mode: linear, rounding: floor, scope: line}
      hold: {days: 7, from: completed}
      expiry: {kind: rolling, length: 1y, start: available}
      rules:
      - {id: big, when: {order_fen: {gte: 50000}}, points: 100}
      - {id: gift, scope: line, when: {sku: A}, points: 10, hold: 2d, expires: 30d}
      - {id: spring, times: 2, campaign: spring, when: {sku: B}}
      """;

  @TempDir Path dir;

  /** {@code <kind> <points> <moved> <cause>} of a night, in the order of booking. */
  private static List<String> booked(TestHome home, String night) {
    return home.rows(
        "select kind || ' ' || points || ' ' || moved || ' ' || cause_type || ' ' || split_part(cause_key, '/', 2)"
            + " from entry where night = '"
            + night
            + "' order by n");
  }

  @Test
  void F3_F4_C1_grants_have_their_own_keys_days_and_ways_back() {
    try (TestHome home = new TestHome(dir)) {
      home.write("programs/base.yaml", RULES);
      home.drop(
          "pos/S1/1.csv",
          Pos.file(
              Pos.row("C1", "2026-05-01 10:00:00", "A", 300, "1", "1"),
              Pos.row("C1", "2026-05-01 10:00:00", "B", 200, "1", "1")));
      home.night("2026-05-01");
      assertThat(booked(home, "2026-05-01"))
          .containsExactlyInAnyOrder(
              "EARN 300 0 LINE A#0000030000#001",
              "EARN 10 0 LINE A#0000030000#001#gift",
              "EARN 200 0 LINE B#0000020000#001",
              "EARN 200 0 LINE B#0000020000#001#spring",
              "EARN 100 0 ORDER #big");
      home.night("2026-05-03");
      assertThat(booked(home, "2026-05-03"))
          .containsExactly("RELEASE 0 10 LINE A#0000030000#001#gift");
      assertThat(
              home.rows(
                  "select points || ' ' || available_on || ' ' || expires_on from lot"
                      + " where available_on is not null"))
          .containsExactly("10 2026-05-03 2026-06-01");
      home.drop(
          "pos/S1/2.csv",
          Pos.file(
              Pos.row("C1", "2026-05-04 12:00:00", "B", -200, "9", "1"),
              Pos.row("C1", "2026-05-04 12:00:00", "A", -30, "9", "1")));
      home.night("2026-05-04");
      assertThat(booked(home, "2026-05-04"))
          .containsExactlyInAnyOrder(
              "CLAWBACK -30 0 LINE A#0000030000#001",
              "CLAWBACK -1 0 LINE A#0000030000#001#gift",
              "CLAWBACK -200 0 LINE B#0000020000#001",
              "CLAWBACK -200 0 LINE B#0000020000#001#spring");
      home.drop(
          "pos/S1/3.csv", Pos.file(Pos.row("C1", "2026-05-05 12:00:00", "A", -270, "9", "2")));
      home.night("2026-05-05");
      assertThat(booked(home, "2026-05-05"))
          .containsExactlyInAnyOrder(
              "CLAWBACK -270 0 LINE A#0000030000#001",
              "CLAWBACK -9 0 LINE A#0000030000#001#gift",
              "CLAWBACK -100 0 ORDER #big");
      assertThat(home.rows("select pending + available - owed from balance")).containsExactly("0");
      // nothing is due any more, and a night that looks again books nothing
      home.drop("pos/S1/4.csv", Pos.file(Pos.row("C1", "2026-05-01 10:00:00", "A", 300, "1", "1")));
      home.night("2026-05-08");
      assertThat(booked(home, "2026-05-08")).isEmpty();
    }
  }

  /** An activity pays once, on its own day, whatever else of it comes. */
  @Test
  void B17_activities_pay_within_their_limits_and_can_be_used_at_once() throws SQLException {
    try (TestHome home = new TestHome(dir)) {
      home.write(
          "programs/base.yaml",
          RULES
              + "- {id: share, on: activity, when: {type: share, tag: fan}, points: 2, hold: 1d,"
              + " limit: {per: member_platform_day, count: 1}}\n"
              + "- {id: check_in, on: activity, when: {type: check_in}, points: 1, expires: 3d}\n");
      home.drop("program/members.csv", "card,phone,birthday,join_date,home_shop\nC1,,,,S1\n");
      home.drop(
          "program/standing.csv",
          "member_kind,member_value,what,name,from,to,uses,reason,requested_by,approved_by\n"
              + "card,C1,tag,fan,,,,,,\n");
      String head =
          "event_id,type,platform,member_kind,member_value,at,shop,channel,order_no,friend_kind,friend_value,makeup\n";
      String share = "1,share,wechat,card,C1,2026-05-01 10:00:00,,,,,,\n";
      home.drop(
          "program/activity.csv",
          head
              + share
              + "2,share,wechat,card,C1,2026-05-01 11:00:00,,,,,,\n"
              + "3,share,Douyin,card,C1,2026-05-01 12:00:00,,,,,,\n"
              + "4,check_in,,card,C1,2026-05-01 09:00:00,S1,,,,,\n"
              + "5,check_in,wechat,card,C9,2026-05-01 09:00:00,,,,,,\n");
      home.night("2026-05-01");
      String all =
          "select kind || ' ' || points || ' ' || moved || ' ' || cause_type || ' ' || cause_key || ' '"
              + " || channel from entry where night = '%s' order by n";
      assertThat(home.rows(all.formatted("2026-05-01")))
          .containsExactly(
              "EARN 1 0 ACTIVITY check_in/pos/4#check_in program",
              "RELEASE 0 1 ACTIVITY check_in/pos/4#check_in program",
              "EARN 2 0 ACTIVITY share/wechat/1#share program",
              "EARN 2 0 ACTIVITY share/douyin/3#share program");
      String member = home.rows("select distinct member_id from entry").get(0);
      var entry = new EntryKey(LocalDate.parse("2026-05-01"), member, 3);
      try (Books books =
          Books.open(Database.open(home.database.url()), TestHome.ZONE).orElseThrow()) {
        Explanation why = Explanation.of(books, home.dir.resolve("programs"), entry).orElseThrow();
        assertThat(why.source().file()).isEqualTo("activity.csv");
        assertThat(why.rule().name()).isEqualTo("share");
        assertThat(why.arithmetic()).isEqualTo("2");
      }
      // the same file again, and one late event of the day, book nothing; the hold ends
      home.drop(
          "program/activity2.csv",
          head + share + "6,share,wechat,card,C1,2026-05-01 09:00:00,,,,,,\n");
      home.night("2026-05-02");
      assertThat(home.rows(all.formatted("2026-05-02")))
          .containsExactlyInAnyOrder(
              "RELEASE 0 2 ACTIVITY share/wechat/1#share program",
              "RELEASE 0 2 ACTIVITY share/douyin/3#share program");
      home.night("2026-05-03");
      assertThat(home.rows("select kind || ' ' || points from entry where night >= '2026-05-03'"))
          .containsExactly("EXPIRE -1");
    }
  }

  /** A review waits for its order, is usable with it, and falls with all of it. */
  @Test
  void B20_a_review_pays_once_an_order_and_falls_with_it() throws SQLException {
    try (TestHome home = new TestHome(dir)) {
      home.write(
          "programs/base.yaml",
          RULES
              .replace("rules:\n", "rules: []\n")
              .replaceAll("(?m)^- .*\n", "")
              .replace(
                  "rules: []\n",
                  "rules:\n- {id: review, on: activity, when: {type: review},"
                      + " limit: {per: order, count: 1}, points: 20}\n"));
      home.drop(
          "program/members.csv", "card,phone,birthday,join_date,home_shop\nC1,,,,S1\nC2,,,,S1\n");
      String head = "event_id,type,platform,member_kind,member_value,at,channel,order_no\n";
      home.drop(
          "program/activity.csv",
          head
              + "1,review,app,card,C1,2026-05-01 12:00:00,pos,20260501-9-1\n"
              + "2,review,app,card,C1,2026-05-01 13:00:00,pos,20260501-9-1\n"
              + "3,review,app,card,C2,2026-05-01 11:00:00,pos,20260501-9-1\n"
              + "4,review,app,card,C1,2026-05-01 14:00:00,pos,20260501-9-2\n");
      home.night("2026-05-01");
      assertThat(home.rows("select count(*) from entry")).containsExactly("0");
      home.drop(
          "pos/S1/1.csv",
          Pos.file(
              Pos.row("C1", "2026-05-01 10:00:00", "A", 300, "9", "1"),
              Pos.row("C1", "2026-05-01 10:00:00", "B", 200, "9", "1")));
      home.night("2026-05-02");
      String all =
          "select kind || ' ' || points || ' ' || moved || ' ' || cause_type || ' ' || cause_key || ' '"
              + " || to_char(effective_at at time zone 'Asia/Shanghai', 'MM-DD HH24:MI')"
              + " from entry where cause_type = 'ACTIVITY' and night = '%s' order by n";
      assertThat(home.rows(all.formatted("2026-05-02")))
          .containsExactly("EARN 20 0 ACTIVITY review/app/1#review 05-01 12:00");
      assertThat(
              home.file("reports/2026-05-02/awards.csv")
                  .lines()
                  .map(row -> row.replaceAll("M\\d+", "M")))
          .containsExactly(
              "night,member_id,rule,cause_type,cause_key,desired,granted,reason",
              "2026-05-02,M,review,ACTIVITY,review/app/2#review,20,0,LIMIT");
      // a part goes back, and the order's hold is over
      home.drop(
          "pos/S1/2.csv", Pos.file(Pos.row("C1", "2026-05-08 12:00:00", "B", -200, "9", "9")));
      home.night("2026-05-08");
      assertThat(home.rows(all.formatted("2026-05-08")))
          .containsExactly("RELEASE 0 20 ACTIVITY review/app/1#review 05-08 00:00");
      home.drop(
          "pos/S1/3.csv", Pos.file(Pos.row("C1", "2026-05-09 12:00:00", "A", -300, "9", "8")));
      home.night("2026-05-09");
      assertThat(home.rows(all.formatted("2026-05-09")))
          .containsExactly("CLAWBACK -20 0 ACTIVITY review/app/1#review 05-09 12:00");
      assertThat(home.rows("select pending + available - owed from balance")).containsExactly("0");
      String member = home.rows("select distinct member_id from entry").get(0);
      try (Books books =
          Books.open(Database.open(home.database.url()), TestHome.ZONE).orElseThrow()) {
        for (String n :
            home.rows("select n from entry where cause_type = 'ACTIVITY' and kind = 'CLAWBACK'")) {
          var entry = new EntryKey(LocalDate.parse("2026-05-09"), member, Integer.parseInt(n));
          Explanation why =
              Explanation.of(books, home.dir.resolve("programs"), entry).orElseThrow();
          assertThat(why.rule().name()).isEqualTo("review");
          assertThat(why.source().file()).isEqualTo("activity.csv");
        }
      }
    }
  }

  /**
   * A merge looks at one activity once, and a number that two shops use names the order known
   * first.
   */
  @Test
  void B20_a_review_keeps_its_order_whoever_merges_and_whatever_other_shop_uses_the_number() {
    try (TestHome home = new TestHome(dir)) {
      home.write(
          "programs/base.yaml",
          RULES.replaceAll("(?m)^- .*\n", "")
              + "- {id: check_in, on: activity, when: {type: check_in}, ladder: {1: 1}}\n"
              + "- {id: review, on: activity, when: {type: review}, limit: {per: order, count: 1},"
              + " points: 20}\n");
      home.drop("program/members.csv", "card,phone,birthday,join_date,home_shop\nC1,,,,S1\n");
      home.drop(
          "pos/S2/1.csv",
          Pos.file(
              Pos.row("C1", "2026-05-01 10:00:00", "A", 300, "9", "1"),
              Pos.row("C2", "2026-05-01 10:00:00", "C", 300, "9", "2"),
              Pos.row("C1", "2026-05-01 10:00:00", "B", 300, "9", "1")));
      home.drop(
          "program/activity.csv",
          "event_id,type,platform,member_kind,member_value,at,channel,order_no,shop\n"
              + "1,review,app,card,C1,2026-05-01 12:00:00,pos,20260501-9-1,\n"
              + "2,review,app,card,C1,2026-05-01 13:00:00,pos,20260501-9-1,S1\n"
              + "3,review,app,card,C2,2026-05-01 14:00:00,pos,20260501-9-2,S2\n");
      home.night("2026-05-01");
      String all =
          "select kind || ' ' || points || ' ' || cause_key from entry"
              + " where cause_type = 'ACTIVITY' and kind <> 'RELEASE' and night = '%s' order by 1";
      assertThat(home.rows(all.formatted("2026-05-01")))
          .containsExactly("EARN 20 review/app/1#review", "EARN 20 review/app/3#review");
      home.drop(
          "program/members.csv",
          "card,phone,birthday,join_date,home_shop\nC1,13800000001,,,S1\nC2,13800000001,,,S1\n");
      home.drop("pos/S1/2.csv", Pos.file(Pos.row("C3", "2026-05-01 10:00:00", "A", 300, "9", "1")));
      home.drop(
          "pos/S2/2.csv", Pos.file(Pos.row("C2", "2026-05-02 10:00:00", "C", -300, "9", "8")));
      home.night("2026-05-02");
      assertThat(home.rows("select count(*) from member where merged_into is not null"))
          .containsExactly("1");
      assertThat(home.rows(all.formatted("2026-05-02")))
          .containsExactly("CLAWBACK -20 review/app/3#review");
    }
  }

  /** A day that is told late joins the days before and after it; what was made up for does not. */
  @Test
  void B16_days_in_a_row_pay_more_and_a_late_file_mends_them() {
    try (TestHome home = new TestHome(dir)) {
      home.write(
          "programs/base.yaml",
          RULES.replaceAll("(?m)^- .*\n", "")
              + "- {id: check_in, on: activity, when: {type: check_in}, ladder: {1: 1, 3: 3, 7: 10},"
              + " restart: 7, accept_late: 7d}\n");
      home.drop("program/members.csv", "card,phone,birthday,join_date,home_shop\nC1,,,,S1\n");
      String head = "event_id,type,platform,member_kind,member_value,at,makeup\n";
      home.drop(
          "program/1.csv",
          head
              + "1,check_in,app,card,C1,2026-05-01 09:00:00,\n"
              + "2,check_in,app,card,C1,2026-05-01 10:00:00,\n");
      home.night("2026-05-01");
      home.drop(
          "program/3.csv",
          head
              + "3,check_in,app,card,C1,2026-05-03 09:00:00,\n"
              + "4,check_in,app,card,C1,2026-05-02 09:00:00,yes\n");
      home.night("2026-05-03");
      String all =
          "select kind || ' ' || points || ' ' || cause_key || ' '"
              + " || to_char(effective_at at time zone 'Asia/Shanghai', 'MM-DD')"
              + " from entry where kind <> 'RELEASE' and night = '%s' order by n";
      assertThat(home.rows(all.formatted("2026-05-01")))
          .containsExactly("EARN 1 check_in/app/1#check_in 05-01");
      assertThat(home.rows(all.formatted("2026-05-03")))
          .containsExactly("EARN 1 check_in/app/3#check_in 05-03");
      home.drop("program/4.csv", head + "5,check_in,app,card,C1,2026-05-02 20:00:00,\n");
      home.night("2026-05-04");
      assertThat(home.rows(all.formatted("2026-05-04")))
          .containsExactly(
              "EARN 1 check_in/app/5#check_in 05-02", "EARN 2 check_in/app/3#check_in 05-03");
      assertThat(
              home.rows(
                  "select cause_key || ' ' || desired || ' ' || granted || ' ' || reason from awarded"
                      + " order by 1"))
          .containsExactly(
              "check_in/app/2#check_in 1 0 LIMIT", "check_in/app/4#check_in 1 0 MAKEUP");
    }
  }

  /**
   * What a night reads of days begins with the row that its news belong to, however long that is.
   */
  @Test
  void
      B16_a_row_longer_than_accept_late_is_counted_from_its_first_day_also_of_two_who_became_one() {
    try (TestHome home = new TestHome(dir)) {
      home.write(
          "programs/base.yaml",
          RULES.replaceAll("(?m)^- .*\n", "")
              + "- {id: check_in, on: activity, when: {type: check_in}, ladder: {1: 1, 2: 2, 3: 3, 4: 4,"
              + " 5: 5, 6: 6, 7: 7, 8: 8}, restart: 9, accept_late: 1d}\n");
      home.drop(
          "program/members.csv", "card,phone,birthday,join_date,home_shop\nC1,,,,S1\nC2,,,,S1\n");
      String head = "event_id,type,platform,member_kind,member_value,at,makeup\n";
      // C1 on the 1st, and from the 3rd on; C2 on the 6th
      for (int day = 1; day <= 8; day++) {
        String rows = "";
        if (day != 2 && day != 6)
          rows += day + ",check_in,app,card,C1,2026-05-0" + day + " 00:00:00,\n";
        if (day == 5) rows += "s5,share,app,card,C1,2026-05-06 00:00:00,\n";
        if (day == 6) rows += "6,check_in,app,card,C2,2026-05-06 23:59:59,\n";
        home.drop("program/d" + day + ".csv", head + rows);
        home.night("2026-05-0" + day);
      }
      assertThat(home.rows("select points from entry where kind = 'EARN' order by effective_at"))
          .as("1st; 3rd to 5th; the 6th of the other one; 7th and 8th anew")
          .containsExactly("1", "1", "2", "3", "1", "1", "2");
      home.drop(
          "program/same.csv",
          "card,phone,birthday,join_date,home_shop\nC1,13800000001,,,S1\nC2,13800000001,,,S1\n");
      home.drop("program/d9.csv", head + "9,check_in,app,card,C2,2026-05-09 09:00:00,\n");
      home.night("2026-05-09");
      assertThat(
              home.rows(
                  "select points || ' ' || to_char(effective_at at time zone 'Asia/Shanghai', 'MM-DD')"
                      + " from entry where kind = 'EARN' and night = '2026-05-09' order by effective_at"))
          .as("the 8th is within accept_late, and the sixth of one row; the 9th is its seventh")
          .containsExactly("4 05-08", "7 05-09");
    }
  }
}
