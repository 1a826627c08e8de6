package omnipoints.points;

import static omnipoints.points.Program.ExpiryUnit.DAY;
import static omnipoints.points.Program.ExpiryUnit.YEAR;
import static omnipoints.points.Scenario.base;
import static omnipoints.points.Scenario.program;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** Releases, consumption, debts, expiry and merges, decision by decision. */
class LotsAndDebtsTest {
  @Test
  void a_lot_is_released_hold_days_after_completion_at_midnight_and_lives_from_then() {
    Scenario s = new Scenario(base());
    s.line("o/1").paid("2026-01-01T10:00", 10000).completed("2026-01-03T23:00");
    s.night("2026-01-03");
    assertThat(s.postings().get(0).dueOn()).isEqualTo("2026-01-10");
    s.night("2026-01-09").books();
    s.night("2026-01-10")
        .books("RELEASE (100) o/1 2026-01-10T00:00:00")
        .holds("o/1 until 2027-01-09=100");
    assertThat(s.postings()).as("a release changes no posting").isEmpty();
  }

  @Test
  void a_release_booked_late_keeps_its_date_and_its_validity() {
    Scenario s = new Scenario(base());
    s.line("o/1").paid("2026-01-01T10:00", 10000).completed("2026-01-03T23:00");
    s.night("2026-01-20")
        .books("EARN +100 o/1 2026-01-01T10:00:00", "RELEASE (100) o/1 2026-01-10T00:00:00")
        .holds("o/1 until 2027-01-09=100");
  }

  @Test
  void an_open_after_sale_holds_the_release_and_its_end_releases_at_the_original_date() {
    Scenario s = new Scenario(base());
    s.line("o/1").paid("2026-01-01T10:00", 10000).completed("2026-01-03T23:00").afterSale(true);
    s.night("2026-01-12").books("EARN +100 o/1 2026-01-01T10:00:00");
    assertThat(s.postings().get(0).dueOn()).isEqualTo("2026-01-10");
    assertThat(s.postings().get(0).held()).isTrue();
    s.line("o/1").afterSale(false);
    s.night("2026-01-15").books("RELEASE (100) o/1 2026-01-10T00:00:00");
    assertThat(s.postings().get(0).held()).isFalse();
  }

  @Test
  void an_after_sale_that_opens_holds_points_beyond_their_date() {
    Scenario s = new Scenario(base());
    s.line("o/1").paid("2026-01-01T10:00", 10000).completed("2026-01-03T23:00");
    s.night("2026-01-03");
    s.line("o/1").afterSale(true);
    s.night("2026-01-04").books();
    assertThat(s.postings()).singleElement().satisfies(p -> assertThat(p.held()).isTrue());
    s.night("2026-01-10").books();
  }

  @Test
  void without_hold_a_release_follows_its_own_award_and_has_its_time() {
    Scenario s = new Scenario(program(0, 1, YEAR));
    s.line("o/1").paid("2026-01-01T10:00", 10000).completed("2026-01-01T10:00");
    s.line("o/2").paid("2026-01-01T09:00", 10000).completed("2026-01-01T09:00");
    s.night("2026-01-01")
        .books(
            "EARN +100 o/2 2026-01-01T09:00:00", "RELEASE (100) o/2 2026-01-01T09:00:00",
            "EARN +100 o/1 2026-01-01T10:00:00", "RELEASE (100) o/1 2026-01-01T10:00:00");
  }

  @Test
  void a_lot_emptied_while_pending_gets_no_release() {
    Scenario s = new Scenario(base());
    s.line("o/1")
        .paid("2026-01-01T10:00", 10000)
        .completed("2026-01-01T11:00")
        .refunded("2026-01-02T08:00", 10000);
    s.night("2026-01-08")
        .books("EARN +100 o/1 2026-01-01T10:00:00", "CLAWBACK -100 o/1 2026-01-02T08:00:00");
    s.night("2026-01-09").books();
  }

