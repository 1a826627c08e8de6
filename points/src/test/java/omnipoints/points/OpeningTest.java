package omnipoints.points;

import static omnipoints.points.Program.ExpiryUnit.DAY;
import static omnipoints.points.Program.ExpiryUnit.YEAR;
import static omnipoints.points.Scenario.base;
import static omnipoints.points.Scenario.program;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Opening balances of platforms, rule by rule. */
class OpeningTest {

  @TestFactory
  java.util.stream.Stream<DynamicTest> the_combine_rule_makes_one_balance_of_two() {
    // ours 100 (pending) each time
    return java.util.stream.Stream.of(
            "SUM 200 +200 300",
            "SUM 40 +40 140",
            "SUM 0 - 100",
            "THEIRS 200 +100 200",
            "THEIRS 100 - 100",
            "THEIRS 40 -60 40",
            "THEIRS 0 -100 0",
            "OURS 200 - 100",
            "OURS 0 - 100",
            "MAX 200 +100 200",
            "MAX 100 - 100",
            "MAX 40 - 100")
        .map(row -> DynamicTest.dynamicTest(row, () -> combines(row.split(" "))));
  }

  private static void combines(String[] row) {
    Scenario s = new Scenario(base());
    s.line("o/1").paid("2026-01-01T10:00", 10000);
    s.opening("youzan", Long.parseLong(row[1]), Combine.valueOf(row[0]));
    s.night("2026-01-01");
    String earn = "EARN +100 o/1 2026-01-01T10:00:00";
    if (row[2].equals("-")) s.books(earn);
    else s.books(earn, "OPENING " + row[2] + " youzan 2026-01-01T23:59:59");
    assertThat(s.entries().stream().mapToLong(MemberOutcome.Entry::points).sum())
        .isEqualTo(Long.parseLong(row[3]));
  }

  @Test
  void what_an_opening_adds_can_be_used_at_once_and_lives_from_the_night_on() {
    Scenario s = new Scenario(program(7, 1, YEAR));
    s.opening("youzan", 200, Combine.SUM);
    s.night("2026-01-01")
        .books("OPENING +200 youzan 2026-01-01T23:59:59")
        .holds("OPENING/youzan until 2026-12-31=200")
        .has("pending 0 available 200 owed 0");
  }

  @Test
  void an_opening_expires_like_other_points() {
    Scenario s = new Scenario(program(7, 3, DAY));
    s.opening("youzan", 200, Combine.SUM);
    s.night("2026-01-01");
    s.night("2026-01-02").books();
    s.night("2026-01-03")
        .books("EXPIRE -200 2026-01-03 2026-01-03T23:59:59")
        .has("pending 0 available 0 owed 0");
  }

  @Test
  void what_an_opening_takes_comes_soonest_expiring_first_and_the_rest_is_owed() {
    Scenario s = new Scenario(program(1, 30, DAY));
    s.line("o/1").paid("2026-01-01T10:00", 10000).completed("2026-01-01T11:00");
    s.line("o/2").paid("2026-01-03T10:00", 5000);
    s.night("2026-01-03");
    s.opening("youzan", 20, Combine.THEIRS);
    s.night("2026-01-04")
        .books("OPENING -130 youzan 2026-01-04T23:59:59")
        .allocates("DEBIT +100 youzan > o/1")
        .has("pending 50 available 0 owed 30");
    s.line("o/2").completed("2026-01-05T10:00");
    s.night("2026-01-06")
        .books("RELEASE (50) o/2 2026-01-06T00:00:00")
        .allocates("REPAY +30 youzan > o/2")
        .has("pending 0 available 20 owed 0");
  }

  @Test
  void an_opening_pays_what_is_owed_first() {
    Scenario s = new Scenario(base());
    s.orphan("r/1", "2026-01-01T09:00", 5000);
    s.opening("youzan", 200, Combine.SUM);
    s.night("2026-01-01")
        .books("CLAWBACK -50 r/1 2026-01-01T09:00:00", "OPENING +200 youzan 2026-01-01T23:59:59")
        .allocates("REPAY +50 r/1 > youzan")
        .has("pending 0 available 150 owed 0");
  }

  @Test
  void a_debt_counts_as_less_than_nothing_when_balances_are_compared() {
    Scenario s = new Scenario(base());
    s.orphan("r/1", "2026-01-01T09:00", 5000);
    s.night("2026-01-01").has("pending 0 available 0 owed 50");
    s.opening("youzan", 200, Combine.THEIRS);
    s.night("2026-01-02")
        .books("OPENING +250 youzan 2026-01-02T23:59:59")
        .has("pending 0 available 200 owed 0");
  }

  @Test
  void a_later_return_is_clawed_back_from_the_opening_too() {
    Scenario s = new Scenario(base());
    s.opening("youzan", 200, Combine.SUM);
    s.night("2026-01-01");
    s.orphan("r/1", "2026-01-02T09:00", 5000);
    s.night("2026-01-02")
        .books("CLAWBACK -50 r/1 2026-01-02T09:00:00")
        .allocates("DEBIT +50 r/1 > youzan")
        .has("pending 0 available 150 owed 0");
  }

  @Test
  void a_balance_is_imported_once_per_channel() {
    Scenario s = new Scenario(base());
    s.opening("youzan", 200, Combine.SUM);
    s.night("2026-01-01");
    s.opening("youzan", 250, Combine.SUM).opening("wechat_store", 7, Combine.SUM);
    s.night("2026-01-02").books("OPENING +7 wechat_store 2026-01-02T23:59:59");
  }

  @Test
  void members_that_had_openings_keep_both_when_they_merge_and_get_no_third() {
    Scenario s = new Scenario(base());
    s.opening("m1", "youzan", 200, Combine.SUM).opening("m2", "youzan", 30, Combine.SUM);
    s.night("2026-01-01")
        .books(
            "OPENING +200 youzan 2026-01-01T23:59:59",
            "m2: OPENING +30 youzan 2026-01-01T23:59:59");
    s.merge("m2", "m1", "2026-01-02T09:00").opening("youzan", 230, Combine.SUM);
    s.night("2026-01-02")
        .books("m2: MERGE -30 m1 2026-01-02T09:00:00", "MERGE +30 m2 2026-01-02T09:00:00")
        .has("pending 0 available 230 owed 0");
  }

  @Test
  void openings_of_one_night_follow_each_other_by_channel() {
    Scenario s = new Scenario(base());
    s.opening("youzan", 200, Combine.MAX).opening("wechat_store", 150, Combine.MAX);
    s.night("2026-01-01")
        .books(
            "OPENING +150 wechat_store 2026-01-01T23:59:59",
            "OPENING +50 youzan 2026-01-01T23:59:59");
  }
}
