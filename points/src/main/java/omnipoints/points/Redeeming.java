package omnipoints.points;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import omnipoints.facts.LineKey;
import omnipoints.points.Redemption.Outcome;
import omnipoints.points.Redemption.Refusal;

/**
 * What an account spends tonight, and what it gets back of what it spent. An executed redemption is
 * booked always, a requested one is judged at its place in the night, against the points that may
 * be used at its own time. What goes back goes back to the lots it came from.
 */
final class Redeeming {
  private final Programme programme;
  private final ZoneId zone;
  private final LocalDate night;
  private final Journal journal;
  private final Set<EntryKey> graceLots;
  private final AccountStates states;
  private final Map<LineKey, Work> works = new LinkedHashMap<>(0);

  /** How many of what is bounded requests find taken: all that executed ones took come first. */
  private final Map<String, Long> had = new HashMap<>(0);

  /** How many executed ones took by now. */
  private final Map<String, Long> executed = new HashMap<>(0);

  /** How many went through by now, by day. */
  private final Map<String, Long> paced = new HashMap<>(0);

  /** A redemption while the night is being decided. */
  private static final class Work {
    final Redemption given;
    final Clawbacks taken;
    final boolean decided;
    private final long redeemedBefore;
    private final long restoredBefore;
    boolean moved;
    Outcome outcome;
    Refusal refusal;
    long redeemed;
    long restored;
    long shortfall;
    long balanceAfter;
    long owed;
    boolean beyond;
    boolean fast;
    EntryKey entry;

    Work(Redemption given, List<Redemption.Posted> posted, String account) {
      this.given = given;
      this.taken = new Clawbacks(given.key());
      for (Redemption.Posted before : posted) {
        if (!before.key().equals(given.key())) continue;
        outcome = before.outcome() == Outcome.HELD ? outcome : before.outcome();
        redeemed = Math.addExact(redeemed, before.redeemed());
        restored = Math.addExact(restored, before.restored());
        moved |= !before.holder().equals(account);
      }
      redeemedBefore = redeemed;
      restoredBefore = restored;
      decided = outcome != null;
    }

    boolean changed() {
      return !decided || moved || redeemed != redeemedBefore || restored != restoredBefore;
    }
  }

  /**
   * @param taken where what redemptions hold of which lots is found by their key
   */
  Redeeming(
      Programme programme,
      ZoneId zone,
      LocalDate night,
      Journal journal,
      MemberState state,
      List<Redemption> redemptions,
      AccountStates states,
      Map<LineKey, Clawbacks> taken) {
    this.programme = programme;
    this.zone = zone;
    this.night = night;
    this.journal = journal;
    this.states = states;
    this.graceLots = state.redeemed().graceLots();
    for (Redemption redemption : redemptions) {
      var work = new Work(redemption, state.redeemed().postings(), state.member());
      if (works.put(redemption.key(), work) != null) {
        throw new IllegalArgumentException(
            "redemption "
                + redemption.requestNo()
                + " is given twice for member "
                + state.member());
      }
      taken.put(redemption.key(), work.taken);
    }
  }

  /**
   * What is to be booked: a redemption that nothing was decided of, and everything that goes back.
   */
  void add(List<Booking> todo) {
    for (Work work : works.values()) {
      Booking redeem = null;
      if (!work.decided) {
        Instant at = work.given.at();
        redeem =
            new Booking(
                Booking.Act.REDEEM, at, Booking.REDEEM_RANK, work.given.key(), 0, at, null, 0);
        todo.add(redeem);
        boolean executed = work.given.mode() == Redemption.Mode.EXECUTED;
        if (executed && work.given.bound() != null)
          had.merge(work.given.bound().over(), work.given.bound().qty(), Math::addExact);
      }
      addBack(work, redeem, todo);
    }
  }

  /** One booking per step that goes further, and one for a last step that falls behind. */
  private void addBack(Work work, Booking redeem, List<Booking> todo) {
    List<Redemption.Back> steps = work.given.back();
    long reached = work.restored;
    for (int i = 0; i < steps.size(); i++) {
      Redemption.Back step = steps.get(i);
      boolean last = i == steps.size() - 1;
      if (step.points() <= reached && !(last && step.points() < reached)) continue;
      todo.add(back(work, redeem, i, step.at(), step.points()));
      reached = step.points();
    }
    if (steps.isEmpty() && work.restored > 0)
      todo.add(back(work, redeem, 0, night.atTime(23, 59, 59).atZone(zone).toInstant(), 0));
  }

  /** A booking of what should have gone back by then. */
  private static Booking back(Work work, Booking redeem, int i, Instant at, long points) {
    Instant effective = at.isBefore(work.given.at()) ? work.given.at() : at;
    var back =
        new Booking(
            Booking.Act.RESTORE,
            effective,
            Booking.RESTORE_RANK,
            work.given.key(),
            i,
            effective,
            null,
            points);
    if (redeem == null || redeem.compareTo(back) < 0) return back;
    return redeem.then(Booking.Act.RESTORE, i + 1, effective, points);
  }

