package omnipoints.points;

import static omnipoints.points.Program.ExpiryUnit.DAY;
import static omnipoints.points.Program.ExpiryUnit.YEAR;
import static omnipoints.points.Scenario.base;
import static omnipoints.points.Scenario.program;
import static omnipoints.points.Scenario.spending;

import omnipoints.points.Program.DebtPolicy;
import org.junit.jupiter.api.Test;

/** What is spent, refused and given back, row by row of the requirements. */
class RedeemingTest {
  /** m1 may spend {@code points} from a date on, for a year. */
  private static Scenario having(int points, String date) {
    return having(points, date, program(0, 1, YEAR));
  }

  private static Scenario having(int points, String date, Program program) {
    Scenario s = new Scenario(program);
    s.line("o/1").paid(date + "T08:00", points * 100).completed(date + "T08:00");
    return s.night(date);
  }

  @Test
  void d10_500_points_buy_what_costs_500_and_with_499_one_is_missing() {
    having(500, "2026-01-01")
        .request("q1", "2026-01-02T10:00", 500)
        .night("2026-01-02")
        .books("REDEEM -500 q1 2026-01-02T10:00:00")
        .allocates("DEBIT +500 q1 > o/1")
        .judges("q1 GRANTED, left 0")
        .has("pending 0 available 0 owed 0");
    having(499, "2026-01-01")
        .request("q1", "2026-01-02T10:00", 500)
        .night("2026-01-02")
        .books()
        .judges("q1 REFUSED SHORT 1, left 499")
        .has("pending 0 available 499 owed 0");
  }

  @Test
  void d9_a_price_of_one_point_works_and_a_member_gets_one() {
    having(5, "2026-01-01")
        .request("q1", "2026-01-02T10:00", 1, 1)
        .request("q2", "2026-01-02T11:00", 1, 1)
        .night("2026-01-02")
        .books("REDEEM -1 q1 2026-01-02T10:00:00")
        .judges("q1 GRANTED, left 4", "q2 REFUSED LIMIT, left 4");
  }

  @Test
  void executed_ones_take_a_limit_first_and_beyond_it_they_are_booked_and_marked() {
    having(5, "2026-01-01")
        .request("q1", "2026-01-02T10:00", 1, 1)
        .execute("x1", "2026-01-02T11:00", 1, 1)
        .execute("x2", "2026-01-02T12:00", 1, 1)
        .night("2026-01-02")
        .books("REDEEM -1 x1 2026-01-02T11:00:00", "REDEEM -1 x2 2026-01-02T12:00:00")
        .judges("q1 REFUSED LIMIT, left 5", "x1 BOOKED, left 4", "x2 BOOKED beyond, left 3");
  }

  @Test
  void e6_points_are_spent_soonest_expiring_first_never_expiring_last() {
    Scenario s = new Scenario(program(0, 0, null));
    s.line("o/never").paid("2026-01-01T08:00", 1000).completed("2026-01-01T08:00");
    s.night("2026-01-01");
    s.from("2026-01-02", program(0, 10, DAY));
    s.line("o/late").paid("2026-01-03T08:00", 1000).completed("2026-01-03T08:00");
    s.line("o/soon").paid("2026-01-02T08:00", 1000).completed("2026-01-02T08:00");
    s.request("q1", "2026-01-03T12:00", 25)
        .night("2026-01-03")
        .allocates("DEBIT +10 q1 > o/soon", "DEBIT +10 q1 > o/late", "DEBIT +5 q1 > o/never");
  }

  @Test
  void requests_are_judged_one_by_one_and_a_refused_one_takes_nothing() {
    having(100, "2026-01-01")
        .request("q3", "2026-01-02T12:00", 40)
        .request("q1", "2026-01-02T10:00", 60)
        .request("q2", "2026-01-02T11:00", 50)
        .night("2026-01-02")
        .books("REDEEM -60 q1 2026-01-02T10:00:00", "REDEEM -40 q3 2026-01-02T12:00:00")
        .judges("q1 GRANTED, left 40", "q2 REFUSED SHORT 10, left 40", "q3 GRANTED, left 0");
  }

