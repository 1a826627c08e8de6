package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one member is given so often only, from files to the ledger. */
class LimitNightsTest {

  private static final String RULES =
      """
      program: base
      version: 1
      effective_from: 2026-01-01
      earn: {per_fen: 100, points: 1, mode: linear, rounding: floor, scope: line}
      hold: {days: 1, from: completed}
      expiry: {kind: rolling, length: 1y, start: available}
      rules:
      - {id: twice, times: 2, limit: {per: member_day, count: 1}}
      - {id: once, points: 50, limit: {per: member, count: 1}, budget: 1000}
      - {id: vote, on: activity, when: {type: vote}, points: 7, limit: {per: member, count: 1}}
      """;

  @TempDir Path dir;

  private static String sold(String card, String time, int yuan, int receipt) {
    return Pos.row(card, "2026-05-" + time + ":00", "S" + yuan, yuan, "9", "" + receipt);
  }

  private static List<String> booked(TestHome home, String night) {
    return home.rows(
        "select kind || ' ' || points || ' ' || regexp_replace(replace(cause_key, '2026', ''), '#[0-9]+#[0-9]+', '') || ' '"
            + " || to_char(effective_at at time zone 'Asia/Shanghai', 'MM-DD HH24')"
            + " from entry where kind <> 'RELEASE' and position(chr(9) in line_key) > 0 and night = '"
            + night
            + "' order by effective_at, cause_key, n");
  }

  private static List<String> bound(TestHome home, String night) {
    return home.file("reports/" + night + "/awards.csv")
        .lines()
        .skip(1)
        .map(
            row ->
                row.replaceAll(",M\\d+", "")
                    .replace(night + ",", "")
                    .replace(",2026", ",")
                    .replaceAll("#\\d+#\\d+", ""))
        .sorted()
        .toList();
  }

  /**
   * A factor doubles one order a day with all its lines, points are given once ever; of members who
   * become one the earlier stands, and the later goes back when they did.
   */
  @Test
  void B17_limits_of_orders_count_orders_and_a_merge_decides_them_again() {
    try (TestHome home = new TestHome(dir)) {
      home.write("programs/base.yaml", RULES);
      home.drop(
          "program/members.csv", "card,phone,birthday,join_date,home_shop\nC1,,,,S1\nC2,,,,S1\n");
      home.drop(
          "program/activity.csv",
          "event_id,type,platform,member_kind,member_value,at\n"
              + "1,vote,app,card,C1,2026-05-02 09:00:00\n"
              + "2,vote,app,card,C2,2026-05-01 09:00:00\n"
              + "3,vote,app,card,C2,2026-05-01 10:00:00\n");
      home.drop(
          "pos/S1/1.csv",
          Pos.file(
              sold("C1", "02 10:00", 30, 1),
              sold("C1", "02 10:00", 40, 1),
              sold("C1", "02 11:00", 50, 2),
              sold("C2", "01 10:00", 60, 3)));
      home.night("2026-05-02");
      assertThat(booked(home, "2026-05-02"))
          .containsExactly(
              "EARN 7 vote/app/2#vote 05-01 09",
              "EARN 50 0501-9-3/#once 05-01 10",
              "EARN 60 0501-9-3/S60#twice 05-01 10",
              "EARN 7 vote/app/1#vote 05-02 09",
              "EARN 50 0502-9-1/#once 05-02 10",
              "EARN 30 0502-9-1/S30#twice 05-02 10",
              "EARN 40 0502-9-1/S40#twice 05-02 10");
      assertThat(bound(home, "2026-05-02"))
          .containsExactly(
              "once,ORDER,0502-9-2/#once,50,0,LIMIT",
              "twice,LINE,0502-9-2/S50#twice,50,0,LIMIT",
              "vote,ACTIVITY,vote/app/3#vote,7,0,LIMIT");
      // one that was sold before takes what is left of its day
      home.drop(
          "pos/S1/2.csv", Pos.file(sold("C1", "02 08:00", 20, 4), sold("C1", "01 08:00", 10, 5)));
      home.night("2026-05-03");
      assertThat(booked(home, "2026-05-03")).containsExactly("EARN 10 0501-9-5/S10#twice 05-01 08");
      home.drop(
          "program/members.csv",
          "card,phone,birthday,join_date,home_shop\nC1,13800000001,,,S1\nC2,13800000001,,,S1\n");
      home.drop("pos/S1/3.csv", Pos.file(sold("C2", "04 08:00", 70, 6)));
      home.night("2026-05-04");
      assertThat(booked(home, "2026-05-04"))
          .containsExactlyInAnyOrder(
              "EARN -7 vote/app/1#vote 05-04 23",
              "EARN -50 0502-9-1/#once 05-04 23",
              "EARN 70 0504-9-6/S70#twice 05-04 08");
      // what was taken back stays so, whatever is told of it
      home.drop(
          "pos/S1/4.csv",
          Pos.file(
              Pos.row("C1", "2026-05-05 10:00:00", "S30", -30, "8", "1"),
              sold("C1", "02 10:00", 30, 1),
              sold("C1", "02 10:00", 40, 1)));
      home.night("2026-05-05");
      assertThat(booked(home, "2026-05-05"))
          .containsExactly("CLAWBACK -30 0502-9-1/S30#twice 05-05 10");
    }
  }

