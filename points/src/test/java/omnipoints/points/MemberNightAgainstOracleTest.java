package omnipoints.points;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import omnipoints.facts.RefundStep;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Compares every night of thousands of random member histories with {@link NaiveOracle}. */
class MemberNightAgainstOracleTest {
  private static final int HISTORIES = 20_000;
  private static final int HISTORIES_FOR_MUTANTS = 2_000;

  @Test
  void every_night_of_20000_random_histories_equals_the_naive_ledger() {
    Map<String, Integer> reached = new TreeMap<>();
    Set<EntryKey> openingLots = new HashSet<>();
    Set<EntryKey> graceLots = new HashSet<>();
    LedgerHarness.Decider counting =
        (program, zone, night, state, events) -> {
          MemberOutcome outcome = MemberNight.decide(program, zone, night, state, events);
          count(outcome, reached);
          countOpeningLots(outcome, openingLots, reached);
          countGraceLots(outcome, graceLots, reached);
          return outcome;
        };
    for (long seed = 0; seed < HISTORIES; seed++) {
      History history = History.random(seed);
      openingLots.clear();
      graceLots.clear();
      if (difference(history, counting) == null) continue;
      History smallest = history.shrunkWhile(h -> difference(h, MemberNight::decide) != null);
      fail("%s%nfound in %s", difference(smallest, MemberNight::decide), smallest);
    }
    // A generator that stopped producing one of these would prove nothing about it.
    assertThat(reached.keySet())
        .contains(
            "EARN +",
            "EARN -",
            "RELEASE",
            "CLAWBACK -",
            "CLAWBACK +",
            "EXPIRE -",
            "EXPIRE +",
            "MERGE -",
            "MERGE +",
            "ORPHAN_RETURN",
            "OPENING +",
            "OPENING -",
            "REDEEM -",
            "RESTORE +",
            "RESTORE -",
            "RESTORE",
            "GRACE",
            "GRANTED",
            "BOOKED",
            "FROZEN",
            "DEBT",
            "SHORT",
            "overdrawn",
            "debt forgiven",
            "grace lot spent",
            "grace lot dies",
            "opening of nothing",
            "opening lot clawed back",
            "opening lot repays",
            "opening lot expires",
            "opening owed",
            "DEBIT",
            "REPAY",
            "UNDO",
            "EXPIRE given back",
            "debt",
            "debt settled",
            "expiry netted to nothing",
            "FORFEIT -",
            "WRITE_OFF +",
            "WRITE_OFF -",
            "TRANSFER +",
            "TRANSFER -",
            "transfer RELATION",
            "transfer FROZEN",
            "transfer DEBT",
            "transfer LIMIT",
            "transfer SHORT");
    assertThat(reached.values()).allMatch(n -> n >= 20);
  }

  private static void count(MemberOutcome outcome, Map<String, Integer> reached) {
    for (MemberOutcome.Entry e : outcome.entries()) {
      String sign = e.points() == 0 ? "" : e.points() > 0 ? " +" : " -";
      reached.merge(
          e.causeType() == MemberOutcome.CauseType.ORPHAN_RETURN
              ? "ORPHAN_RETURN"
              : e.kind() + sign,
          1,
          Integer::sum);
    }
    for (MemberOutcome.Allocation a : outcome.allocations()) {
      boolean expiry = a.kind() == MemberOutcome.AllocationKind.EXPIRE;
      reached.merge(
          expiry && a.points() < 0 ? "EXPIRE given back" : a.kind().name(), 1, Integer::sum);
      boolean entryless =
          expiry && outcome.entries().stream().noneMatch(e -> e.key().equals(a.debit()));
      if (entryless) reached.merge("expiry netted to nothing", 1, Integer::sum);
    }
    for (MemberOutcome.OpeningState o : outcome.openings())
      if (o.entry() == null) reached.merge("opening of nothing", 1, Integer::sum);
    for (MemberOutcome.RedemptionState r : outcome.redemptions()) {
      if (r.judged() == null) continue;
      reached.merge(r.outcome().name(), 1, Integer::sum);
      if (r.judged().refusal() != null) reached.merge(r.judged().refusal().name(), 1, Integer::sum);
      if (r.judged().owed() > 0) reached.merge("overdrawn", 1, Integer::sum);
    }
    for (MemberOutcome.TransferState t : outcome.transfers())
      if (t.refusal() != null) reached.merge("transfer " + t.refusal(), 1, Integer::sum);
    if (!outcome.forgiven().isEmpty()) reached.merge("debt forgiven", 1, Integer::sum);
    for (MemberOutcome.DebtState d : outcome.debts()) {
      if (d.kind() == Kind.OPENING) reached.merge("opening owed", 1, Integer::sum);
      reached.merge(d.owed() > 0 ? "debt" : "debt settled", 1, Integer::sum);
    }
  }

