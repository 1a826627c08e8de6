package omnipoints.points;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import omnipoints.facts.LineKey;

/** An account's lots and debts while a night is being decided: who may take what from where. */
final class LotBook {
  private final ZoneId zone;
  private final Journal journal;
  private final Map<LineKey, WorkLine> lines;
  private final Map<LineKey, Clawbacks> orphans;
  private final boolean forgives;
  final List<WorkLot> lots;
  final List<WorkDebt> debts;

  /**
   * Released lots in consumption order, oldest debts first; null when something was added since.
   */
  private List<WorkLot> consumption;

  private Map<EntryKey, WorkLot> byKey;
  private boolean debtsSorted;

  /**
   * @param orphans what returns without a sale, redemptions, and adjustments that are taken back
   *     have taken so far, by their own key
   * @param forgives whether debts of the account may have been written off
   */
  LotBook(
      ZoneId zone,
      Journal journal,
      MemberState state,
      Map<LineKey, WorkLine> lines,
      Map<LineKey, Clawbacks> orphans,
      boolean forgives) {
    this.forgives = forgives;
    this.zone = zone;
    this.journal = journal;
    this.lines = lines;
    this.orphans = orphans;
    this.lots = new ArrayList<>(state.lots().size() + lines.size());
    for (MemberState.Lot lot : state.lots()) add(WorkLot.of(lot));
    this.debts = new ArrayList<>(state.debts().size());
    for (MemberState.Debt debt : state.debts()) debts.add(WorkDebt.of(debt));
    replay(state.clawbackAllocations());
    replay(state.redeemed().allocations());
  }

  private void replay(List<MemberState.Allocated> allocations) {
    for (MemberState.Allocated taken : allocations) {
      Clawbacks clawbacks = clawbacks(taken.line());
      if (clawbacks != null) clawbacks.replay(taken.debit(), lot(taken.lot()), taken.points());
    }
  }

  private Clawbacks clawbacks(LineKey cause) {
    WorkLine line = lines.get(cause);
    return line != null ? line.clawbacks : orphans.get(cause);
  }

  private void add(WorkLot lot) {
    lots.add(lot);
    WorkLine line = lines.isEmpty() ? null : lines.get(lot.line);
    if (line != null) line.add(lot);
  }

  private WorkLot lot(EntryKey key) {
    if (byKey == null) {
      byKey = new HashMap<>();
      for (WorkLot lot : lots) byKey.put(lot.key, lot);
    }
    WorkLot lot = byKey.get(key);
    if (lot == null) {
      throw new IllegalStateException(
          "lot "
              + key
              + " is missing from the account's state although a clawback or redemption that "
              + "tonight is about used it");
    }
    return lot;
  }

  /** pending + available − owed as the night stands. */
  long net() {
    long net = 0;
    for (WorkLot lot : lots) net = Math.addExact(net, lot.remaining);
    for (WorkDebt debt : debts) net = Math.subtractExact(net, debt.owed);
    return net;
  }

  /** What a debit of that date may use, and what of that has died since. */
  long usable(LocalDate date) {
    long usable = 0;
    for (WorkLot lot : consumption())
      if (lot.usableOn(date))
        usable = Math.addExact(usable, Math.addExact(lot.remaining, lot.expired));
    return usable;
  }

  boolean owes() {
    for (WorkDebt debt : debts) if (debt.owed > 0) return true;
    return false;
  }

  long owed() {
    long owed = 0;
    for (WorkDebt debt : debts) owed = Math.addExact(owed, debt.owed);
    return owed;
  }

  /** Nothing is owed any more. */
  void writeOff() {
    writeOff(Long.MAX_VALUE);
  }

  /** So much is not owed any more, of the oldest debts first. */
  void writeOff(long points) {
    long rest = points;
    for (WorkDebt debt : oldestDebts()) {
      long part = Math.min(rest, debt.owed);
      if (part == 0) continue;
      journal.forgiven.add(new MemberOutcome.Forgiven(debt.debit, part, Kind.WRITE_OFF));
      debt.owed -= part;
      rest -= part;
    }
  }

  /** Takes whatever lives, pending or not. */
  void forfeit(EntryKey debit) {
    for (WorkLot lot : lots) {
      long living = lot.remaining;
      if (living == 0) continue;
      lot.remaining = 0;
      journal.allocate(MemberOutcome.AllocationKind.DEBIT, debit, lot, living);
    }
  }

  void open(WorkLot lot) {
    add(lot);
  }

