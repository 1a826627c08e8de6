package omnipoints.points;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import omnipoints.facts.LineKey;
import omnipoints.facts.RefundStep;
import omnipoints.points.MemberOutcome.AllocationKind;

/**
 * A ledger in memory: hands each account its state as {@link MemberState} promises it, applies what
 * the night decides, and checks after every night that the books balance.
 */
final class LedgerHarness {
  /** {@link MemberNight#decide}, or a wrong one. */
  interface Decider {
    MemberOutcome decide(
        Programme programme, ZoneId zone, LocalDate night, MemberState state, MemberEvents events);
  }

  private record Holding(LineKey line, String member) {}

  private record PostingRow(long earned, long clawedBack, LocalDate dueOn, boolean held) {}

  private final Decider decider;
  private final Map<String, String> alias = new HashMap<>();
  private final Map<LineKey, History.Seen> seen = new TreeMap<>();
  private final Map<LineKey, PinnedRule> pinned = new HashMap<>();
  private Programme tonight;
  private LocalDate date;
  private final List<History.Gives> gave = new ArrayList<>();
  private final Map<EntryKey, MemberState.Lot> lots = new TreeMap<>();
  private final Map<EntryKey, MemberState.Debt> debts = new TreeMap<>();
  private final Map<Holding, PostingRow> postings = new LinkedHashMap<>();
  private final Map<EntryKey, MemberOutcome.Entry> entries = new HashMap<>();
  private final List<MemberOutcome.Allocation> allocations = new ArrayList<>();
  private final List<Opened> opened = new ArrayList<>();

  private final Map<LineKey, History.Spent> spent = new TreeMap<>();
  private final Map<LineKey, List<Redemption.Back>> back = new HashMap<>();
  private final Map<LineKey, Redemption.Posted> redeemed = new TreeMap<>();

  private final Map<String, List<AccountStates.Change>> states = new HashMap<>();

  private record Opened(String member, String channel) {}

  /** What the last night decided, account by account. */
  final List<MemberOutcome> lastNight = new ArrayList<>();

  LedgerHarness(Decider decider) {
    this.decider = decider;
  }