  @Test
  void points_given_back_to_a_lot_emptied_while_pending_are_released_at_once() {
    Scenario s = new Scenario(base());
    s.line("o/1")
        .paid("2026-01-01T10:00", 10000)
        .completed("2026-01-01T11:00")
        .refunded("2026-01-02T08:00", 10000);
    s.night("2026-01-08");
    s.line("o/1").refunded();
    s.night("2026-01-20")
        .books("CLAWBACK +100 o/1 2026-01-20T23:59:59", "RELEASE (100) o/1 2026-01-08T00:00:00")
        .has("pending 0 available 100 owed 0");
  }

  @Test
  void at_one_moment_release_comes_before_earn_before_clawback_and_then_the_source_key_decides() {
    Scenario s = new Scenario(program(1, 1, YEAR));
    s.line("o/1").paid("2026-01-01T10:00", 10000).completed("2026-01-01T10:00");
    s.line("o/3").paid("2026-01-01T10:00", 10000);
    s.night("2026-01-01");
    s.line("o/4").paid("2026-01-02T00:00", 1000);
    s.line("o/2").paid("2026-01-02T00:00", 1000);
    s.line("o/1").refunded("2026-01-02T00:00", 10000);
    s.night("2026-01-02")
        .books(
            "RELEASE (100) o/1 2026-01-02T00:00:00",
            "EARN +10 o/2 2026-01-02T00:00:00",
            "EARN +10 o/4 2026-01-02T00:00:00",
            "CLAWBACK -100 o/1 2026-01-02T00:00:00");
  }

  @Test
  void the_night_is_ordered_by_effective_time_whatever_the_kind() {
    Scenario s = new Scenario(base());
    s.line("o/1").paid("2026-01-02T10:00", 10000);
    s.line("o/2").paid("2026-01-01T10:00", 10000).refunded("2026-01-01T11:00", 10000);
    s.night("2026-01-02")
        .books(
            "EARN +100 o/2 2026-01-01T10:00:00",
            "CLAWBACK -100 o/2 2026-01-01T11:00:00",
            "EARN +100 o/1 2026-01-02T10:00:00");
    assertThat(s.entries())
        .extracting(e -> e.key().toString())
        .containsExactly("20260102-m1-00001", "20260102-m1-00002", "20260102-m1-00003");
  }

  @Test
  void lots_are_consumed_by_expiry_then_availability_then_key() {
    Scenario s = new Scenario(program(0, 4, DAY));
    s.line("o/b").paid("2026-01-02T08:00", 1000).completed("2026-01-02T08:00");
    s.line("o/c").paid("2026-01-02T09:00", 1000).completed("2026-01-02T09:00");
    s.line("o/a").paid("2026-01-01T08:00", 1000).completed("2026-01-01T08:00");
    s.night("2026-01-02")
        .holds("o/a until 2026-01-04=10", "o/b until 2026-01-05=10", "o/c until 2026-01-05=10");
    s.orphan("r/1", "2026-01-02T20:00", 2500);
    s.night("2026-01-03")
        .allocates("DEBIT +10 r/1 > o/a", "DEBIT +10 r/1 > o/b", "DEBIT +5 r/1 > o/c");
  }

  @Test
  void never_expiring_points_are_consumed_last() {
    Scenario s = new Scenario(program(0, 0, null));
    s.line("o/never").paid("2026-01-01T08:00", 1000).completed("2026-01-01T08:00");
    s.night("2026-01-01").holds("o/never until null=10");
    s.from("2026-01-02", program(0, 1, YEAR));
    s.line("o/year").paid("2026-01-02T08:00", 1000).completed("2026-01-02T08:00");
    s.orphan("r/1", "2026-01-02T20:00", 1500);
    s.night("2026-01-02").allocates("DEBIT +10 r/1 > o/year", "DEBIT +5 r/1 > o/never");
  }