  /** What became of lots that openings opened, tonight or earlier in the same history. */
  private static void countOpeningLots(
      MemberOutcome outcome, Set<EntryKey> openingLots, Map<String, Integer> reached) {
    for (MemberOutcome.OpeningState o : outcome.openings())
      if (o.points() > 0) openingLots.add(o.entry());
    for (MemberOutcome.Allocation a : outcome.allocations()) {
      if (!openingLots.contains(a.lot()) || a.points() < 0) continue;
      switch (a.kind()) {
        case DEBIT -> reached.merge("opening lot clawed back", 1, Integer::sum);
        case REPAY -> reached.merge("opening lot repays", 1, Integer::sum);
        case EXPIRE -> reached.merge("opening lot expires", 1, Integer::sum);
        case UNDO, RESTORE -> throw new AssertionError("giving back takes points");
        case GRACE -> reached.merge("opening lot came back dead", 1, Integer::sum);
      }
    }
  }

  /** What became of points that came back after their lot had died. */
  private static void countGraceLots(
      MemberOutcome outcome, Set<EntryKey> graceLots, Map<String, Integer> reached) {
    for (MemberOutcome.Allocation a : outcome.allocations())
      if (a.kind() == MemberOutcome.AllocationKind.GRACE) graceLots.add(a.debit());
    for (MemberOutcome.Allocation a : outcome.allocations()) {
      if (!graceLots.contains(a.lot()) || a.points() < 0) continue;
      boolean dies = a.kind() == MemberOutcome.AllocationKind.EXPIRE;
      reached.merge(dies ? "grace lot dies" : "grace lot spent", 1, Integer::sum);
    }
  }

