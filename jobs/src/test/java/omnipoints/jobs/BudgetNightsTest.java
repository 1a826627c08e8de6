package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may be given over all members, from files to the ledger. */
class BudgetNightsTest {

  private static final String RULES =
      """
      program: base
      version: 1
      effective_from: 2026-01-01
      earn: {per_fen: 100, points: 1, mode: linear, rounding: floor, scope: line}
      hold: {days: 7, from: completed}
      expiry: {kind: rolling, length: 1y, start: available}
      rules:
      - {id: loyal, when: {segment: loyal}, times: 6/5, budget: 100, campaign: autumn}
      - {id: share, on: activity, when: {type: share}, points: 2, budget: 3}
      """;

  private static final String HEAD = "event_id,type,platform,member_kind,member_value,at\n";

  @TempDir Path dir;

  private static List<String> booked(TestHome home, String night) {
    return home.rows(
        "select kind || ' ' || points || ' ' || cause_key from entry"
            + " where cause_key like '%#%#0%#%' and kind <> 'RELEASE' and night = '"
            + night
            + "' or cause_type = 'ACTIVITY' and kind <> 'RELEASE' and night = '"
            + night
            + "' order by member_id, n");
  }

  private static TestHome home(Path dir, String rules) {
    TestHome home = new TestHome(dir);
    home.write("programs/base.yaml", rules);
    home.drop(
        "program/standing.csv",
        "member_kind,member_value,what,name,from,to\n"
            + "card,C1,segment,loyal,,\ncard,C2,segment,loyal,,\ncard,C3,segment,loyal,,\n");
    home.drop(
        "program/members.csv",
        "card,phone,birthday,join_date,home_shop\nC1,,,,S1\nC2,,,,S1\nC3,,,,S1\n");
    return home;
  }

  /** In the global order, whatever order members and files have; the last one in part. */
  @Test
  void B22_B23_a_budget_is_given_in_the_order_of_events_and_ends() {
    try (TestHome home = home(dir, RULES)) {
      home.drop(
          "pos/S1/1.csv",
          Pos.file(
              Pos.row("C1", "2026-05-01 12:00:00", "A", 300, "1", "1"),
              Pos.row("C2", "2026-05-01 11:00:00", "A", 200, "1", "2"),
              Pos.row("C3", "2026-05-01 13:00:00", "A", 100, "1", "3")));
      home.drop(
          "program/activity.csv",
          HEAD
              + "1,share,app,card,C3,2026-05-01 09:00:00\n2,share,app,card,C1,2026-05-01 10:00:00\n"
              + "3,share,app,card,C1,2026-05-01 11:00:00\n");
      home.night("2026-05-01");
      assertThat(booked(home, "2026-05-01"))
          .containsExactlyInAnyOrder(
              "EARN 40 20260501-1-2/A#0000020000#001#loyal",
              "EARN 60 20260501-1-1/A#0000030000#001#loyal",
              "EARN 2 share/app/1#share",
              "EARN 1 share/app/2#share");
      assertThat(
              home.file("reports/2026-05-01/awards.csv")
                  .lines()
                  .skip(1)
                  .map(row -> row.replaceAll("M\\d+", "M")))
          .containsExactlyInAnyOrder(
              "2026-05-01,M,loyal,LINE,20260501-1-3/A#0000010000#001#loyal,20,0,BUDGET",
              "2026-05-01,M,share,ACTIVITY,share/app/2#share,2,1,BUDGET",
              "2026-05-01,M,share,ACTIVITY,share/app/3#share,2,0,BUDGET");
      // a return refills nothing, and of what was granted in part the kept money keeps its own
      home.drop(
          "pos/S1/2.csv",
          Pos.file(
              Pos.row("C1", "2026-05-02 12:00:00", "A", -150, "9", "1"),
              Pos.row("C2", "2026-05-02 13:00:00", "B", 500, "1", "4")));
      home.night("2026-05-02");
      assertThat(booked(home, "2026-05-02"))
          .containsExactly("CLAWBACK -30 20260501-1-1/A#0000030000#001#loyal");
      assertThat(
              home.rows(
                  "select rule || ' ' || sum(granted) from budget_taken group by rule order by 1"))
          .containsExactly("loyal 100", "share 3");
    }
  }

  /** What came back may be given again from the next night on. */
  @Test
  void B22_a_budget_that_returns_fill_up() {
    try (TestHome home = home(dir, RULES.replace("budget: 100,", "budget: 100, refill: true,"))) {
      home.drop("pos/S1/1.csv", Pos.file(Pos.row("C1", "2026-05-01 12:00:00", "A", 600, "1", "1")));
      home.night("2026-05-01");
      assertThat(booked(home, "2026-05-01"))
          .containsExactly("EARN 100 20260501-1-1/A#0000060000#001#loyal");
      home.drop(
          "pos/S1/2.csv",
          Pos.file(
              Pos.row("C1", "2026-05-02 12:00:00", "A", -300, "9", "1"),
              Pos.row("C2", "2026-05-02 13:00:00", "A", 500, "1", "4")));
      home.night("2026-05-02");
      assertThat(booked(home, "2026-05-02"))
          .containsExactly("CLAWBACK -40 20260501-1-1/A#0000060000#001#loyal");
      home.drop("pos/S1/3.csv", Pos.file(Pos.row("C3", "2026-05-03 12:00:00", "A", 500, "1", "5")));
      home.night("2026-05-03");
      assertThat(booked(home, "2026-05-03"))
          .containsExactly("EARN 40 20260503-1-5/A#0000050000#001#loyal");
    }
  }
}