  @Test
  void a_debit_never_takes_another_lines_pending_lot() {
    Scenario s = new Scenario(base());
    s.line("o/1").paid("2026-01-01T08:00", 1000);
    s.orphan("r/1", "2026-01-02T20:00", 400);
    s.night("2026-01-02").has("pending 10 available 0 owed 4");
  }

  @Test
  void a_debit_may_use_released_lots_whatever_their_available_on_says() {
    Scenario s = new Scenario(program(1, 1, YEAR));
    s.line("o/1").paid("2026-01-01T08:00", 1000).completed("2026-01-01T08:00");
    s.night("2026-01-02").has("pending 0 available 10 owed 0");
    s.orphan("r/1", "2026-01-01T07:00", 400);
    s.night("2026-01-03").has("pending 0 available 6 owed 0");
  }

  @Test
  void a_clawback_takes_its_own_lot_first_then_the_others_then_it_is_owed() {
    Scenario s = new Scenario(program(0, 1, YEAR));
    s.line("o/old").paid("2026-01-01T08:00", 1000).completed("2026-01-01T08:00");
    s.line("o/own").paid("2026-01-02T08:00", 5000).completed("2026-01-02T08:00");
    s.night("2026-01-02");
    s.orphan("r/1", "2026-01-03T08:00", 2500);
    s.night("2026-01-03").allocates("DEBIT +10 r/1 > o/old", "DEBIT +15 r/1 > o/own");
    s.line("o/new").paid("2026-01-04T08:00", 1000).completed("2026-01-04T08:00");
    s.line("o/own").refunded("2026-01-04T09:00", 5000);
    s.night("2026-01-04")
        .allocates("DEBIT +35 o/own > o/own", "DEBIT +10 o/own > o/new")
        .has("pending 0 available 0 owed 5");
  }

  @Test
  void a_clawback_of_a_pending_line_takes_its_pending_lot() {
    Scenario s = new Scenario(program(3, 1, YEAR));
    s.line("o/old").paid("2026-01-01T08:00", 1000).completed("2026-01-01T08:00");
    s.night("2026-01-04");
    s.line("o/own").paid("2026-01-05T08:00", 5000).refunded("2026-01-05T09:00", 2000);
    s.night("2026-01-05")
        .allocates("DEBIT +20 o/own > o/own")
        .has("pending 30 available 10 owed 0");
  }

  @Test
  void expiry_is_one_entry_per_last_usable_day_booked_by_the_first_night_that_reaches_it() {
    Scenario s = new Scenario(program(0, 2, DAY));
    s.line("o/1").paid("2026-01-01T08:00", 1000).completed("2026-01-01T08:00");
    s.line("o/2").paid("2026-01-01T09:00", 2000).completed("2026-01-01T09:00");
    s.night("2026-01-01").has("pending 0 available 30 owed 0");
    s.line("o/3").paid("2026-01-02T09:00", 4000).completed("2026-01-02T09:00");
    s.night("2026-01-05")
        .books(
            "EARN +40 o/3 2026-01-02T09:00:00",
            "RELEASE (40) o/3 2026-01-02T09:00:00",
            "EXPIRE -30 2026-01-02 2026-01-02T23:59:59",
            "EXPIRE -40 2026-01-03 2026-01-03T23:59:59");
    assertThat(s.entries().get(3).causeType()).isEqualTo(MemberOutcome.CauseType.EXPIRY);
    assertThat(s.entries().get(3).line()).isNull();
  }

  @Test
  void a_lot_may_be_used_on_its_last_day_and_expires_after_everything_else() {
    Scenario s = new Scenario(program(0, 2, DAY));
    s.line("o/1").paid("2026-01-01T08:00", 1000).completed("2026-01-01T08:00");
    s.night("2026-01-01");
    s.orphan("r/1", "2026-01-02T23:59:59", 400);
    s.night("2026-01-02")
        .books("CLAWBACK -4 r/1 2026-01-02T23:59:59", "EXPIRE -6 2026-01-02 2026-01-02T23:59:59");
  }