  /** Wrong ledgers, each with one believable mistake: the comparison must see every one of them. */
  @TestFactory
  List<DynamicTest> the_comparison_finds_a_ledger_that() {
    return List.of(
        mutant(
            "takes_pending_points_of_other_lines",
            withLots(
                l ->
                    l.availableOn() != null
                        ? l
                        : lot(l, l.remaining(), l.expired(), LocalDate.of(2025, 1, 1), null))),
        mutant(
            "never_reaches_into_dead_lots",
            withLots(l -> lot(l, l.remaining(), 0, l.availableOn(), l.expiresOn()))),
        mutant(
            "lets_points_live_a_day_longer",
            withLots(
                l ->
                    l.expiresOn() == null
                        ? l
                        : lot(
                            l,
                            l.remaining(),
                            l.expired(),
                            l.availableOn(),
                            l.expiresOn().plusDays(1)))),
        mutant(
            "consumes_the_latest_expiring_lot_first",
            withLots(
                l ->
                    l.expiresOn() == null
                        ? l
                        : lot(
                            l,
                            l.remaining(),
                            l.expired(),
                            l.availableOn(),
                            LocalDate.of(2026, 2, 20).minusDays(l.expiresOn().getDayOfYear())))),
        mutant(
            "forgets_debts",
            withState(
                s ->
                    new MemberState(
                        s.member(),
                        s.lots(),
                        List.of(),
                        s.postings(),
                        s.clawbackAllocations(),
                        s.redeemed()))),
        mutant(
            "undoes_the_oldest_allocation_first",
            withState(
                s ->
                    new MemberState(
                        s.member(),
                        s.lots(),
                        s.debts(),
                        s.postings(),
                        reversed(s.clawbackAllocations()),
                        s.redeemed()))),
        mutant(
            "books_clawbacks_again",
            withState(
                s ->
                    new MemberState(
                        s.member(),
                        s.lots(),
                        s.debts(),
                        s.postings().stream()
                            .map(p -> new MemberState.Posting(p.line(), p.holder(), p.earned(), 0))
                            .toList(),
                        s.clawbackAllocations(),
                        s.redeemed()))),
        mutant(
            "releases_during_an_after_sale",
            withTargets(t -> target(t, t.owned(), t.refunds(), false, t.decision(), t.pinned()))),
        mutant(
            "keeps_the_points_of_the_old_owner",
            withTargets(
                t -> target(t, true, t.refunds(), t.afterSaleOpen(), t.decision(), t.pinned()))),
        mutant(
            "ignores_the_pinned_rule",
            (programme, zone, night, state, events) ->
                withTargets(
                        t ->
                            target(
                                t,
                                t.owned(),
                                t.refunds(),
                                t.afterSaleOpen(),
                                programme.rule(LocalDate.ofInstant(t.earnedAt(), zone)),
                                false))
                    .decide(programme, zone, night, state, events)),
        mutant(
            "sees_only_the_last_refund",
            withTargets(
                t ->
                    target(
                        t,
                        t.owned(),
                        t.refunds()
                            .subList(Math.max(0, t.refunds().size() - 1), t.refunds().size()),
                        t.afterSaleOpen(),
                        t.decision(),
                        t.pinned()))),
        mutant(
            "adds_their_balance_to_what_is_already_there",
            withOpenings(o -> combining(o, Combine.MAX, Combine.SUM))),
        mutant(
            "never_lowers_an_account_to_their_balance",
            withOpenings(o -> combining(o, Combine.THEIRS, Combine.MAX))),
        mutant(
            "imports_a_balance_that_ours_should_outrank",
            withOpenings(o -> combining(o, Combine.OURS, Combine.MAX))),
        mutant(
            "takes_an_empty_balance_for_none",
            withOpenings(
                o -> o.theirs() > 0 ? o : new MemberEvents.Opening(o.key(), 0, Combine.OURS))),
        mutant("compares_their_balance_with_the_night_before", openingFirst()),
        mutant(
            "gives_back_to_the_oldest_lot_first",
            withState(
                s ->
                    redeemed(
                        s,
                        new MemberState.Redeemed(
                            s.redeemed().postings(),
                            reversed(s.redeemed().allocations()),
                            s.redeemed().graceLots())))),
        mutant(
            "gives_a_second_grace",
            withState(
                s ->
                    redeemed(
                        s,
                        new MemberState.Redeemed(
                            s.redeemed().postings(), s.redeemed().allocations(), Set.of())))),
        mutant(
            "refuses_executed_redemptions",
            withRedemptions(r -> redemption(r, Redemption.Mode.REQUESTED, r.against(), r.back()))),
        mutant(
            "books_requests_that_are_not_covered",
            withRedemptions(r -> redemption(r, Redemption.Mode.EXECUTED, r.against(), r.back()))),
        mutant(
            "grants_to_frozen_accounts",
            withRedemptions(r -> redemption(r, r.mode(), Set.of(), r.back()))),
        mutant(
            "forgets_who_is_frozen_or_closed",
            (programme, zone, night, state, events) ->
                MemberNight.decide(
                    programme,
                    zone,
                    night,
                    state,
                    new MemberEvents(
                        events.merges(),
                        events.lines(),
                        events.due(),
                        events.orphans(),
                        events.openings(),
                        events.redemptions(),
                        events.adjustments()))),
        mutant(
            "gives_nothing_back",
            withRedemptions(r -> redemption(r, r.mode(), r.against(), List.of()))),
        mutant(
            "forgets_when_adjustments_expire",
            withAdjustments(
                a -> new MemberEvents.Adjustment(a.number(), a.at(), a.points(), null))),
        mutant(
            "takes_adjustments_before_everything",
            withAdjustments(
                a ->
                    new MemberEvents.Adjustment(
                        a.number(), Instant.EPOCH, a.points(), a.expires()))));
  }