  void redeem(Booking booking, LotBook book) {
    Work work = works.get(booking.source());
    Redemption given = work.given;
    LocalDate date = LocalDate.ofInstant(given.at(), zone);
    if (given.mode() == Redemption.Mode.EXECUTED) {
      Redemption.Bound bound = given.bound();
      if (bound != null) {
        long taken = executed.merge(bound.over(), bound.qty(), Math::addExact);
        work.beyond = bound.used() + taken > bound.most();
      }
      if (stopped(given)) work.refusal = Refusal.FROZEN;
      work.fast = tooFast(given);
      work.outcome = Outcome.BOOKED;
    } else {
      work.refusal = refusal(work, book, date);
      boolean held = work.refusal == null && tooFast(given);
      work.outcome = held ? Outcome.HELD : work.refusal == null ? Outcome.GRANTED : Outcome.REFUSED;
      if (work.outcome == Outcome.GRANTED && given.bound() != null)
        had.merge(given.bound().over(), given.bound().qty(), Math::addExact);
    }
    boolean goes = work.outcome == Outcome.GRANTED || work.outcome == Outcome.BOOKED;
    if (goes && given.pace() != null) paced.merge(given.pace().day(), 1L, Math::addExact);
    if (goes && given.points() > 0) take(work, book);
    work.balanceAfter = book.usable(date);
  }

  private void take(Work work, LotBook book) {
    Redemption given = work.given;
    work.entry = entry(work, Kind.REDEEM, -given.points(), given.at());
    work.redeemed = given.points();
    work.owed = book.debit(work.entry, Kind.REDEEM, null, given.key(), given.points(), given.at());
  }

  /** The first reason that holds, null for none. */
  private Refusal refusal(Work work, LotBook book, LocalDate date) {
    Redemption given = work.given;
    Redemption.Bound bound = given.bound();
    long before = bound == null ? 0 : bound.used() + had.getOrDefault(bound.over(), 0L);
    long missing = given.points() - book.usable(date);
    work.shortfall = 0;
    for (Refusal refusal : Refusal.values()) {
      boolean holds =
          given.against().contains(refusal)
              || switch (refusal) {
                case FROZEN -> stopped(given);
                case DEBT ->
                    programme.ofNight(night).debt().policy() == Program.DebtPolicy.BLOCK_REDEEM
                        && book.owes();
                case LIMIT -> bound != null && before + bound.qty() > bound.most();
                case SHORT -> missing > 0;
                default -> false;
              };
      if (!holds) continue;
      if (refusal == Refusal.SHORT) work.shortfall = missing;
      return refusal;
    }
    return null;
  }

  private boolean tooFast(Redemption given) {
    Redemption.Pace pace = given.pace();
    return pace != null
        && !pace.released()
        && pace.used() + paced.getOrDefault(pace.day(), 0L) >= pace.most();
  }

  private boolean stopped(Redemption given) {
    return states.at(given.at()) != AccountStates.State.ACTIVE;
  }

  /** Brings what went back to what should have by now, never beyond what was taken. */
  void restore(Booking booking, LotBook book) {
    Work work = works.get(booking.source());
    long back = Math.min(booking.points(), work.redeemed) - work.restored;
    if (back == 0) return;
    Instant at = booking.effectiveAt();
    EntryKey key = entry(work, Kind.RESTORE, back, at);
    work.restored += back;
    if (back < 0) {
      book.debit(key, Kind.RESTORE, null, work.given.key(), -back, at);
      return;
    }
    LotBook.GivenBack given = book.giveBack(work.taken, back, MemberOutcome.AllocationKind.RESTORE);
    if (given.writtenOff() > 0) entry(work, Kind.WRITE_OFF, -given.writtenOff(), at);
    given
        .debts()
        .forEach(
            (debit, points) ->
                journal.forgiven.add(new MemberOutcome.Forgiven(debit, points, Kind.RESTORE)));
    book.repayFrom(living(given.lots(), key, LocalDate.ofInstant(at, zone), book));
  }

  /**
   * Where the points live on: lots that were alive then as they are, dead ones as new lots of the
   * same origin; of those that were given a grace before, nothing comes alive again.
   */
  private List<WorkLot> living(
      Map<WorkLot, Long> back, EntryKey restore, LocalDate date, LotBook book) {
    int graceDays = programme.ofNight(date).redeem().graceDays();
    List<WorkLot> living = new ArrayList<>(back.size());
    EntryKey key = restore;
    for (Map.Entry<WorkLot, Long> one : back.entrySet()) {
      WorkLot lot = one.getKey();
      if (lot.usableOn(date) || lot.grace || graceLots.contains(lot.key)) {
        living.add(lot);
        continue;
      }
      // A lot is named by an entry; of several the later ones only use up its number.
      if (key == null) key = journal.next();
      long points = one.getValue();
      lot.remaining -= points;
      journal.allocate(MemberOutcome.AllocationKind.GRACE, key, lot, points);
      journal.lots.add(new MemberOutcome.NewLot(key, lot.line, points, Kind.RESTORE));
      WorkLot grace = WorkLot.grace(key, lot.line, points);
      book.openReleased(grace, date, date.plusDays(graceDays - 1L));
      living.add(grace);
      key = null;
    }
    return living;
  }

  private EntryKey entry(Work work, Kind kind, long points, Instant at) {
    return journal.of(
        kind,
        points,
        0,
        at,
        work.given.key(),
        MemberOutcome.CauseType.REDEMPTION,
        work.given.requestNo(),
        programme.ofNight(LocalDate.ofInstant(at, zone)).version());
  }

  List<MemberOutcome.RedemptionState> states() {
    List<MemberOutcome.RedemptionState> states = new ArrayList<>(works.size());
    for (Work work : works.values()) {
      if (!work.changed()) continue;
      states.add(
          new MemberOutcome.RedemptionState(
              work.given.key(),
              work.outcome,
              work.redeemed,
              work.restored,
              work.decided
                  ? null
                  : new MemberOutcome.Judged(
                      work.refusal,
                      work.shortfall,
                      work.entry,
                      work.balanceAfter,
                      work.owed,
                      work.beyond,
                      work.fast)));
    }
    return states;
  }
}