  @Test
  void a_release_that_comes_too_late_to_live_expires_the_same_night() {
    Scenario s = new Scenario(program(0, 2, DAY));
    s.line("o/1").paid("2026-01-01T08:00", 1000).completed("2026-01-01T08:00");
    s.night("2026-01-09")
        .books(
            "EARN +10 o/1 2026-01-01T08:00:00",
            "RELEASE (10) o/1 2026-01-01T08:00:00",
            "EXPIRE -10 2026-01-02 2026-01-02T23:59:59");
  }

  @Test
  void a_clawback_takes_its_own_lot_dead_and_expire_is_booked_back() {
    Scenario s = new Scenario(program(0, 2, DAY));
    s.line("o/1").paid("2026-01-01T08:00", 1000).completed("2026-01-01T08:00");
    s.night("2026-01-02").has("pending 0 available 0 owed 0");
    s.line("o/2").paid("2026-01-05T08:00", 1000).completed("2026-01-05T08:00");
    s.line("o/1").refunded("2026-01-05T09:00", 600);
    s.night("2026-01-05")
        .books(
            "EARN +10 o/2 2026-01-05T08:00:00",
            "RELEASE (10) o/2 2026-01-05T08:00:00",
            "CLAWBACK -6 o/1 2026-01-05T09:00:00",
            "EXPIRE +6 2026-01-02 2026-01-02T23:59:59")
        .allocates("DEBIT +6 o/1 > o/1", "EXPIRE -6 2026-01-02 > o/1")
        .has("pending 0 available 10 owed 0");
  }

  @Test
  void a_debit_that_was_due_before_a_lot_died_takes_the_dead_lot() {
    Scenario s = new Scenario(program(0, 2, DAY));
    s.line("o/1").paid("2026-01-01T08:00", 1000).completed("2026-01-01T08:00");
    s.night("2026-01-02");
    s.orphan("r/late", "2026-01-02T20:00", 400);
    s.orphan("r/too-late", "2026-01-03T00:00", 300);
    s.night("2026-01-05")
        .books(
            "CLAWBACK -4 r/late 2026-01-02T20:00:00",
            "CLAWBACK -3 r/too-late 2026-01-03T00:00:00",
            "EXPIRE +4 2026-01-02 2026-01-02T23:59:59")
        .has("pending 0 available 0 owed 3");
  }

  @Test
  void points_given_back_to_a_dead_lot_expire_again() {
    Scenario s = new Scenario(program(0, 2, DAY));
    s.line("o/1")
        .paid("2026-01-01T08:00", 1000)
        .completed("2026-01-01T08:00")
        .refunded("2026-01-01T09:00", 600);
    s.night("2026-01-01").has("pending 0 available 4 owed 0");
    s.night("2026-01-02").books("EXPIRE -4 2026-01-02 2026-01-02T23:59:59");
    s.line("o/1").refunded("2026-01-01T09:00", 100);
    s.night("2026-01-04")
        .books("CLAWBACK +5 o/1 2026-01-01T09:00:00", "EXPIRE -5 2026-01-02 2026-01-02T23:59:59");
  }

  @Test
  void where_one_dead_lot_gives_what_another_loses_no_expire_entry_is_written() {
    Scenario s = new Scenario(program(0, 2, DAY));
    s.line("o/1").paid("2026-01-01T08:00", 1000).completed("2026-01-01T08:00");
    s.night("2026-01-02");
    s.line("o/1").refunded("2026-01-04T09:00", 1000);
    s.line("o/2").paid("2026-01-01T08:00", 1000).completed("2026-01-01T08:00");
    s.night("2026-01-04")
        .books(
            "EARN +10 o/2 2026-01-01T08:00:00",
            "RELEASE (10) o/2 2026-01-01T08:00:00",
            "CLAWBACK -10 o/1 2026-01-04T09:00:00")
        .allocates("DEBIT +10 o/1 > o/1", "EXPIRE -10 - > o/1", "EXPIRE +10 - > o/2");
  }