  private static LedgerHarness.Decider withAdjustments(
      UnaryOperator<MemberEvents.Adjustment> change) {
    return (program, zone, night, state, events) ->
        MemberNight.decide(
            program,
            zone,
            night,
            state,
            new MemberEvents(
                events.merges(),
                events.lines(),
                events.due(),
                events.orphans(),
                events.openings(),
                events.redemptions(),
                events.adjustments().stream().map(change).toList(),
                events.desk()));
  }

  private static DynamicTest mutant(String name, LedgerHarness.Decider wrong) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          for (long seed = 0; seed < HISTORIES_FOR_MUTANTS; seed++) {
            if (difference(History.random(seed), wrong) != null) return;
          }
          fail("%d histories see no difference", HISTORIES_FOR_MUTANTS);
        });
  }

  @Test
  void a_failing_history_shrinks_to_what_matters() {
    LedgerHarness.Decider wrong =
        withTargets(t -> target(t, t.owned(), t.refunds(), false, t.decision(), t.pinned()));
    for (long seed = 0; ; seed++) {
      History history = History.random(seed);
      if (difference(history, wrong) == null) continue;
      History smallest = history.shrunkWhile(h -> difference(h, wrong) != null);
      assertThat(smallest.happenings()).hasSizeBetween(1, 2);
      assertThat(smallest.toString()).startsWith("seed " + seed).contains("afterSaleOpen=true");
      return;
    }
  }

  static String difference(History history, LedgerHarness.Decider decider) {
    LedgerHarness ledger = new LedgerHarness(decider);
    NaiveOracle oracle = new NaiveOracle(history);
    for (int night = 0; night < History.NIGHTS; night++) {
      try {
        Booked actual = ledger.night(night, history.programme(), history.of(night));
        Booked expected = oracle.night(night);
        if (!actual.equals(expected)) {
          return "night "
              + History.FIRST.plusDays(night)
              + "\n  expected "
              + expected
              + "\n  but was  "
              + actual;
        }
      } catch (AssertionError | RuntimeException broken) {
        return "night " + History.FIRST.plusDays(night) + ": " + broken;
      }
    }
    return null;
  }

  private static LedgerHarness.Decider withState(UnaryOperator<MemberState> change) {
    return (program, zone, night, state, events) ->
        MemberNight.decide(program, zone, night, change.apply(state), events);
  }

  /**
   * Decides over changed lots; their true dates are put back, so that only what was booked differs.
   */
  private static LedgerHarness.Decider withLots(UnaryOperator<MemberState.Lot> change) {
    return (program, zone, night, state, events) -> {
      MemberOutcome o =
          MemberNight.decide(
              program,
              zone,
              night,
              new MemberState(
                  state.member(),
                  state.lots().stream().map(change).toList(),
                  state.debts(),
                  state.postings(),
                  state.clawbackAllocations(),
                  state.redeemed()),
              events);
      Map<EntryKey, MemberState.Lot> truth = new TreeMap<>();
      for (MemberState.Lot lot : state.lots())
        if (lot.availableOn() != null) truth.put(lot.key(), lot);
      for (MemberState.Lot lot : state.lots()) {
        boolean released = o.releases().stream().anyMatch(r -> r.lot().equals(lot.key()));
        if (!released) truth.put(lot.key(), lot);
      }
      List<MemberOutcome.LotState> states = new ArrayList<>();
      for (MemberOutcome.LotState s : o.lotStates()) {
        MemberState.Lot known = truth.get(s.lot());
        states.add(
            known == null
                ? s
                : new MemberOutcome.LotState(
                    s.lot(), s.remaining(), s.expired(), known.availableOn(), known.expiresOn()));
      }
      return new MemberOutcome(
          o.entries(),
          o.lots(),
          o.releases(),
          o.allocations(),
          states,
          o.debts(),
          o.postings(),
          o.openings(),
          o.redemptions(),
          o.forgiven(),
          o.transfers());
    };
  }

  private static LedgerHarness.Decider withTargets(UnaryOperator<LineTarget> change) {
    return (program, zone, night, state, events) ->
        MemberNight.decide(
            program,
            zone,
            night,
            state,
            new MemberEvents(
                events.merges(),
                events.lines().stream().map(change).toList(),
                events.due(),
                events.orphans(),
                events.openings(),
                events.redemptions(),
                events.adjustments(),
                events.desk()));
  }

  private static LedgerHarness.Decider withOpenings(UnaryOperator<MemberEvents.Opening> change) {
    return (program, zone, night, state, events) ->
        MemberNight.decide(
            program,
            zone,
            night,
            state,
            new MemberEvents(
                events.merges(),
                events.lines(),
                events.due(),
                events.orphans(),
                events.openings().stream().map(change).toList(),
                events.redemptions(),
                events.adjustments(),
                events.desk()));
  }

  /** Compares with what the account held before tonight's events. */
  private static LedgerHarness.Decider openingFirst() {
    return (program, zone, night, state, events) -> {
      long ours = 0;
      for (MemberState.Lot lot : state.lots()) ours += lot.remaining();
      for (MemberState.Debt debt : state.debts()) ours -= debt.owed();
      List<MemberEvents.Opening> openings = new ArrayList<>();
      for (MemberEvents.Opening o : events.openings()) {
        long points = o.combine().difference(o.theirs(), ours);
        openings.add(new MemberEvents.Opening(o.key(), points, Combine.SUM));
      }
      return MemberNight.decide(
          program,
          zone,
          night,
          state,
          new MemberEvents(
              events.merges(),
              events.lines(),
              events.due(),
              events.orphans(),
              openings,
              events.redemptions(),
              events.adjustments(),
              events.desk()));
    };
  }

  private static MemberState redeemed(MemberState s, MemberState.Redeemed redeemed) {
    return new MemberState(
        s.member(), s.lots(), s.debts(), s.postings(), s.clawbackAllocations(), redeemed);
  }

  private static LedgerHarness.Decider withRedemptions(UnaryOperator<Redemption> change) {
    return (program, zone, night, state, events) ->
        MemberNight.decide(
            program,
            zone,
            night,
            state,
            new MemberEvents(
                events.merges(),
                events.lines(),
                events.due(),
                events.orphans(),
                events.openings(),
                events.redemptions().stream().map(change).toList(),
                events.adjustments(),
                events.desk()));
  }

  private static Redemption redemption(
      Redemption r,
      Redemption.Mode mode,
      Set<Redemption.Refusal> against,
      List<Redemption.Back> back) {
    return new Redemption(r.key(), mode, r.at(), r.points(), against, r.bound(), back);
  }

  private static MemberEvents.Opening combining(MemberEvents.Opening o, Combine from, Combine to) {
    return o.combine() == from ? new MemberEvents.Opening(o.key(), o.theirs(), to) : o;
  }

  private static <T> List<T> reversed(List<T> list) {
    List<T> reversed = new ArrayList<>(list);
    Collections.reverse(reversed);
    return reversed;
  }

  private static MemberState.Lot lot(
      MemberState.Lot l, long remaining, long expired, LocalDate from, LocalDate until) {
    return new MemberState.Lot(
        l.key(), l.holder(), l.line(), l.points(), remaining, expired, from, until);
  }

  private static LineTarget target(
      LineTarget t,
      boolean owned,
      List<RefundStep> refunds,
      boolean open,
      PinnedRule decision,
      boolean pinned) {
    return new LineTarget(
        t.key(),
        owned,
        t.earnedAt(),
        t.baseFen(),
        refunds,
        t.completedAt(),
        open,
        decision,
        pinned);
  }
}