  @Test
  void a_request_is_judged_by_what_the_account_holds_at_its_place_in_the_night() {
    Scenario s = having(100, "2026-01-01");
    s.line("o/1").refunded("2026-01-02T11:00", 5000);
    s.line("o/2").paid("2026-01-02T12:00", 3000).completed("2026-01-02T12:00");
    s.request("before", "2026-01-02T10:00", 60)
        .request("after", "2026-01-02T13:00", 30)
        .night("2026-01-02")
        .books(
            "REDEEM -60 before 2026-01-02T10:00:00",
            "CLAWBACK -50 o/1 2026-01-02T11:00:00",
            "EARN +30 o/2 2026-01-02T12:00:00",
            "RELEASE (30) o/2 2026-01-02T12:00:00")
        // what was released repays what the return left owed
        .judges("before GRANTED, left 40", "after REFUSED SHORT 10, left 20");
  }

  @Test
  void an_executed_redemption_is_booked_always_and_what_is_missing_is_owed_and_repaid() {
    Scenario s = having(60, "2026-01-01");
    s.execute("x1", "2026-01-02T10:00", 100)
        .night("2026-01-02")
        .books("REDEEM -100 x1 2026-01-02T10:00:00")
        .judges("x1 BOOKED owes 40, left 0")
        .has("pending 0 available 0 owed 40");
    s.line("o/2").paid("2026-01-03T08:00", 10000).completed("2026-01-03T08:00");
    s.night("2026-01-03").allocates("REPAY +40 x1 > o/2").has("pending 0 available 60 owed 0");
  }

  @Test
  void f5_who_owes_spends_nothing_where_the_programme_says_so() {
    for (DebtPolicy policy : DebtPolicy.values()) {
      Scenario s = new Scenario(spending(program(0, 3, DAY), 0, policy));
      s.execute("x1", "2026-01-05T10:00", 40).night("2026-01-05");
      // these points were dead when the debt was made: they repay nothing of it
      s.line("o/1").paid("2026-01-02T08:00", 10000).completed("2026-01-02T08:00");
      s.request("q1", "2026-01-04T10:00", 10).night("2026-01-06");
      if (policy == DebtPolicy.ALLOW) s.judges("q1 GRANTED, left 90");
      else s.judges("q1 REFUSED DEBT, left 100");
    }
  }

  @Test
  void a_late_request_may_use_points_that_were_alive_at_its_time() {
    Scenario s = having(10, "2026-01-01", program(0, 2, DAY));
    s.night("2026-01-02").has("pending 0 available 0 owed 0");
    s.request("q1", "2026-01-02T20:00", 7)
        .request("q2", "2026-01-03T00:00", 1)
        .night("2026-01-04")
        .books("REDEEM -7 q1 2026-01-02T20:00:00", "EXPIRE +7 2026-01-02 2026-01-02T23:59:59")
        .judges("q1 GRANTED, left 3", "q2 REFUSED SHORT 1, left 0");
  }

  @Test
  void pending_points_buy_nothing() {
    Scenario s = new Scenario(base());
    s.line("o/1").paid("2026-01-01T08:00", 10000).completed("2026-01-01T08:00");
    s.request("q1", "2026-01-01T10:00", 10)
        .night("2026-01-01")
        .judges("q1 REFUSED SHORT 10, left 0");
  }

  @Test
  void d14_a_cancelled_redemption_gives_its_points_back_to_the_lots_it_took() {
    Scenario s = new Scenario(program(0, 1, YEAR));
    s.line("o/1").paid("2026-01-01T08:00", 1000).completed("2026-01-01T08:00");
    s.line("o/2").paid("2026-01-02T08:00", 1000).completed("2026-01-02T08:00");
    s.night("2026-01-02");
    s.request("q1", "2026-01-03T10:00", 15).night("2026-01-03").holds("o/2 until 2027-01-01=5");
    s.goesBack("q1", "2026-02-01T09:00", 15)
        .night("2026-02-01")
        .books("RESTORE +15 q1 2026-02-01T09:00:00")
        .allocates("RESTORE -5 q1 > o/2", "RESTORE -10 q1 > o/1")
        .holds("o/1 until 2026-12-31=10", "o/2 until 2027-01-01=10");
    s.goesBack("q1", "2026-02-01T09:00", 15).night("2026-02-02").books();
  }

