package omnipoints.points;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import omnipoints.facts.Acceptance;
import omnipoints.facts.LineKey;
import omnipoints.facts.Purchase;
import omnipoints.facts.RefundStep;
import omnipoints.points.OrderWorth.Posted;
import org.junit.jupiter.api.Test;

/** Version 1 gives a point a yuan, version 2, in force from the 3rd, two. */
class OrderWorthTest {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final LocalDate NIGHT = LocalDate.parse("2026-05-05");
  private static final Programme PROGRAMME =
      History.programme(version(1, "2026-05-01", 1), version(2, "2026-05-03", 2));
  private static final PinnedRule FIRST = PROGRAMME.versions().get(0).rule();
  private static final PinnedRule SECOND = PROGRAMME.versions().get(1).rule();

  private static Program version(int version, String from, int points) {
    return new Program(
        "base",
        version,
        LocalDate.parse(from),
        new Program.Earn(
            100, points, PinnedRule.Mode.LINEAR, PinnedRule.Rounding.FLOOR, Program.Scope.LINE),
        new Program.Hold(7),
        new Program.Expiry(Program.ExpiryKind.NEVER, 0, null),
        new Program.Debt(Program.DebtPolicy.ALLOW),
        new Program.Returns(Program.Unlinked.CLAWBACK, 90),
        new Program.Claim(90),
        new Program.Source("base.yaml", "", "", 1, 1));
  }

  private static Instant on(int day) {
    return LocalDate.of(2026, 5, day).atTime(12, 0).atZone(ZONE).toInstant();
  }

  private static Purchase.Line line(String key, int day, long base, RefundStep... refunds) {
    var of = new LineKey("c", "s", "o", key);
    return new Purchase.Line(of, key, true, true, on(day), base, List.of(refunds), null, false);
  }

  private static Purchase.Line dead(String key) {
    var of = new LineKey("c", "s", "o", key);
    return new Purchase.Line(of, key, false, true, on(2), 0, List.of(), null, false);
  }

  private static Purchase purchase(Acceptance acceptance, String owner, Purchase.Line... lines) {
    long base = 0;
    for (Purchase.Line line : lines) base += line.baseFen();
    return new Purchase(acceptance, owner, on(2), base, 0, List.of(lines));
  }

  private static Purchase bought(Purchase.Line... lines) {
    return purchase(Acceptance.ACCEPTED, "M1", lines);
  }

  private static OrderWorth.Verdict worth(Purchase purchase, Posted... posted) {
    return worth(purchase, null, posted);
  }

  private static OrderWorth.Verdict worth(
      Purchase purchase, PinnedRule inherited, Posted... posted) {
    return OrderWorth.of(
        purchase,
        null,
        new OrderWorth.Before(List.of(posted), inherited, false),
        new OrderWorth.Rules(PROGRAMME, ZONE, NIGHT));
  }

  /** {@code member line base[ not its own] [v of the pinned version] debits from day}. */
  private static List<String> targets(OrderWorth.Verdict verdict) {
    return verdict.targets().stream()
        .map(
            target -> {
              LineTarget line = target.line();
              return target.member()
                  + " "
                  + line.key().line()
                  + " "
                  + line.baseFen()
                  + (line.owned() ? "" : " not its own")
                  + (line.pinned() ? " v" + line.decision().programVersion() : "")
                  + " debits from "
                  + target.debitOn().getDayOfMonth();
            })
        .toList();
  }

  @Test
  void an_accepted_order_is_posted_when_any_line_earns_and_zero_when_none_does() {
    assertThat(worth(bought(line("a", 2, 99), line("b", 2, 100))).orderClass())
        .isEqualTo(OrderClass.POSTED);
    assertThat(worth(bought(line("a", 2, 99), line("b", 2, 99))).orderClass())
        .isEqualTo(OrderClass.ZERO);
  }

  @Test
  void each_line_follows_the_version_of_its_own_date() {
    assertThat(worth(bought(line("a", 2, 50))).orderClass()).isEqualTo(OrderClass.ZERO);
    assertThat(worth(bought(line("a", 3, 50))).orderClass()).isEqualTo(OrderClass.POSTED);
  }

  @Test
  void what_was_bought_before_the_programme_earns_nothing() {
    Purchase early =
        bought(
            new Purchase.Line(
                new LineKey("c", "s", "o", "a"),
                "a",
                true,
                true,
                on(1).minusSeconds(86400),
                9900,
                List.of(),
                null,
                false));
    assertThat(worth(early).orderClass()).isEqualTo(OrderClass.ZERO);
    assertThat(targets(worth(early))).isEmpty();
  }

  @Test
  void every_acceptance_but_accepted_is_a_class_of_the_same_name() {
    for (Acceptance acceptance : Acceptance.values()) {
      if (acceptance == Acceptance.ACCEPTED) continue;
      assertThat(worth(purchase(acceptance, "M1", line("a", 2, 9900))).orderClass().name())
          .isEqualTo(acceptance.name());
    }
  }

