package omnipoints.points;

import static omnipoints.points.Scenario.base;
import static omnipoints.points.Scenario.earning;
import static omnipoints.points.Scenario.program;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import omnipoints.facts.LineKey;
import org.junit.jupiter.api.Test;

/** Target minus posted, decision by decision. */
class TargetsTest {
  @Test
  void an_award_is_pending_from_the_night_its_order_is_known_and_dated_by_its_payment() {
    Scenario s = new Scenario(base());
    s.line("o/1").paid("2026-01-01T10:00", 19999);
    s.night("2026-01-03")
        .books("EARN +199 o/1 2026-01-01T10:00:00")
        .has("pending 199 available 0 owed 0");
  }

  @Test
  void a_repeated_delivery_books_nothing() {
    Scenario s = new Scenario(base());
    s.line("o/1").paid("2026-01-01T10:00", 19999).refunded("2026-01-01T12:00", 5000);
    s.night("2026-01-01");
    s.line("o/1");
    s.night("2026-01-02").books();
  }

  @Test
  void a_return_in_its_orders_own_night_books_both_entries() {
    Scenario s = new Scenario(base());
    s.line("o/1").paid("2026-01-01T10:00", 10000).refunded("2026-01-01T12:00", 10000);
    s.night("2026-01-01")
        .books("EARN +100 o/1 2026-01-01T10:00:00", "CLAWBACK -100 o/1 2026-01-01T12:00:00")
        .has("pending 0 available 0 owed 0");
  }

  @Test
  void cumulative_returns_are_exact_and_the_last_one_takes_the_residue() {
    Scenario s = new Scenario(base());
    s.line("o/1").paid("2026-01-01T10:00", 9999).refunded("2026-01-02T08:00", 3333);
    s.night("2026-01-02")
        .books("EARN +99 o/1 2026-01-01T10:00:00", "CLAWBACK -33 o/1 2026-01-02T08:00:00");
    s.line("o/1").refunded("2026-01-02T08:00", 3333, "2026-01-03T08:00", 6666);
    s.night("2026-01-03").books("CLAWBACK -33 o/1 2026-01-03T08:00:00");
    s.line("o/1")
        .refunded("2026-01-02T08:00", 3333, "2026-01-03T08:00", 6666, "2026-01-04T08:00", 9999);
    s.night("2026-01-04")
        .books("CLAWBACK -33 o/1 2026-01-04T08:00:00")
        .has("pending 0 available 0 owed 0");
  }

  @Test
  void what_stays_is_exactly_what_the_kept_amount_would_have_earned() {
    Scenario s = new Scenario(base());
    s.line("o/1").paid("2026-01-01T10:00", 19999).refunded("2026-01-02T08:00", 100);
    s.night("2026-01-02").has("pending 198 available 0 owed 0");
    s.line("o/1").refunded("2026-01-02T08:00", 100, "2026-01-03T08:00", 101);
    s.night("2026-01-03").books().has("pending 198 available 0 owed 0");
    s.line("o/1").refunded("2026-01-02T08:00", 100, "2026-01-03T08:00", 200);
    s.night("2026-01-04")
        .books("CLAWBACK -1 o/1 2026-01-03T08:00:00")
        .has("pending 197 available 0 owed 0");
  }

  @Test
  void several_refunds_that_become_known_together_are_booked_at_their_own_times() {
    Scenario s = new Scenario(base());
    s.line("o/1")
        .paid("2026-01-01T10:00", 10000)
        .refunded("2026-01-02T08:00", 3000, "2026-01-03T08:00", 7000);
    s.night("2026-01-05")
        .books(
            "EARN +100 o/1 2026-01-01T10:00:00",
            "CLAWBACK -30 o/1 2026-01-02T08:00:00",
            "CLAWBACK -40 o/1 2026-01-03T08:00:00");
  }

  @Test
  void a_clawback_target_that_falls_is_booked_back_by_the_same_kind() {
    Scenario s = new Scenario(base());
    s.line("o/1").paid("2026-01-01T10:00", 10000).refunded("2026-01-02T08:00", 6000);
    s.night("2026-01-02").has("pending 40 available 0 owed 0");
    s.line("o/1").refunded("2026-01-02T09:00", 2000);
    s.night("2026-01-03")
        .books("CLAWBACK +40 o/1 2026-01-02T09:00:00")
        .has("pending 80 available 0 owed 0");
    s.line("o/1").refunded();
    s.night("2026-01-04")
        .books("CLAWBACK +20 o/1 2026-01-04T23:59:59")
        .has("pending 100 available 0 owed 0");
  }

  @Test
  void an_earn_target_that_falls_is_booked_back_by_the_same_kind_from_the_lines_own_lot() {
    Scenario s = new Scenario(base());
    s.line("o/1").paid("2026-01-01T10:00", 10000);
    s.line("o/2").paid("2026-01-01T09:00", 10000);
    s.night("2026-01-01");
    s.line("o/1").base(7000);
    s.night("2026-01-02")
        .books("EARN -30 o/1 2026-01-01T10:00:00")
        .holds("o/1 pending=70", "o/2 pending=100");
    s.line("o/1").base(8000);
    s.night("2026-01-03")
        .books("EARN +10 o/1 2026-01-01T10:00:00")
        .has("pending 180 available 0 owed 0");
  }