  @Test
  void a_debt_is_repaid_without_an_entry_when_a_lot_is_released() {
    Scenario s = new Scenario(program(1, 1, YEAR));
    s.orphan("r/1", "2026-01-01T20:00", 700);
    s.line("o/1").paid("2026-01-01T08:00", 1000).completed("2026-01-01T08:00");
    s.night("2026-01-01").has("pending 10 available 0 owed 7");
    s.night("2026-01-02")
        .books("RELEASE (10) o/1 2026-01-02T00:00:00")
        .allocates("REPAY +7 r/1 > o/1")
        .has("pending 0 available 3 owed 0");
  }

  @Test
  void the_oldest_debt_is_repaid_first() {
    Scenario s = new Scenario(program(3, 1, YEAR));
    s.orphan("r/new", "2026-01-02T20:00", 700);
    s.orphan("r/old", "2026-01-01T20:00", 700);
    s.night("2026-01-02");
    s.line("o/1").paid("2026-01-01T08:00", 1000).completed("2026-01-01T08:00");
    s.night("2026-01-04").allocates("REPAY +7 r/old > o/1", "REPAY +3 r/new > o/1");
  }

  @Test
  void a_lot_repays_a_debt_only_if_it_was_usable_at_the_debts_date() {
    Scenario s = new Scenario(program(0, 2, DAY));
    s.orphan("r/1", "2026-01-03T20:00", 700);
    s.night("2026-01-03");
    s.line("o/1").paid("2026-01-01T08:00", 1000).completed("2026-01-01T08:00");
    s.night("2026-01-04")
        .books(
            "EARN +10 o/1 2026-01-01T08:00:00",
            "RELEASE (10) o/1 2026-01-01T08:00:00",
            "EXPIRE -10 2026-01-02 2026-01-02T23:59:59")
        .has("pending 0 available 0 owed 7");
  }

  @Test
  void a_clawback_is_undone_debt_first_then_newest_allocation_first() {
    Scenario s = new Scenario(program(0, 1, YEAR));
    s.line("o/own").paid("2026-01-01T08:00", 3000).completed("2026-01-01T08:00");
    s.night("2026-01-01");
    s.orphan("r/1", "2026-01-01T20:00", 2000);
    s.line("o/other").paid("2026-01-02T08:00", 1000).completed("2026-01-02T08:00");
    s.night("2026-01-02");
    s.line("o/own").refunded("2026-01-03T09:00", 3000);
    s.night("2026-01-03")
        .allocates("DEBIT +10 o/own > o/own", "DEBIT +10 o/own > o/other")
        .has("pending 0 available 0 owed 10");
    s.line("o/own").refunded("2026-01-03T09:00", 1500);
    s.night("2026-01-04")
        .books("CLAWBACK +15 o/own 2026-01-03T09:00:00")
        .allocates("UNDO -5 o/own > o/other")
        .has("pending 0 available 5 owed 0");
    s.line("o/own").refunded("2026-01-03T09:00", 500);
    s.night("2026-01-05")
        .allocates("UNDO -5 o/own > o/other", "UNDO -5 o/own > o/own")
        .has("pending 0 available 15 owed 0");
  }

  @Test
  void points_given_back_repay_other_debts() {
    Scenario s = new Scenario(program(0, 1, YEAR));
    s.line("o/1")
        .paid("2026-01-01T08:00", 1000)
        .completed("2026-01-01T08:00")
        .refunded("2026-01-01T09:00", 1000);
    s.orphan("r/1", "2026-01-02T20:00", 300);
    s.night("2026-01-02").has("pending 0 available 0 owed 3");
    s.line("o/1").refunded();
    s.night("2026-01-03")
        .allocates("UNDO -10 o/1 > o/1", "REPAY +3 r/1 > o/1")
        .has("pending 0 available 7 owed 0");
  }