  Booked night(int n, Programme programme, List<History.Happening> happenings) {
    tonight = programme;
    date = History.FIRST.plusDays(n);
    Map<String, List<MemberEvents.Merge>> merges = new TreeMap<>();
    Map<String, List<MemberEvents.OrphanReturn>> orphans = new TreeMap<>();
    TreeSet<LineKey> touched = new TreeSet<>();
    for (History.Happening h : happenings) {
      if (h instanceof History.Seen s) {
        seen.put(s.line(), s);
        touched.add(s.line());
      } else if (h instanceof History.Repeated r && seen.containsKey(r.line())) {
        touched.add(r.line());
      } else if (h instanceof History.Merged m) {
        merges
            .computeIfAbsent(m.survivor(), a -> new ArrayList<>())
            .add(new MemberEvents.Merge(m.other(), m.at()));
      }
    }
    merges.forEach((survivor, all) -> all.forEach(m -> alias.put(m.other(), survivor)));
    for (History.Happening h : happenings) {
      if (h instanceof History.Orphan o) {
        orphans
            .computeIfAbsent(account(o.member()), a -> new ArrayList<>())
            .add(new MemberEvents.OrphanReturn(o.key(), o.at(), o.amountFen(), null));
      }
    }
    Map<String, List<MemberEvents.Opening>> openings = new TreeMap<>();
    for (History.Happening h : happenings) {
      if (!(h instanceof History.Opened o)) continue;
      String account = account(o.member());
      boolean before =
          opened.stream()
              .anyMatch(
                  k -> account(k.member()).equals(account) && k.channel().equals(o.channel()));
      if (before) continue;
      opened.add(new Opened(account, o.channel()));
      openings
          .computeIfAbsent(account, a -> new ArrayList<>())
          .add(
              new MemberEvents.Opening(
                  MemberEvents.Opening.key(o.channel(), "s"), o.theirs(), o.combine()));
    }
    Map<String, List<MemberEvents.Adjustment>> adjustments = new TreeMap<>();
    for (History.Happening h : happenings)
      if (h instanceof History.Adjusted a)
        adjustments
            .computeIfAbsent(account(a.member()), key -> new ArrayList<>())
            .add(new MemberEvents.Adjustment(a.number(), a.at(), a.points(), a.expires()));
    for (History.Happening h : happenings) {
      if (!(h instanceof History.Stated s)) continue;
      for (String birth : List.of("m1", "m2", "m3"))
        if (account(birth).equals(account(s.member())))
          states
              .computeIfAbsent(birth, b -> new ArrayList<>())
              .add(new AccountStates.Change(birth, s.at(), s.state(), true));
    }
    Map<String, List<Redemption>> redemptions = new TreeMap<>();
    TreeSet<LineKey> told = new TreeSet<>();
    for (History.Happening h : happenings) {
      if (h instanceof History.Spent s) spent.put(s.key(), s);
      if (h instanceof History.Spent s) told.add(s.key());
      if (h instanceof History.GoesBack b && spent.containsKey(b.key())) {
        back.put(b.key(), b.back());
        told.add(b.key());
      }
    }
    for (LineKey key : told) {
      redemptions
          .computeIfAbsent(account(spent.get(key).member()), a -> new ArrayList<>())
          .add(redemption(key));
    }
    // Lines of which nothing else is told tonight are only released; a date is met once.
    Map<String, List<MemberEvents.Due>> due = new TreeMap<>();
    postings.replaceAll(
        (holding, posting) -> {
          if (posting.held() || posting.dueOn() == null || posting.dueOn().isAfter(date))
            return posting;
          if (!touched.contains(holding.line())) {
            due.computeIfAbsent(account(holding.member()), a -> new ArrayList<>())
                .add(
                    new MemberEvents.Due(
                        holding.line(),
                        posting.dueOn(),
                        pinned.get(holding.line()),
                        seen.get(holding.line()) == null
                            ? null
                            : LocalDate.ofInstant(
                                seen.get(holding.line()).earnedAt(), History.ZONE)));
          }
          return new PostingRow(posting.earned(), posting.clawedBack(), null, false);
        });

    Map<String, List<LineTarget>> targets = new TreeMap<>();
    for (LineKey line : touched) {
      History.Seen s = seen.get(line);
      TreeSet<String> concerned = new TreeSet<>(List.of(account(s.owner())));
      for (Holding holding : postings.keySet()) {
        if (holding.line().equals(line)) concerned.add(account(holding.member()));
      }
      for (String account : concerned) {
        targets
            .computeIfAbsent(account, a -> new ArrayList<>())
            .add(
                new LineTarget(
                    line,
                    account.equals(account(s.owner())),
                    s.earnedAt(),
                    s.baseFen(),
                    s.refunds(),
                    s.completedAt(),
                    s.afterSaleOpen(),
                    decision(line, s.earnedAt()),
                    pinned.containsKey(line)));
      }
    }

    Booked booked = new Booked();
    lastNight.clear();
    TreeMap<String, MemberEvents> tonightOf = new TreeMap<>();
    for (String account : List.of("m1", "m2", "m3")) {
      if (alias.containsKey(account)) continue;
      tonightOf.put(
          account,
          new MemberEvents(
              merges.getOrDefault(account, List.of()),
              targets.getOrDefault(account, List.of()),
              due.getOrDefault(account, List.of()),
              orphans.getOrDefault(account, List.of()),
              openings.getOrDefault(account, List.of()),
              redemptions.getOrDefault(account, List.of()),
              adjustments.getOrDefault(account, List.of()),
              desk(account, change -> change, transfers(account, happenings), List.of())));
    }
    List<SharedLane.Given> gifts = new ArrayList<>();
    for (History.Happening h : happenings)
      if (h instanceof History.Gives g)
        gifts.add(
            new SharedLane.Given(
                g.number(), account(g.giver()), account(g.receiver()), g.at(), null));
    SharedLane.Settled settled =
        SharedLane.settle(
            List.of(),
            gifts,
            Map.of(),
            (account, soFar) -> {
              MemberEvents events = arriving(tonightOf.get(account), soFar.arrivalsOf(account));
              return decider.decide(programme, History.ZONE, date, state(account, events), events);
            });
    for (String account : tonightOf.keySet())
      decide(
          programme,
          date,
          account,
          arriving(tonightOf.get(account), settled.arrivalsOf(account)),
          booked);
    for (MemberOutcome outcome : lastNight)
      for (MemberOutcome.TransferState t : outcome.transfers())
        for (History.Happening h : happenings)
          if (h instanceof History.Gives g && g.number().equals(t.number()) && t.refusal() == null)
            gave.add(g);
    states.replaceAll(
        (birth, all) -> new ArrayList<>(all.stream().map(LedgerHarness::old).toList()));
    sumUp(booked);
    return booked;
  }