  @Test
  void later_nights_rescale_by_amount_only_under_the_rule_pinned_at_the_first_award() {
    Scenario s = new Scenario(base());
    s.line("o/1").paid("2026-01-01T10:00", 10000);
    s.line("o/zero").paid("2026-01-01T10:00", 50);
    s.night("2026-01-01");
    assertThat(s.postings()).hasSize(1);
    assertThat(s.postings().get(0).rule()).isEqualTo(base().rule());
    s.from("2026-01-02", earning(base(), 100, 3));
    s.line("o/1").base(20000).refunded("2026-01-02T08:00", 5000);
    s.line("o/new").paid("2026-01-02T07:00", 1000);
    s.line("o/zero").base(100);
    s.night("2026-01-02")
        .books(
            "EARN +100 o/1 2026-01-01T10:00:00",
            "EARN +1 o/zero 2026-01-01T10:00:00",
            "EARN +30 o/new 2026-01-02T07:00:00",
            "CLAWBACK -50 o/1 2026-01-02T08:00:00");
    assertThat(s.entries())
        .extracting(MemberOutcome.Entry::programVersion)
        .containsExactly(1, 1, 2, 1);
  }

  @Test
  void purchases_before_the_programme_is_in_force_earn_nothing() {
    Program b = base();
    Scenario s =
        new Scenario(
            new Program(
                b.name(),
                1,
                LocalDate.of(2026, 1, 2),
                b.earn(),
                b.hold(),
                b.expiry(),
                b.debt(),
                b.returns(),
                b.claim(),
                b.source()));
    s.line("o/1").paid("2026-01-01T23:59:59", 10000);
    s.line("o/2").paid("2026-01-02T00:00:00", 10000);
    s.night("2026-01-02").books("EARN +100 o/2 2026-01-02T00:00:00");
  }

  @Test
  void no_entry_with_0_points_is_written() {
    Scenario s = new Scenario(program(0, 1, Program.ExpiryUnit.YEAR));
    s.line("o/1")
        .paid("2026-01-01T10:00", 99)
        .refunded("2026-01-01T12:00", 99)
        .completed("2026-01-01T13:00");
    s.night("2026-01-01").books();
    assertThat(s.postings()).isEmpty();
  }

  @Test
  void
      when_a_lines_owner_changes_the_old_targets_become_0_and_the_new_ones_use_the_pinned_decision() {
    Scenario s = new Scenario(base());
    s.line("o/1").paid("2026-01-01T10:00", 10000).of("m2").refunded("2026-01-01T12:00", 4000);
    s.night("2026-01-01").has("m2", "pending 60 available 0 owed 0");
    s.from("2026-01-01", earning(base(), 100, 5));
    s.line("o/1").of("m1");
    s.night("2026-01-02")
        .books(
            "EARN +100 o/1 2026-01-01T10:00:00", "CLAWBACK -40 o/1 2026-01-01T12:00:00",
            "m2: CLAWBACK +40 o/1 2026-01-02T23:59:59", "m2: EARN -100 o/1 2026-01-01T10:00:00")
        .has("m2", "pending 0 available 0 owed 0")
        .has("pending 60 available 0 owed 0");
  }

  @Test
  void a_line_whose_award_and_clawback_shrink_together_is_unwound_without_touching_other_lots() {
    Scenario s = new Scenario(program(0, 1, Program.ExpiryUnit.YEAR));
    s.line("o/other").paid("2026-01-01T08:00", 5000).completed("2026-01-01T08:00");
    s.line("o/gone").paid("2026-01-01T10:00", 10000).refunded("2026-01-01T12:00", 4000);
    s.night("2026-01-01").has("pending 60 available 50 owed 0");
    s.line("o/gone").base(0).refunded();
    s.night("2026-01-02")
        .books("CLAWBACK +40 o/gone 2026-01-02T23:59:59", "EARN -100 o/gone 2026-01-01T10:00:00")
        .has("pending 0 available 50 owed 0");
  }

  @Test
  void a_return_without_a_sale_takes_the_base_rate_soonest_expiring_first_and_the_rest_is_owed() {
    Scenario s = new Scenario(program(0, 1, Program.ExpiryUnit.YEAR));
    s.line("o/later").paid("2026-01-02T08:00", 5000).completed("2026-01-02T08:00");
    s.line("o/sooner").paid("2026-01-01T08:00", 5000).completed("2026-01-01T08:00");
    s.night("2026-01-02");
    s.orphan("r/1", "2026-01-03T09:00", 7099);
    s.night("2026-01-03")
        .books("CLAWBACK -70 r/1 2026-01-03T09:00:00")
        .allocates("DEBIT +50 r/1 > o/sooner", "DEBIT +20 r/1 > o/later");
    assertThat(s.entries().get(0).causeType()).isEqualTo(MemberOutcome.CauseType.ORPHAN_RETURN);
    s.orphan("r/2", "2026-01-04T09:00", 5000);
    s.night("2026-01-04").has("pending 0 available 0 owed 20");
  }

  @Test
  void a_programme_may_ignore_returns_without_a_sale() {
    Program b = base();
    Scenario s =
        new Scenario(
            new Program(
                b.name(),
                1,
                b.effectiveFrom(),
                b.earn(),
                b.hold(),
                b.expiry(),
                b.debt(),
                new Program.Returns(Program.Unlinked.IGNORE, 90),
                b.claim(),
                b.source()));
    s.orphan("r/1", "2026-01-03T09:00", 7099);
    s.night("2026-01-03").books().has("pending 0 available 0 owed 0");
  }

  @Test
  void the_same_line_twice_is_refused() {
    LineKey key = new LineKey("pos", "s", "o", "l");
    LineTarget line =
        new LineTarget(key, true, Instant.EPOCH, 100, List.of(), null, false, null, false);
    MemberState nobody = new MemberState("m1", List.of(), List.of(), List.of(), List.of());
    assertThatThrownBy(
            () ->
                MemberNight.decide(
                    History.programme(base()),
                    History.ZONE,
                    History.FIRST,
                    nobody,
                    new MemberEvents(
                        List.of(), List.of(line, line), List.of(), List.of(), List.of())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("twice")
        .hasMessageContaining("m1");
  }
}