  /** Opens a lot that can be used from the beginning; it repays nothing yet. */
  void openReleased(WorkLot lot, LocalDate availableOn, LocalDate expiresOn) {
    lot.release(availableOn, expiresOn);
    journal.releases.add(new MemberOutcome.Release(lot.key, availableOn, expiresOn));
    add(lot);
    consumption = null;
  }

  /**
   * Releases the lots; what they hold repays debts at once.
   *
   * @param earned day of what they were given for; asked where they live from it on
   */
  void release(
      List<WorkLot> released, LocalDate availableOn, LocalDate earned, Program.Expiry expiry) {
    for (WorkLot lot : released) {
      LocalDate expiresOn = Validity.expiresOn(expiry, availableOn, lot.key.night(), earned);
      lot.release(availableOn, expiresOn);
      journal.releases.add(new MemberOutcome.Release(lot.key, availableOn, expiresOn));
    }
    consumption = null;
    for (WorkLot lot : released) repayFrom(lot);
  }

  /**
   * LotBook a debit: the line's own lots first, dead or alive, pending ones before all; then
   * released lots in consumption order that were usable at its date, including what expired of
   * them; the rest is owed.
   *
   * @param line the touched line that causes it, null for a return without a sale
   * @param cause line, return row or redemption that stands on the debt
   * @return what is owed of it
   */
  long debit(EntryKey debit, Kind kind, WorkLine line, LineKey cause, long amount, Instant at) {
    long rest = amount;
    Clawbacks holds = Clawbacks.holds(kind) ? clawbacks(cause) : null;
    if (line != null) {
      if (line.lots.size() > 1) line.lots.sort(WorkLot.OWN);
      for (int i = 0; i < line.lots.size() && rest > 0; i++)
        rest -= take(debit, holds, line.lots.get(i), rest);
    }
    if (rest > 0) {
      LocalDate date = LocalDate.ofInstant(at, zone);
      List<WorkLot> usable = consumption();
      for (int i = 0; i < usable.size() && rest > 0; i++) {
        WorkLot lot = usable.get(i);
        if (lot.usableOn(date)) rest -= take(debit, holds, lot, rest);
      }
    }
    if (rest > 0) {
      debts.add(WorkDebt.make(debit, kind, cause, at, rest));
      debtsSorted = false;
    }
    return rest;
  }

  /** A debit that nothing is owed of, and what it took of which origin, in that order. */
  List<Transfer.Portion> give(EntryKey debit, LineKey cause, long amount, Instant at) {
    int before = journal.allocations.size();
    byKey = null; // lots of the night are among them
    debit(debit, Kind.TRANSFER, null, cause, amount, at);
    List<Transfer.Portion> portions = new ArrayList<>();
    for (int i = before; i < journal.allocations.size(); i++) {
      MemberOutcome.Allocation taken = journal.allocations.get(i);
      WorkLot lot = lot(taken.lot());
      portions.add(new Transfer.Portion(lot.line, taken.points(), lot.availableOn, lot.expiresOn));
    }
    return portions;
  }

  private long take(EntryKey debit, Clawbacks holds, WorkLot lot, long most) {
    long living = Math.min(lot.remaining, most);
    long dead = Math.min(lot.expired, most - living);
    long taken = living + dead;
    if (taken == 0) return 0;
    lot.remaining -= living;
    lot.expired -= dead;
    journal.allocate(MemberOutcome.AllocationKind.DEBIT, debit, lot, taken);
    if (holds != null) holds.add(debit, lot, taken);
    return taken;
  }

  /**
   * What was given back.
   *
   * @param lots points by lot, in the order in which they came back
   * @param debts what debits owe less than before
   * @param writtenOff what would have to be owed less, had it not been written off
   */
  record GivenBack(Map<WorkLot, Long> lots, Map<EntryKey, Long> debts, long writtenOff) {}

  /**
   * Takes a part of a line's or return's clawbacks back; what returns repays debts.
   *
   * @return what had been written off of them
   */
  long undo(Clawbacks clawbacks, long amount) {
    GivenBack back = giveBack(clawbacks, amount, MemberOutcome.AllocationKind.UNDO);
    List<WorkLot> released = new ArrayList<>(back.lots().size());
    for (WorkLot lot : back.lots().keySet()) if (!lot.pending()) released.add(lot);
    repayFrom(released);
    return back.writtenOff();
  }

  /** The same of a cause that stands among the orphans. */
  long undo(LineKey cause, long amount) {
    return undo(orphans.get(cause), amount);
  }