  private static MemberEvents arriving(MemberEvents e, List<Transfer.Arrival> arrivals) {
    return new MemberEvents(
        e.merges(),
        e.lines(),
        e.due(),
        e.orphans(),
        e.openings(),
        e.redemptions(),
        e.adjustments(),
        new Desk(e.desk().states(), e.desk().transfers(), List.copyOf(arrivals)));
  }

  private List<Transfer> transfers(String account, List<History.Happening> happenings) {
    List<Transfer> transfers = new ArrayList<>();
    for (History.Happening h : happenings) {
      if (!(h instanceof History.Gives g) || !account(g.giver()).equals(account)) continue;
      Set<Transfer.Refusal> against = new HashSet<>();
      if (!g.known() || account(g.receiver()).equals(account))
        against.add(Transfer.Refusal.RELATION);
      Desk receiver = desk(account(g.receiver()), change -> change, List.of(), List.of());
      if (receiver.states().at(g.at()) != AccountStates.State.ACTIVE)
        against.add(Transfer.Refusal.FROZEN);
      String month = LocalDate.ofInstant(g.at(), History.ZONE).toString().substring(0, 7);
      long count = 0;
      long points = 0;
      for (History.Gives before : gave)
        if (account(before.giver()).equals(account)
            && LocalDate.ofInstant(before.at(), History.ZONE).toString().startsWith(month)) {
          count++;
          points += before.points();
        }
      Program.Transfers most = tonight.ofNight(date).limits().transfer();
      transfers.add(
          new Transfer(
              g.number(),
              g.at(),
              g.points(),
              against,
              new Transfer.InMonth(month, most.perMonth(), most.points(), count, points),
              false));
    }
    return transfers;
  }

  private Desk desk(
      String account,
      UnaryOperator<AccountStates.Change> as,
      List<Transfer> transfers,
      List<Transfer.Arrival> arrivals) {
    List<AccountStates.Change> all = new ArrayList<>();
    states.forEach(
        (birth, changes) -> {
          if (account(birth).equals(account)) changes.forEach(change -> all.add(as.apply(change)));
        });
    return new Desk(AccountStates.of(all), transfers, arrivals);
  }

  private static AccountStates.Change old(AccountStates.Change change) {
    return new AccountStates.Change(change.birth(), change.at(), change.state(), false);
  }

  private Redemption redemption(LineKey key) {
    History.Spent s = spent.get(key);
    return new Redemption(
        key,
        s.executed() ? Redemption.Mode.EXECUTED : Redemption.Mode.REQUESTED,
        s.at(),
        s.points(),
        s.frozen() ? Set.of(Redemption.Refusal.FROZEN) : Set.of(),
        s.bound(),
        back.getOrDefault(key, List.of()));
  }

  /** What caused an entry; {@code -} for the number of an expiry that netted to nothing. */
  String cause(EntryKey key) {
    return entries.containsKey(key) ? entries.get(key).causeKey() : "-";
  }

  private String account(String member) {
    return alias.getOrDefault(member, member);
  }

  private void decide(
      Programme programme, LocalDate date, String account, MemberEvents events, Booked booked) {
    MemberState state = state(account, events);
    long before = net(account);
    MemberOutcome outcome = decider.decide(programme, History.ZONE, date, state, events);
    apply(account, events, outcome);
    lastNight.add(outcome);
    for (MemberOutcome.Entry e : outcome.entries()) {
      booked.entry(
          e.key().member(),
          e.kind(),
          e.causeKey(),
          e.effectiveAt(),
          e.kind() == Kind.RELEASE ? e.moved() : e.points());
    }
    check(account, date, events, outcome, before);
    MemberEvents again =
        new MemberEvents(
            List.of(),
            withPins(events.lines()),
            events.due(),
            List.of(),
            List.of(),
            events.redemptions(),
            List.of(),
            desk(account, LedgerHarness::old, List.of(), List.of()));
    MemberOutcome rerun =
        decider.decide(programme, History.ZONE, date, state(account, again), again);
    require(rerun.entries().isEmpty(), "a rerun books ", rerun.entries());
    require(rerun.allocations().isEmpty(), "a rerun allocates ", rerun.allocations());
    require(rerun.lotStates().isEmpty() && rerun.debts().isEmpty(), "a rerun changes ", rerun);
  }