  @Test
  void the_newest_allocation_goes_back_first_and_never_more_than_was_taken() {
    Scenario s = new Scenario(program(0, 1, YEAR));
    s.line("o/1").paid("2026-01-01T08:00", 1000).completed("2026-01-01T08:00");
    s.line("o/2").paid("2026-01-02T08:00", 1000).completed("2026-01-02T08:00");
    s.night("2026-01-02");
    s.request("q1", "2026-01-03T10:00", 20).night("2026-01-03");
    s.goesBack("q1", "2026-01-04T09:00", 12)
        .night("2026-01-04")
        .allocates("RESTORE -10 q1 > o/2", "RESTORE -2 q1 > o/1");
    s.goesBack("q1", "2026-01-04T09:00", 12, "2026-01-05T09:00", 99)
        .night("2026-01-05")
        .books("RESTORE +8 q1 2026-01-05T09:00:00")
        .has("pending 0 available 20 owed 0");
  }

  @Test
  void a_redemption_that_is_cancelled_in_its_own_night_is_taken_and_given_back() {
    having(10, "2026-01-01")
        .request("q1", "2026-01-02T10:00", 10)
        .goesBack("q1", "2026-01-02T09:00", 10)
        .night("2026-01-02")
        .books("REDEEM -10 q1 2026-01-02T10:00:00", "RESTORE +10 q1 2026-01-02T10:00:00")
        .has("pending 0 available 10 owed 0");
  }

  @Test
  void nothing_goes_back_of_a_request_that_was_refused() {
    having(10, "2026-01-01")
        .request("q1", "2026-01-02T10:00", 20)
        .goesBack("q1", "2026-01-02T11:00", 20)
        .night("2026-01-02")
        .books();
  }

  @Test
  void f10_points_whose_lot_died_come_back_for_the_days_of_grace_and_only_once() {
    Scenario s = having(10, "2026-01-01", spending(program(0, 2, DAY), 30, DebtPolicy.ALLOW));
    s.request("q1", "2026-01-02T10:00", 10).night("2026-01-02");
    s.goesBack("q1", "2026-02-01T09:00", 10)
        .night("2026-02-01")
        .books("RESTORE +10 q1 2026-02-01T09:00:00")
        .allocates("RESTORE -10 q1 > o/1", "GRACE +10 q1 > o/1")
        .holds("o/1 until 2026-03-02=10");
    s.request("q2", "2026-03-02T10:00", 10).night("2026-03-02").allocates("DEBIT +10 q2 > q1");
    s.goesBack("q2", "2026-03-03T09:00", 10)
        .night("2026-03-03")
        .books("RESTORE +10 q2 2026-03-03T09:00:00", "EXPIRE -10 2026-03-02 2026-03-02T23:59:59")
        .allocates("RESTORE -10 q2 > q1", "EXPIRE +10 2026-03-02 > q1");
  }

  @Test
  void f10_without_grace_dead_points_come_back_and_expire() {
    Scenario s = having(10, "2026-01-01", program(0, 2, DAY));
    s.request("q1", "2026-01-02T10:00", 10).night("2026-01-02");
    s.goesBack("q1", "2026-02-01T09:00", 10)
        .night("2026-02-01")
        .books("RESTORE +10 q1 2026-02-01T09:00:00", "EXPIRE -10 2026-01-31 2026-01-31T23:59:59");
  }

  @Test
  void of_several_dead_lots_each_comes_back_as_one_of_its_own_under_one_entry() {
    Scenario s = new Scenario(spending(program(0, 2, DAY), 3, DebtPolicy.ALLOW));
    s.line("o/1").paid("2026-01-01T08:00", 1000).completed("2026-01-01T08:00");
    s.line("o/2").paid("2026-01-01T09:00", 1000).completed("2026-01-01T09:00");
    s.night("2026-01-01");
    s.request("q1", "2026-01-02T10:00", 20).night("2026-01-02");
    s.goesBack("q1", "2026-01-10T09:00", 20)
        .night("2026-01-10")
        .books("RESTORE +20 q1 2026-01-10T09:00:00")
        .holds("o/1 until 2026-01-12=10", "o/2 until 2026-01-12=10");
  }

