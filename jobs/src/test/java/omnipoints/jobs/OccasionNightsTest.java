package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What joining, a date and top-ups give, from files to the ledger. */
class OccasionNightsTest {

  @TempDir Path dir;

  /** {@code <kind> <points> <cause> <time>} of a night; members by the token they came with. */
  private static List<String> booked(TestHome home, String night) {
    return home.rows(
        "select e.kind || ' ' || e.points + e.moved || ' ' || e.cause_type || ' '"
            + " || case e.cause_type when 'MEMBER' then right(split_part(e.cause_key, '#', 1), 1) || '#' else '' end"
            + " || case e.cause_type when 'MEMBER' then split_part(e.cause_key, '#', 2) else e.cause_key end"
            + " || to_char(e.effective_at at time zone 'Asia/Shanghai', ' MM-DD HH24:MI')"
            + " from entry e where night = '"
            + night
            + "' order by member_id, n");
  }

  private static String topups(String... rows) {
    return "topup_no,refund_no,shop,member_kind,member_value,principal_fen,event,at\n"
        + String.join("\n", rows)
        + "\n";
  }

  @Test
  void B18_B22_K7_K10_members_dates_and_top_ups_give_once_and_fall_with_what_went_back() {
    try (TestHome home = new TestHome(dir)) {
      home.write(
          "programs/base.yaml",
          """
          program: base
          version: 1
          effective_from: 2026-01-01
          point: {fen: 100}
          earn: {per_fen: 100, points: 1, mode: linear, rounding: floor, scope: line}
          hold: {days: 7, from: completed}
          expiry: {kind: rolling, length: 1y, start: available}
          rules:
          - {id: welcome, on: member, window: {from: 2026-05-01}, points: 50}
          - {id: wake_up, on: schedule, at: 2026-05-04, when: {segment: silent}, points: 30, expires: 3d, campaign: wake, budget: 20}
          - {id: stored, on: topup, rate: {per_fen: 100000, points: 100, mode: step}, hold: 1d}
          - {id: large, on: topup, when: {principal_fen: {gte: 200000}}, points: 7}
          tiers: {cycle: rolling, measure: {days: 30}, levels: [{id: base}, {id: silver, enter: {paid_net_fen: {gte: 1}}}]}
          """);
      home.drop(
          "program/members.csv",
          "card,phone,birthday,join_date,home_shop\nC1,,,2026-05-02,S1\nC2,,,2026-04-30,S1\n,13800000003,,,S1\n");
      home.drop(
          "program/standing.csv",
          "member_kind,member_value,what,name,from,to,uses,reason,requested_by,approved_by\n"
              + "card,C1,segment,silent,,,,,,\ncard,C2,segment,loyal,,,,,,\n");
      home.drop(
          "program/topup.csv",
          topups(
              "T1,,S1,card,C1,250000,topup,2026-05-02 10:00:00",
              "T/2,,S1,card,C2,99900,topup,2026-05-02 11:00:00"));
      home.night("2026-05-02");
      assertThat(booked(home, "2026-05-02"))
          .containsExactlyInAnyOrder(
              "EARN 50 MEMBER 1#welcome 05-02 00:00",
              "RELEASE 50 MEMBER 1#welcome 05-02 00:00",
              "EARN 7 TOPUP T1#large 05-02 10:00",
              "RELEASE 7 TOPUP T1#large 05-02 10:00",
              "EARN 200 TOPUP T1#stored 05-02 10:00",
              "EARN 50 MEMBER 3#welcome 05-02 00:00",
              "RELEASE 50 MEMBER 3#welcome 05-02 00:00");
      // one person after all; and a part of the stored value goes back
      home.drop(
          "program/members2.csv",
          "card,phone,birthday,join_date,home_shop\nC1,13800000003,,2026-05-02,S2\n");
      home.drop("program/topup2.csv", topups("T1,R1,S1,card,C1,100000,refund,2026-05-03 12:00:00"));
      home.night("2026-05-03");
      assertThat(booked(home, "2026-05-03"))
          .contains(
              "RELEASE 200 TOPUP T1#stored 05-03 00:00",
              "CLAWBACK -100 TOPUP T1#stored 05-03 12:00")
          .anyMatch(row -> row.startsWith("EARN -50 MEMBER 3#welcome 05-03"))
          .filteredOn(row -> !row.startsWith("MERGE"))
          .hasSize(3);
      home.drop("program/topup3.csv", topups("T1,R2,S1,card,C1,150000,refund,2026-05-04 12:00:00"));
      home.night("2026-05-04");
      assertThat(booked(home, "2026-05-04"))
          .containsExactly(
              "EARN 20 SCHEDULE 2026-05-04#wake_up 05-04 00:00",
              "RELEASE 20 SCHEDULE 2026-05-04#wake_up 05-04 00:00",
              "CLAWBACK -7 TOPUP T1#large 05-04 12:00",
              "CLAWBACK -100 TOPUP T1#stored 05-04 12:00");
      assertThat(home.balances()).containsExactly("0 70 0");
      assertThat(home.rows("select distinct tier from tier_state")).containsExactly("base");
      home.night("2026-05-06");
      assertThat(booked(home, "2026-05-06"))
          .containsExactly("EXPIRE -20 EXPIRY 2026-05-06 05-06 23:59");
    }
  }
}
