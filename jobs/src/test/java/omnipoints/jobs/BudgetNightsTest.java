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
      frozen: {earn: false}
      rules:
      - {id: loyal, when: {segment: loyal}, times: 6/5, budget: 100, campaign: autumn}
      - {id: share, on: activity, when: {type: share}, points: 2, budget: 3}
      - {id: review, on: activity, when: {type: review}, points: 20, budget: 20, refill: true}
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
    TestHome home = new TestHome(dir, "staff: {hq: [ann, bob]}\n");
    home.write("programs/base.yaml", rules);
    home.drop(
        "program/standing.csv",
        "member_kind,member_value,what,name,from,to\n"
            + "card,C1,segment,loyal,,\ncard,C2,segment,loyal,,\ncard,C3,segment,loyal,,\n");
    home.drop(
        "program/members.csv",
        "card,phone,birthday,join_date,home_shop\nC1,,,,S1\nC2,,,,S1\nC3,,,,S1\nC4,,,,S1\n");
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
      // shops number for themselves
      home.drop("pos/S2/1.csv", Pos.file(Pos.row("C3", "2026-05-01 14:00:00", "A", 100, "1", "3")));
      home.drop(
          "program/activity.csv",
          HEAD
              + "1,share,app,card,C3,2026-05-01 09:00:00\n2,share,app,card,C1,2026-05-01 10:00:00\n"
              + "3,share,app,card,C1,2026-05-01 11:00:00\n"
              + "4,share,app,card,C4,2026-05-01 08:00:00\n");
      // who is frozen takes nothing from others
      home.drop(
          "program/state.csv",
          "member_kind,member_value,state,reason,requested_by,approved_by,at\n"
              + "card,C4,frozen,asked by phone,ann,bob,2026-05-01 07:00:00\n");
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
              "2026-05-01,M,loyal,LINE,20260501-1-3/A#0000010000#001#loyal,20,0,BUDGET",
              "2026-05-01,M,share,ACTIVITY,share/app/2#share,2,1,BUDGET",
              "2026-05-01,M,share,ACTIVITY,share/app/3#share,2,0,BUDGET");
      assertThat(explained(home, "share/app/2#share")).isEqualTo("2 1 BUDGET 1");
      assertThat(explained(home, "share/app/1#share")).isEqualTo("2 2 null 2");
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

  /** {@code <desired> <granted> <reason> <formula>} of the award of a cause. */
  private static String explained(TestHome home, String cause) {
    String[] key =
        home.rows(
                "select night || ' ' || member_id || ' ' || n from entry where kind = 'EARN' and cause_key = '"
                    + cause
                    + "'")
            .get(0)
            .split(" ");
    var entry = new EntryKey(LocalDate.parse(key[0]), key[1], Integer.parseInt(key[2]));
    try (Books books =
        Books.open(Database.open(home.database.url()), TestHome.ZONE).orElseThrow()) {
      Explanation why = Explanation.of(books, home.dir.resolve("programs"), entry).orElseThrow();
      Explanation.Desired award = why.award();
      return award.desired()
          + " "
          + award.granted()
          + " "
          + award.reason()
          + " "
          + why.arithmetic();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Whatever point a night dies at, and in whatever files it came, it gives the same to the same.
   */
  @Test
  void B22_a_night_that_died_shares_the_same_again() {
    String activities =
        HEAD + "1,share,app,card,C3,2026-05-01 09:00:00\n2,share,app,card,C1,2026-05-01 10:00:00\n";
    String rules = RULES + "- {id: first, slot: first_order, points: 7, budget: 10}\n";
    List<String> expected = null;
    for (String point : new String[] {"", "post:orders", "post:member", "post:applied"}) {
      try (TestHome home = home(dir.resolve(point.replace(":", "_") + "x"), rules)) {
        String one = Pos.row("C1", "2026-05-01 12:00:00", "A", 300, "1", "1");
        String two = Pos.row("C2", "2026-05-01 11:00:00", "A", 400, "1", "2");
        if (point.isEmpty()) home.drop("pos/S1/1.csv", Pos.file(one, two));
        else home.drop("pos/S1/1.csv", Pos.file(two)).drop("pos/S1/2.csv", Pos.file(one));
        home.drop("program/activity.csv", activities);
        if (!point.isEmpty())
          try (var dying = new DyingNight(home, "2026-05-01", point)) {
            dying.diesAt(point);
          }
        home.night("2026-05-01");
        List<String> given =
            home.rows(
                "select kind || ' ' || points || ' ' || cause_key from entry order by member_id, n");
        if (expected == null) {
          expected = given;
          assertThat(given).contains("EARN 3 20260501-1-1/#first", "EARN 7 20260501-1-2/#first");
        }
        assertThat(given).as(point).isEqualTo(expected);
      }
    }
  }

  /** What came back may be given again from the next night on. */
  @Test
  void B22_a_budget_that_returns_fill_up() {
    try (TestHome home = home(dir, RULES.replace("budget: 100,", "budget: 100, refill: true,"))) {
      home.drop(
          "pos/S1/1.csv",
          Pos.file(
              Pos.row("C1", "2026-05-01 12:00:00", "A", 600, "1", "1"),
              Pos.row("C4", "2026-05-01 12:00:00", "Q", 100, "1", "7"),
              Pos.row("C4", "2026-05-01 12:00:00", "R", 100, "1", "8")));
      home.drop(
          "program/activity.csv",
          "event_id,type,platform,member_kind,member_value,at,channel,order_no\n"
              + "1,review,app,card,C4,2026-05-01 13:00:00,pos,20260501-1-7\n"
              + "2,review,app,card,C4,2026-05-01 14:00:00,pos,20260501-1-8\n");
      home.night("2026-05-01");
      assertThat(booked(home, "2026-05-01"))
          .containsExactlyInAnyOrder(
              "EARN 100 20260501-1-1/A#0000060000#001#loyal", "EARN 20 review/app/1#review");
      home.drop(
          "pos/S1/2.csv",
          Pos.file(
              Pos.row("C1", "2026-05-02 12:00:00", "A", -300, "9", "1"),
              Pos.row("C4", "2026-05-02 12:00:00", "Q", -100, "9", "2"),
              Pos.row("C2", "2026-05-02 13:00:00", "A", 500, "1", "4")));
      home.night("2026-05-02");
      assertThat(booked(home, "2026-05-02"))
          .containsExactlyInAnyOrder(
              "CLAWBACK -40 20260501-1-1/A#0000060000#001#loyal",
              "CLAWBACK -20 review/app/1#review");
      // what was decided to get nothing stays so
      home.drop(
          "pos/S1/3.csv",
          Pos.file(
              Pos.row("C3", "2026-05-03 12:00:00", "A", 500, "1", "5"),
              Pos.row("C2", "2026-05-03 11:00:00", "B", -100, "9", "4"),
              Pos.row("C4", "2026-05-03 12:00:00", "R", -50, "9", "3")));
      home.night("2026-05-03");
      assertThat(booked(home, "2026-05-03"))
          .containsExactly("EARN 40 20260503-1-5/A#0000050000#001#loyal");
    }
  }
}