  /** A debit that takes what its cause gave: its own lots first, dead or alive. */
  void takeBack(EntryKey debit, LineKey cause, long amount, Instant at) {
    List<WorkLot> own = new ArrayList<>(1);
    for (WorkLot lot : lots) if (lot.line.equals(cause)) own.add(lot);
    own.sort(WorkLot.OWN);
    long rest = amount;
    for (int i = 0; i < own.size() && rest > 0; i++) rest -= take(debit, null, own.get(i), rest);
    if (rest > 0) debit(debit, Kind.ADJUST, null, cause, rest, at);
  }

  /** Released lots repay debts, in the order in which they are consumed. */
  void repayFrom(List<WorkLot> released) {
    released.sort(WorkLot.CONSUMPTION);
    for (WorkLot lot : released) repayFrom(lot);
  }

  /**
   * Gives {@code amount} of what the debits of a cause hold back: newest debit first, of each its
   * debt before its allocations, newest allocation first.
   */
  GivenBack giveBack(Clawbacks clawbacks, long amount, MemberOutcome.AllocationKind kind) {
    List<EntryKey> debits = new ArrayList<>();
    for (Clawbacks.Taken taken : clawbacks.taken)
      if (!debits.contains(taken.debit)) debits.add(taken.debit);
    for (WorkDebt debt : debts)
      if (isOf(debt, clawbacks) && !debits.contains(debt.debit)) debits.add(debt.debit);
    debits.sort(null);
    var back = new GivenBack(new LinkedHashMap<>(), new LinkedHashMap<>(0), 0);
    long rest = amount;
    for (int i = debits.size() - 1; i >= 0 && rest > 0; i--)
      rest = giveBack(clawbacks, debits.get(i), rest, kind, back);
    if (rest > 0 && !forgives) {
      throw new IllegalStateException(
          "debits of "
              + clawbacks.cause
              + " were booked with "
              + rest
              + " points more than their debts and allocations show");
    }
    return new GivenBack(back.lots(), back.debts(), rest);
  }

  private long giveBack(
      Clawbacks clawbacks,
      EntryKey debit,
      long most,
      MemberOutcome.AllocationKind kind,
      GivenBack back) {
    long rest = most;
    for (WorkDebt debt : debts) {
      if (!debt.debit.equals(debit)) continue;
      long part = Math.min(rest, debt.owed);
      debt.owed -= part;
      rest -= part;
      if (part > 0) back.debts().merge(debit, part, Math::addExact);
    }
    for (int i = clawbacks.taken.size() - 1; i >= 0 && rest > 0; i--) {
      Clawbacks.Taken taken = clawbacks.taken.get(i);
      long part = Math.min(rest, taken.points);
      if (part == 0 || !taken.debit.equals(debit)) continue;
      taken.points -= part;
      taken.lot.remaining += part;
      rest -= part;
      journal.allocate(kind, debit, taken.lot, -part);
      back.lots().merge(taken.lot, part, Math::addExact);
    }
    return rest;
  }

  private static boolean isOf(WorkDebt debt, Clawbacks clawbacks) {
    return Clawbacks.holds(debt.kind) && debt.owed > 0 && clawbacks.cause.equals(debt.line);
  }

  /**
   * Debts are repaid from everything that is available, oldest debt first: what a merge does at
   * once.
   */
  void repayAll() {
    List<WorkLot> available = consumption();
    for (WorkDebt debt : oldestDebts()) {
      for (int i = 0; i < available.size() && debt.owed > 0; i++) repay(debt, available.get(i));
    }
  }

  private void repayFrom(WorkLot lot) {
    if (debts.isEmpty()) return;
    List<WorkDebt> oldest = oldestDebts();
    for (int i = 0; i < oldest.size() && lot.remaining > 0; i++) repay(oldest.get(i), lot);
  }

  private void repay(WorkDebt debt, WorkLot lot) {
    long part = Math.min(debt.owed, lot.remaining);
    if (part == 0 || !lot.usableOn(LocalDate.ofInstant(debt.effectiveAt, zone))) return;
    debt.owed -= part;
    lot.remaining -= part;
    journal.allocate(MemberOutcome.AllocationKind.REPAY, debt.debit, lot, part);
    Clawbacks clawbacks =
        Clawbacks.holds(debt.kind) && debt.line != null ? clawbacks(debt.line) : null;
    if (clawbacks != null) clawbacks.add(debt.debit, lot, part);
  }

  private List<WorkDebt> oldestDebts() {
    if (!debtsSorted) debts.sort(WorkDebt.OLDEST_FIRST);
    debtsSorted = true;
    return debts;
  }

  private List<WorkLot> consumption() {
    if (consumption == null) {
      consumption = new ArrayList<>(lots.size());
      for (WorkLot lot : lots) if (!lot.pending()) consumption.add(lot);
      consumption.sort(WorkLot.CONSUMPTION);
    }
    return consumption;
  }
}