  @Test
  void what_waits_for_a_buyer_or_its_lines_is_told_with_what_its_kept_money_would_be_worth() {
    Purchase.Line kept = line("a", 2, 1000, new RefundStep(on(3), 250), new RefundStep(on(4), 401));
    Purchase.Line later = line("b", 3, 1000);
    assertThat(worth(purchase(Acceptance.UNATTRIBUTED, null, kept, later)).wouldBePoints())
        .isEqualTo(5 + 20);
    assertThat(worth(purchase(Acceptance.INCOMPLETE, "M1", kept)).wouldBePoints()).isEqualTo(5);
    assertThat(worth(bought(kept)).wouldBePoints()).isZero();
    var bare = new Purchase(Acceptance.INCOMPLETE, "M1", on(3), 900, 300, List.of());
    assertThat(worth(bare).wouldBePoints()).isEqualTo(12);
    var unpaid = new Purchase(Acceptance.INCOMPLETE, "M1", null, 0, 0, List.of());
    assertThat(worth(unpaid).wouldBePoints()).isZero();
  }

  @Test
  void a_line_keeps_to_the_decision_pinned_at_its_first_award() {
    assertThat(targets(worth(bought(line("a", 2, 1000)), new Posted("a", "M1", 20, 0, SECOND))))
        .containsExactly("M1 a 1000 v2 debits from 2");
    assertThat(targets(worth(bought(line("a", 2, 1000)))))
        .as("before the first award")
        .containsExactly("M1 a 1000 debits from 5");
  }

  @Test
  void lines_that_take_the_place_of_others_go_on_under_their_decision() {
    Purchase real = bought(line("a", 2, 600), line("b", 2, 400), dead("*"));
    assertThat(targets(worth(real, new Posted("*", "M1", 20, 0, SECOND))))
        .containsExactly(
            "M1 a 600 v2 debits from 5", "M1 b 400 v2 debits from 5", "M1 * 0 v2 debits from 2");
    assertThat(targets(worth(bought(line("a", 2, 600)), SECOND)))
        .as("the order it was split from")
        .containsExactly("M1 a 600 v2 debits from 5");
  }

  @Test
  void the_pin_of_another_live_line_is_not_its_own() {
    Purchase two = bought(line("a", 2, 600), line("b", 2, 400));
    assertThat(targets(worth(two, new Posted("b", "M1", 8, 0, SECOND))))
        .containsExactly("M1 a 600 debits from 5", "M1 b 400 v2 debits from 2");
  }

  @Test
  void when_the_owner_changes_the_old_account_has_nothing_and_the_new_one_the_pinned_decision() {
    assertThat(targets(worth(bought(line("a", 3, 1000)), new Posted("a", "M2", 10, 0, FIRST))))
        .containsExactly("M2 a 0 not its own v1 debits from 3", "M1 a 1000 v1 debits from 5");
    assertThat(targets(worth(bought(line("a", 3, 1000)), new Posted("a", "M2", 0, 0, FIRST))))
        .as("an account with nothing of it is left alone")
        .containsExactly("M1 a 1000 v1 debits from 5");
  }

  @Test
  void an_order_that_no_longer_counts_takes_back_what_it_had_given() {
    for (Acceptance acceptance :
        List.of(Acceptance.UNPAID, Acceptance.CANCELLED, Acceptance.EXCLUDED))
      assertThat(
              targets(
                  worth(
                      purchase(acceptance, "M1", line("a", 2, 1000)),
                      new Posted("a", "M1", 10, 0, FIRST))))
          .containsExactly("M1 a 0 v1 debits from 2");
    assertThat(
            targets(
                worth(
                    purchase(Acceptance.UNATTRIBUTED, null, line("a", 2, 1000)),
                    new Posted("a", "M1", 10, 0, FIRST))))
        .containsExactly("M1 a 0 not its own v1 debits from 2");
    assertThat(
            targets(
                worth(
                    purchase(Acceptance.REJECTED_SIBLING, "M1", line("a", 2, 1000)),
                    new Posted("a", "M1", 10, 0, FIRST))))
        .as("a parked order stays as it is")
        .isEmpty();
  }

  @Test
  void debits_may_be_dated_as_early_as_the_first_refund() {
    assertThat(targets(worth(bought(line("a", 2, 1000, new RefundStep(on(3), 100))))))
        .containsExactly("M1 a 1000 debits from 3");
  }

  @Test
  void a_line_bought_at_or_after_the_cut_is_left_to_its_night() {
    Purchase.Line later =
        new Purchase.Line(
            new LineKey("c", "s", "o", "a"), "a", true, false, on(6), 1000, List.of(), null, false);
    assertThat(targets(worth(bought(later), new Posted("a", "M1", 10, 0, FIRST)))).isEmpty();
  }
}