  @Test
  void a_lot_that_was_alive_when_the_points_came_back_keeps_its_date_however_late_that_is_told() {
    Scenario s = having(10, "2026-01-01", spending(program(0, 2, DAY), 30, DebtPolicy.ALLOW));
    s.request("q1", "2026-01-02T10:00", 10).night("2026-01-02");
    s.goesBack("q1", "2026-01-02T20:00", 10)
        .night("2026-01-09")
        .books("RESTORE +10 q1 2026-01-02T20:00:00", "EXPIRE -10 2026-01-02 2026-01-02T23:59:59");
  }

  @Test
  void what_comes_back_lowers_its_own_debt_first_and_repays_others_like_a_release() {
    Scenario s = having(60, "2026-01-01");
    s.execute("x1", "2026-01-02T10:00", 100).night("2026-01-02");
    s.goesBack("x1", "2026-01-03T10:00", 50)
        .night("2026-01-03")
        .books("RESTORE +50 x1 2026-01-03T10:00:00")
        .allocates("RESTORE -10 x1 > o/1")
        .has("pending 0 available 10 owed 0");
    s.execute("x2", "2026-01-04T10:00", 30)
        .night("2026-01-04")
        .has("pending 0 available 0 owed 20");
    s.goesBack("x1", "2026-01-03T10:00", 50, "2026-01-05T10:00", 100)
        .night("2026-01-05")
        .allocates("RESTORE -50 x1 > o/1", "REPAY +20 x2 > o/1")
        .has("pending 0 available 30 owed 0");
  }

  @Test
  void f2_300_points_paid_and_500_earned_of_what_is_returned_end_200_lower_as_two_entries() {
    Scenario s = having(300, "2026-01-01");
    s.line("o/2").paid("2026-01-02T10:00", 50000).completed("2026-01-02T10:00");
    s.execute("x1", "2026-01-02T10:00", 300)
        .night("2026-01-02")
        .has("pending 0 available 500 owed 0");
    s.line("o/2").refunded("2026-01-05T10:00", 50000);
    s.goesBack("x1", "2026-01-05T10:00", 300)
        .night("2026-01-05")
        .books("RESTORE +300 x1 2026-01-05T10:00:00", "CLAWBACK -500 o/2 2026-01-05T10:00:00")
        .has("pending 0 available 300 owed 0");
  }

  @Test
  void what_went_back_by_mistake_is_taken_again() {
    Scenario s = having(10, "2026-01-01");
    s.request("q1", "2026-01-02T10:00", 10).night("2026-01-02");
    s.goesBack("q1", "2026-01-03T10:00", 10).night("2026-01-03");
    s.goesBack("q1")
        .night("2026-01-04")
        .books("RESTORE -10 q1 2026-01-04T23:59:59")
        .has("pending 0 available 0 owed 0");
    s.goesBack("q1", "2026-01-05T10:00", 4)
        .night("2026-01-05")
        .books("RESTORE +4 q1 2026-01-05T10:00:00")
        .has("pending 0 available 4 owed 0");
  }

  @Test
  void a_redemption_of_a_merged_member_goes_back_to_the_survivor() {
    Scenario s = new Scenario(program(0, 1, YEAR));
    s.line("o/2").of("m2").paid("2026-01-01T08:00", 1000).completed("2026-01-01T08:00");
    s.night("2026-01-01");
    s.spend("m2", "q1", false, "2026-01-02T10:00", 10, null).night("2026-01-02");
    s.merge("m2", "m1", "2026-01-03T12:00").night("2026-01-03");
    s.goesBack("q1", "2026-01-04T10:00", 10)
        .night("2026-01-04")
        .books("RESTORE +10 q1 2026-01-04T10:00:00")
        .holds("o/2 until 2026-12-31=10");
  }
}