  @Test
  void B17_what_a_return_took_already_is_not_taken_again_when_two_become_one() {
    try (TestHome home = new TestHome(dir)) {
      home.write("programs/base.yaml", RULES);
      home.drop(
          "program/members.csv", "card,phone,birthday,join_date,home_shop\nC1,,,,S1\nC2,,,,S1\n");
      home.drop(
          "pos/S1/1.csv", Pos.file(sold("C1", "02 10:00", 30, 1), sold("C2", "01 10:00", 60, 2)));
      home.night("2026-05-02");
      home.drop(
          "pos/S1/2.csv", Pos.file(Pos.row("C1", "2026-05-03 10:00:00", "S30", -30, "8", "1")));
      home.night("2026-05-03");
      assertThat(booked(home, "2026-05-03")).contains("CLAWBACK -50 0502-9-1/#once 05-03 10");
      home.drop(
          "program/members.csv",
          "card,phone,birthday,join_date,home_shop\nC1,13800000001,,,S1\nC2,13800000001,,,S1\n");
      home.night("2026-05-04");
      assertThat(booked(home, "2026-05-04")).isEmpty();
      assertThat(home.balances()).containsExactly("0 170 0");
    }
  }

  @Test
  void B17_H2_what_a_frozen_account_does_not_earn_uses_no_limit_whenever_it_is_told() {
    try (TestHome home = new TestHome(dir, "staff: {hq: [ann, bob]}\n")) {
      home.write("programs/base.yaml", RULES + "frozen: {earn: false, expire: true}\n");
      home.drop("program/members.csv", "card,phone,birthday,join_date,home_shop\nC1,,,,S1\n");
      home.drop(
          "program/states.csv",
          "member_kind,member_value,state,reason,requested_by,approved_by,at\n"
              + "card,C1,frozen,asked by phone,Ann,bob,2026-05-01 08:00:00\n"
              + "card,C1,active,asked by phone,Ann,bob,2026-05-01 09:00:00\n");
      String frozen = sold("C1", "01 08:30", 30, 1);
      home.drop("pos/S1/1.csv", Pos.file(frozen, sold("C1", "01 10:00", 40, 2)));
      home.night("2026-05-01");
      assertThat(booked(home, "2026-05-01"))
          .containsExactly(
              "EARN 50 0501-9-2/#once 05-01 10", "EARN 40 0501-9-2/S40#twice 05-01 10");
      home.drop("pos/S1/2.csv", Pos.file(frozen, sold("C1", "02 10:00", 50, 3)));
      home.night("2026-05-02");
      assertThat(booked(home, "2026-05-02")).containsExactly("EARN 50 0502-9-3/S50#twice 05-02 10");
    }
  }
}