  @Test
  void undoing_a_clawback_leaves_the_debt_of_a_shrunken_award_of_the_same_line() {
    Scenario s = new Scenario(program(0, 1, YEAR));
    s.line("o/1").paid("2026-01-01T08:00", 3000).completed("2026-01-01T08:00");
    s.night("2026-01-01");
    s.orphan("r/1", "2026-01-01T20:00", 3000);
    s.night("2026-01-02");
    s.line("o/1").base(2000);
    s.night("2026-01-03")
        .books("EARN -10 o/1 2026-01-01T08:00:00")
        .has("pending 0 available 0 owed 10");
    s.line("o/1").refunded("2026-01-04T08:00", 1000);
    s.night("2026-01-04").has("pending 0 available 0 owed 20");
    s.line("o/1").refunded();
    s.night("2026-01-05")
        .books("CLAWBACK +10 o/1 2026-01-05T23:59:59")
        .has("pending 0 available 0 owed 10");
  }

  @Test
  void a_merge_is_first_of_the_night_moves_the_net_and_repays_the_survivors_debts_at_once() {
    Scenario s = new Scenario(program(0, 1, YEAR));
    s.line("o/2").of("m2").paid("2026-01-01T08:00", 1000).completed("2026-01-01T08:00");
    s.line("o/3").of("m2").paid("2026-01-01T09:00", 2000);
    s.orphan("r/1", "2026-01-01T20:00", 700);
    s.night("2026-01-01")
        .has("m2", "pending 20 available 10 owed 0")
        .has("pending 0 available 0 owed 7");
    s.line("o/1").paid("2026-01-02T01:00", 100);
    s.merge("m2", "m1", "2026-01-02T12:00");
    s.night("2026-01-02")
        .books(
            "m2: MERGE -30 m1 2026-01-02T12:00:00",
            "MERGE +30 m2 2026-01-02T12:00:00",
            "EARN +1 o/1 2026-01-02T01:00:00")
        .allocates("REPAY +7 r/1 > o/2")
        .has("pending 21 available 3 owed 0")
        .has("m2", "pending 0 available 0 owed 0");
    assertThat(s.entries().get(0).key()).isEqualTo(new EntryKey(LocalDate.of(2026, 1, 2), "m2", 1));
    assertThat(s.entries().get(1).key().n()).isEqualTo(1);
  }

  @Test
  void after_a_merge_lots_keep_their_line_and_postings_of_both_members_add_up() {
    Scenario s = new Scenario(program(0, 1, YEAR));
    s.line("o/2").of("m2").paid("2026-01-01T08:00", 1000).completed("2026-01-01T08:00");
    s.night("2026-01-01");
    s.merge("m2", "m1", "2026-01-02T12:00");
    s.line("o/2");
    s.night("2026-01-02")
        .books("m2: MERGE -10 m1 2026-01-02T12:00:00", "MERGE +10 m2 2026-01-02T12:00:00")
        .holds("o/2 until 2026-12-31=10");
    s.line("o/2").refunded("2026-01-03T08:00", 400);
    s.night("2026-01-03")
        .books("CLAWBACK -4 o/2 2026-01-03T08:00:00")
        .allocates("DEBIT +4 o/2 > o/2");
  }

  @Test
  void a_merge_of_nothing_writes_no_entry() {
    Scenario s = new Scenario(base());
    s.merge("m2", "m1", "2026-01-02T12:00");
    s.night("2026-01-02").books();
  }

  @Test
  void a_debt_moves_with_a_merge() {
    Scenario s = new Scenario(program(0, 1, YEAR));
    s.orphan("m2", "r/1", "2026-01-01T20:00", 700);
    s.line("o/1").paid("2026-01-01T08:00", 300).completed("2026-01-01T08:00");
    s.night("2026-01-01").has("m2", "pending 0 available 0 owed 7");
    s.merge("m2", "m1", "2026-01-02T12:00");
    s.night("2026-01-02")
        .books("m2: MERGE +7 m1 2026-01-02T12:00:00", "MERGE -7 m2 2026-01-02T12:00:00")
        .allocates("REPAY +3 r/1 > o/1")
        .has("pending 0 available 0 owed 4");
  }
}