  private PinnedRule decision(LineKey line, Instant earnedAt) {
    PinnedRule first = pinned.get(line);
    return first != null ? first : tonight.rule(LocalDate.ofInstant(earnedAt, History.ZONE));
  }

  private List<LineTarget> withPins(List<LineTarget> targets) {
    return targets.stream()
        .map(
            t ->
                new LineTarget(
                    t.key(),
                    t.owned(),
                    t.earnedAt(),
                    t.baseFen(),
                    t.refunds(),
                    t.completedAt(),
                    t.afterSaleOpen(),
                    decision(t.key(), t.earnedAt()),
                    pinned.containsKey(t.key())))
        .toList();
  }

  /** Exactly what MemberState promises, nothing more. */
  private MemberState state(String account, MemberEvents events) {
    TreeSet<LineKey> touched = new TreeSet<>();
    Instant earliest = Instant.MAX;
    for (LineTarget target : events.lines()) {
      touched.add(target.key());
      earliest = min(earliest, target.earnedAt());
      for (RefundStep step : target.refunds()) earliest = min(earliest, step.at());
    }
    for (MemberEvents.OrphanReturn orphan : events.orphans()) earliest = min(earliest, orphan.at());
    for (MemberEvents.Adjustment one : events.adjustments()) earliest = min(earliest, one.at());
    for (Transfer one : events.desk().transfers()) earliest = min(earliest, one.at());
    TreeSet<LineKey> spending = new TreeSet<>();
    for (Redemption redemption : events.redemptions()) {
      spending.add(redemption.key());
      earliest = min(earliest, redemption.at());
    }
    LocalDate reach =
        earliest.equals(Instant.MAX) ? LocalDate.MAX : LocalDate.ofInstant(earliest, History.ZONE);

    List<MemberState.Allocated> clawbacks = new ArrayList<>();
    TreeSet<EntryKey> named = new TreeSet<>();
    for (MemberOutcome.Allocation a : allocations) {
      MemberOutcome.Entry debit = entries.get(a.debit());
      if (debit == null
          || debit.kind() != Kind.CLAWBACK
          || debit.causeType() != MemberOutcome.CauseType.LINE
          || !touched.contains(debit.line())
          || !account(debit.key().member()).equals(account)) {
        continue;
      }
      clawbacks.add(new MemberState.Allocated(a.debit(), debit.line(), a.lot(), a.points()));
      named.add(a.lot());
    }
    List<MemberState.Allocated> taken = new ArrayList<>();
    Set<EntryKey> grace = new HashSet<>();
    for (MemberOutcome.Allocation a : allocations) {
      if (a.kind() == AllocationKind.GRACE) grace.add(a.debit());
      MemberOutcome.Entry debit = entries.get(a.debit());
      if (debit == null
          || debit.causeType() != MemberOutcome.CauseType.REDEMPTION
          || a.kind() == AllocationKind.GRACE
          || !spending.contains(debit.line())
          || !account(debit.key().member()).equals(account)) {
        continue;
      }
      taken.add(new MemberState.Allocated(a.debit(), debit.line(), a.lot(), a.points()));
      named.add(a.lot());
    }
    if (spending.isEmpty()) grace.clear();
    List<Redemption.Posted> spentBefore = new ArrayList<>();
    for (LineKey key : spending) if (redeemed.containsKey(key)) spentBefore.add(redeemed.get(key));
    List<MemberState.Lot> reachable = new ArrayList<>();
    for (MemberState.Lot lot : lots.values()) {
      boolean mayReach = lot.expired() > 0 && !lot.expiresOn().isBefore(reach);
      if (account(lot.holder()).equals(account)
          && (lot.remaining() > 0
              || touched.contains(lot.line())
              || named.contains(lot.key())
              || mayReach)) {
        reachable.add(lot);
      }
    }
    List<MemberState.Debt> owed = new ArrayList<>();
    for (MemberState.Debt debt : debts.values()) {
      if (account(debt.holder()).equals(account) && debt.owed() > 0) owed.add(debt);
    }
    List<MemberState.Posting> posted = new ArrayList<>();
    postings.forEach(
        (holding, row) -> {
          if (account(holding.member()).equals(account) && touched.contains(holding.line())) {
            posted.add(
                new MemberState.Posting(
                    holding.line(), holding.member(), row.earned(), row.clawedBack()));
          }
        });
    return new MemberState(
        account,
        reachable,
        owed,
        posted,
        clawbacks,
        new MemberState.Redeemed(spentBefore, taken, grace));
  }

  private static Instant min(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  private void apply(String account, MemberEvents events, MemberOutcome outcome) {
    for (MemberEvents.Merge merge : events.merges()) move(merge.other(), account);
    for (MemberOutcome.Entry e : outcome.entries()) {
      require(entries.put(e.key(), e) == null, "second entry ", e);
    }
    for (MemberOutcome.NewLot lot : outcome.lots()) {
      long points = lot.points();
      lots.put(
          lot.key(),
          new MemberState.Lot(lot.key(), account, lot.line(), points, points, 0, null, null));
    }
    for (MemberOutcome.Release release : outcome.releases()) {
      MemberState.Lot lot = lots.get(release.lot());
      require(lot.availableOn() == null, "second release of ", lot);
      lots.put(
          lot.key(),
          new MemberState.Lot(
              lot.key(),
              account,
              lot.line(),
              lot.points(),
              lot.remaining(),
              lot.expired(),
              release.availableOn(),
              release.expiresOn()));
    }
    allocations.addAll(outcome.allocations());
    for (MemberOutcome.LotState s : outcome.lotStates()) {
      MemberState.Lot lot = lots.get(s.lot());
      require(Objects.equals(lot.availableOn(), s.availableOn()), "available_on of ", s);
      require(Objects.equals(lot.expiresOn(), s.expiresOn()), "expires_on of ", s);
      lots.put(
          lot.key(),
          new MemberState.Lot(
              lot.key(),
              account,
              lot.line(),
              lot.points(),
              s.remaining(),
              s.expired(),
              s.availableOn(),
              s.expiresOn()));
    }
    for (MemberOutcome.DebtState d : outcome.debts()) {
      debts.put(
          d.debit(),
          new MemberState.Debt(d.debit(), d.kind(), account, d.line(), d.effectiveAt(), d.owed()));
    }
    for (MemberOutcome.PostingState p : outcome.postings()) {
      postings.put(
          new Holding(p.line(), account),
          new PostingRow(p.earned(), p.clawedBack(), p.dueOn(), p.held()));
      if (p.rule() != null) pinned.put(p.line(), p.rule());
    }
    for (MemberOutcome.RedemptionState r : outcome.redemptions()) {
      redeemed.put(
          r.key(),
          new Redemption.Posted(r.key(), account, r.outcome(), r.redeemed(), r.restored()));
    }
  }

  private void move(String other, String account) {
    for (MemberState.Lot l : List.copyOf(lots.values())) {
      if (!l.holder().equals(other)) continue;
      lots.put(
          l.key(),
          new MemberState.Lot(
              l.key(),
              account,
              l.line(),
              l.points(),
              l.remaining(),
              l.expired(),
              l.availableOn(),
              l.expiresOn()));
    }
    for (MemberState.Debt d : List.copyOf(debts.values())) {
      if (!d.holder().equals(other)) continue;
      debts.put(
          d.debit(),
          new MemberState.Debt(d.debit(), d.kind(), account, d.line(), d.effectiveAt(), d.owed()));
    }
    redeemed.replaceAll(
        (key, r) ->
            r.holder().equals(other)
                ? new Redemption.Posted(key, account, r.outcome(), r.redeemed(), r.restored())
                : r);
    for (Holding holding : List.copyOf(postings.keySet())) {
      if (!holding.member().equals(other)) continue;
      postings.merge(
          new Holding(holding.line(), account),
          postings.remove(holding),
          (a, b) ->
              new PostingRow(
                  a.earned() + b.earned(),
                  a.clawedBack() + b.clawedBack(),
                  a.dueOn() == null ? b.dueOn() : a.dueOn(),
                  a.held() || b.held()));
    }
  }

  private long net(String account) {
    long net = 0;
    for (MemberState.Lot lot : lots.values())
      if (account(lot.holder()).equals(account)) net += lot.remaining();
    for (MemberState.Debt debt : debts.values())
      if (account(debt.holder()).equals(account)) net -= debt.owed();
    return net;
  }

  private void check(
      String account, LocalDate date, MemberEvents events, MemberOutcome outcome, long before) {
    long booked = 0;
    Map<String, Integer> numbers = new HashMap<>();
    for (MemberOutcome.Entry e : outcome.entries()) {
      booked += e.points();
      require(e.key().night().equals(date), "night of ", e);
      boolean release = e.kind() == Kind.RELEASE;
      require(
          release ? e.moved() > 0 && e.points() == 0 : e.points() != 0 && e.moved() == 0,
          "size of ",
          e);
      Integer last = numbers.put(e.key().member(), e.key().n());
      require(e.key().n() > (last == null ? 0 : last), "number of ", e);
    }
    require(
        outcome.openings().size() == events.openings().size(), "looked-at openings of ", account);
    for (MemberOutcome.RedemptionState r : outcome.redemptions()) {
      require(
          r.restored() >= 0 && r.restored() <= r.redeemed(), "more restored than redeemed of ", r);
      boolean requested =
          r.judged() != null && spent.get(r.key()).executed() == false && r.judged().owed() > 0;
      require(!requested, "a request makes a debt: ", r);
    }
    require(
        net(account) - before == booked,
        "Σ entry points = Δ(pending + available − owed) fails for ",
        account);
    Map<EntryKey, long[]> byLot = new HashMap<>();
    Map<EntryKey, Long> byDebit = new HashMap<>();
    for (MemberOutcome.Allocation a : allocations) {
      require(a.points() != 0, "empty ", a);
      long[] sum = byLot.computeIfAbsent(a.lot(), k -> new long[2]);
      sum[0] += a.points();
      if (a.kind() == AllocationKind.EXPIRE) sum[1] += a.points();
      // Points that move on to a lot of their own come out of what their cause took.
      if (a.kind() != AllocationKind.GRACE) byDebit.merge(a.debit(), a.points(), Long::sum);
    }
    for (MemberState.Lot lot : lots.values()) {
      long[] sum = byLot.getOrDefault(lot.key(), new long[2]);
      require(
          lot.remaining() >= 0 && lot.remaining() == lot.points() - sum[0], "remaining of ", lot);
      require(lot.expired() >= 0 && lot.expired() == sum[1], "expired of ", lot);
    }
    for (MemberState.Debt debt : debts.values()) {
      require(debt.owed() >= 0, "owed of ", debt);
      byDebit.merge(debt.debit(), debt.owed(), Long::sum);
    }
    Set<String> writtenOff = new HashSet<>();
    for (MemberOutcome.Entry e : entries.values())
      if (e.kind() == Kind.WRITE_OFF) writtenOff.add(account(e.key().member()));
    Map<Object, Long> uncovered = new HashMap<>();
    for (MemberOutcome.Entry e : entries.values()) {
      if (e.kind() == Kind.RELEASE
          || e.kind() == Kind.MERGE
          || ((e.kind() == Kind.EARN
                  || e.kind() == Kind.OPENING
                  || e.kind() == Kind.ADJUST
                  || e.kind() == Kind.TRANSFER)
              && e.points() > 0)) continue;
      Object cause =
          writtenOff.contains(account(e.key().member()))
              ? account(e.key().member())
              : e.kind() == Kind.CLAWBACK || e.causeType() == MemberOutcome.CauseType.REDEMPTION
                  ? new Holding(e.line(), account(e.key().member()))
                  : e.key();
      uncovered.merge(cause, -e.points() - byDebit.getOrDefault(e.key(), 0L), Long::sum);
    }
    uncovered.forEach(
        (cause, points) -> require(points == 0, "allocated + owed = debited fails for ", cause));
  }

  private static void require(boolean holds, String what, Object of) {
    if (!holds) throw new AssertionError(what + of);
  }

  private void sumUp(Booked booked) {
    Map<String, long[]> sums = new TreeMap<>();
    for (MemberState.Lot lot : lots.values()) {
      boolean pending = lot.availableOn() == null;
      sums.computeIfAbsent(lot.holder(), a -> new long[3])[pending ? 0 : 1] += lot.remaining();
      booked.lot(lot.holder(), lot.line(), lot.expiresOn(), pending, lot.remaining());
    }
    for (MemberState.Debt debt : debts.values()) {
      sums.computeIfAbsent(debt.holder(), a -> new long[3])[2] += debt.owed();
    }
    sums.forEach((account, sum) -> booked.balance(account, sum[0], sum[1], sum[2]));
  }
}
