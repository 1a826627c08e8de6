package omnipoints.points;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import omnipoints.facts.CodePoints;
import omnipoints.facts.LineKey;

/**
 * What one night means for one account: a pure function of its open lots, debts, postings and
 * tonight's events.
 *
 * <p>Merges come first, then everything in the order of effective time, kind (RELEASE, EARN,
 * RESTORE, ADJUST +, CLAWBACK, ADJUST −, TRANSFER, REDEEM, WRITE_OFF, FORFEIT, OPENING) and source
 * key; expiry is last. Posting is target minus posted, so the same events on the state they led to
 * book nothing.
 */
public final class MemberNight {
  /** What the night itself follows; an order follows the version of its own date. */
  private final Program tonight;

  private final Programme programme;
  private final LocalDate night;
  private final MemberState state;
  private final MemberEvents events;
  private final Journal journal;
  private final Bookings bookings;
  private final Map<LineKey, WorkLine> lines;
  private final Map<LineKey, Clawbacks> orphans = new HashMap<>(0);
  private final LotBook lotBook;
  private final Redeeming redeeming;
  private final Adjusting adjusting;
  private final Transferring transferring;
  private final Closing closing;
  private final ZoneId zone;
  private final List<MemberOutcome.OpeningState> openings = new ArrayList<>(0);

  private MemberNight(
      Programme programme, ZoneId zone, LocalDate night, MemberState state, MemberEvents events) {
    this.programme = programme;
    this.tonight = programme.ofNight(night);
    this.zone = zone;
    this.night = night;
    this.state = state;
    this.events = events;
    this.journal = new Journal(night, state.member());
    Instant end = night.atTime(23, 59, 59).atZone(zone).toInstant();
    AccountStates states = events.desk().states();
    this.closing = new Closing(programme, zone, tonight, end, states, journal);
    this.transferring = new Transferring(programme, zone, journal, events.desk());
    this.bookings = new Bookings(programme, zone, night, closing);
    this.lines = new HashMap<>((events.lines().size() + events.due().size()) * 2);
    for (LineTarget target : events.lines()) add(new WorkLine(target));
    for (MemberEvents.Due due : events.due()) add(new WorkLine(due));
    if (!lines.isEmpty()) {
      for (MemberState.Posting posting : state.postings()) {
        WorkLine line = lines.get(posting.line());
        if (line != null) line.add(posting, state.member());
      }
    }
    for (MemberEvents.OrphanReturn orphan : events.orphans())
      if (orphan.before() != null) orphans.put(orphan.key(), new Clawbacks(orphan.key()));
    this.redeeming =
        new Redeeming(
            programme, zone, night, journal, state, events.redemptions(), states, orphans);
    this.adjusting = new Adjusting(programme, zone, night, journal, events.adjustments());
    adjusting.hold(orphans);
    boolean forgives = states.everClosed() || events.desk().writtenOff() || adjusting.writesOff();
    this.lotBook = new LotBook(zone, journal, state, lines, orphans, forgives);
  }

  private void add(WorkLine line) {
    if (lines.put(line.key(), line) == null) return;
    throw new IllegalArgumentException(
        "line " + line.key() + " is given twice for member " + state.member());
  }

  /**
   * Decides the night.
   *
   * @param zone zone of the installation: business dates of instants
   * @param night the business date; every lot with expires_on ≤ night expires
   * @param state the account before tonight, see {@link MemberState} for what it must hold
   * @throws IllegalArgumentException when a line is given twice
   * @throws IllegalStateException when the state contradicts itself
   */
  public static MemberOutcome decide(
      Programme programme, ZoneId zone, LocalDate night, MemberState state, MemberEvents events) {
    return new MemberNight(programme, zone, night, state, events).decide();
  }

  private MemberOutcome decide() {
    merge();
    List<Booking> todo = new ArrayList<>(events.lines().size() * 2 + events.due().size());
    for (LineTarget target : events.lines()) bookings.add(lines.get(target.key()), todo);
    for (MemberEvents.Due due : events.due()) todo.add(bookings.release(lines.get(due.key())));
    for (MemberEvents.OrphanReturn orphan : events.orphans()) {
      long points = bookings.orphanPoints(orphan);
      if (points != 0) {
        todo.add(
            new Booking(
                Booking.Act.ORPHAN_CLAWBACK,
                orphan.at(),
                Booking.CLAWBACK_RANK,
                orphan.key(),
                0,
                orphan.at(),
                null,
                points));
      }
    }
    redeeming.add(todo);
    adjusting.add(todo);
    transferring.add(todo);
    closing.add(todo);
    for (MemberEvents.Opening opening : events.openings()) todo.add(bookings.opening(opening));
    todo.sort(null);
    for (Booking booking : todo) book(booking);
    closing.sweep(lotBook);
    ExpiryPass.run(night, zone, tonight, closing.expires(), lotBook.lots, journal);
    return outcome();
  }

  private void merge() {
    if (events.merges().isEmpty()) return;
    List<MemberEvents.Merge> merges = new ArrayList<>(events.merges());
    merges.sort(
        (a, b) -> {
          int c = a.boundAt().compareTo(b.boundAt());
          return c != 0 ? c : CodePoints.compare(a.other(), b.other());
        });
    for (MemberEvents.Merge merge : merges) {
      long net = netOf(merge.other());
      if (net == 0) continue;
      journal.entries.add(
          new MemberOutcome.Entry(
              new EntryKey(night, merge.other(), 1),
              Kind.MERGE,
              -net,
              0,
              merge.boundAt(),
              null,
              MemberOutcome.CauseType.MERGE,
              state.member(),
              tonight.version()));
      journal.of(
          Kind.MERGE,
          net,
          0,
          merge.boundAt(),
          null,
          MemberOutcome.CauseType.MERGE,
          merge.other(),
          tonight.version());
    }
    lotBook.repayAll();
  }

  private long netOf(String other) {
    long net = 0;
    for (MemberState.Lot lot : state.lots())
      if (lot.holder().equals(other)) net = Math.addExact(net, lot.remaining());
    for (MemberState.Debt debt : state.debts())
      if (debt.holder().equals(other)) net = Math.subtractExact(net, debt.owed());
    return net;
  }

  private void book(Booking booking) {
    switch (booking.act()) {
      case EARN -> earn(booking);
      case CLAWBACK -> clawBack(booking);
      case RELEASE -> release(booking);
      case ORPHAN_CLAWBACK -> {
        EntryKey key =
            journal.of(
                Kind.CLAWBACK,
                booking.points(),
                0,
                booking.effectiveAt(),
                booking.source(),
                MemberOutcome.CauseType.ORPHAN_RETURN,
                booking.source().cause(),
                versionOf(booking.effectiveAt()));
        if (booking.points() > 0)
          backWrittenOff(booking, lotBook.undo(orphans.get(booking.source()), booking.points()));
        else
          lotBook.debit(
              key, Kind.CLAWBACK, null, booking.source(), -booking.points(), booking.effectiveAt());
      }
      case REDEEM -> redeeming.redeem(booking, lotBook);
      case RESTORE -> redeeming.restore(booking, lotBook);
      case ADJUST -> adjusting.book(booking, lotBook);
      case GIVE -> transferring.give(booking, lotBook);
      case ARRIVE -> transferring.arrive(booking, lotBook);
      case CLOSE -> closing.close(booking, lotBook);
      case OPENING -> open(booking);
    }
  }

  /**
   * Imports a platform's balance. What it adds can be used at once, for as long as points that
   * became available tonight; what it takes is a debit like any other.
   */
  private void open(Booking booking) {
    MemberEvents.Opening opening = opening(booking.source());
    long ours = lotBook.net();
    long points = opening.combine().difference(opening.theirs(), ours);
    EntryKey key = null;
    if (points != 0) {
      key =
          journal.of(
              Kind.OPENING,
              points,
              0,
              booking.effectiveAt(),
              opening.key(),
              MemberOutcome.CauseType.OPENING,
              opening.key().channel(),
              tonight.version());
    }
    if (points > 0) {
      journal.lots.add(new MemberOutcome.NewLot(key, opening.key(), points, Kind.OPENING));
      WorkLot lot = WorkLot.open(key, opening.key(), points);
      lotBook.open(lot);
      lotBook.release(List.of(lot), night, night, tonight.expiry());
    } else if (points < 0) {
      lotBook.debit(key, Kind.OPENING, null, opening.key(), -points, booking.effectiveAt());
    }
    openings.add(
        new MemberOutcome.OpeningState(
            opening.key(), opening.combine(), opening.theirs(), ours, points, key));
  }

  private MemberEvents.Opening opening(LineKey key) {
    for (MemberEvents.Opening opening : events.openings())
      if (opening.key().equals(key)) return opening;
    throw new IllegalStateException("no opening " + key);
  }

  private void earn(Booking booking) {
    WorkLine line = booking.line();
    EntryKey key = entry(Kind.EARN, booking);
    line.earned = Math.addExact(line.earned, booking.points());
    if (booking.points() > 0) {
      journal.lots.add(new MemberOutcome.NewLot(key, line.key(), booking.points(), Kind.EARN));
      lotBook.open(WorkLot.open(key, line.key(), booking.points()));
    } else {
      lotBook.debit(key, Kind.EARN, line, line.key(), -booking.points(), booking.effectiveAt());
    }
  }

  private void clawBack(Booking booking) {
    WorkLine line = booking.line();
    EntryKey key = entry(Kind.CLAWBACK, booking);
    line.clawedBack = Math.subtractExact(line.clawedBack, booking.points());
    if (booking.points() > 0) {
      backWrittenOff(booking, lotBook.undo(line.clawbacks, booking.points()));
    } else {
      lotBook.debit(key, Kind.CLAWBACK, line, line.key(), -booking.points(), booking.effectiveAt());
    }
  }

  /** What was written off and is not owed after all is no gift. */
  private void backWrittenOff(Booking booking, long points) {
    if (points == 0) return;
    Instant at = booking.effectiveAt();
    journal.line(Kind.WRITE_OFF, -points, 0, at, booking.source(), versionOf(at));
  }

  private EntryKey entry(Kind kind, Booking booking) {
    PinnedRule rule = booking.line().rule;
    int version = rule == null ? versionOf(booking.effectiveAt()) : rule.programVersion();
    return journal.line(
        kind, booking.points(), 0, booking.effectiveAt(), booking.line().key(), version);
  }

  private void release(Booking booking) {
    long moved = 0;
    List<WorkLot> lots = new ArrayList<>(2);
    for (WorkLot lot : booking.line().lots) {
      if (!lot.pending() || lot.remaining == 0) continue;
      lots.add(lot);
      moved = Math.addExact(moved, lot.remaining);
    }
    if (moved == 0) return;
    lots.sort(WorkLot.OWN);
    LocalDate availableOn = bookings.availableOn(booking.line());
    PinnedRule rule = booking.line().rule;
    journal.line(
        Kind.RELEASE, 0, moved, booking.effectiveAt(), booking.line().key(), rule.programVersion());
    lotBook.release(lots, availableOn, earnedOn(booking.line()), rule.expiry());
  }

  private LocalDate earnedOn(WorkLine line) {
    return line.target == null ? line.earnedOn : LocalDate.ofInstant(line.target.earnedAt(), zone);
  }

  /** The version that decides something of that moment which pinned nothing. */
  private int versionOf(Instant at) {
    return programme.ofNight(LocalDate.ofInstant(at, zone)).version();
  }

  private MemberOutcome outcome() {
    List<MemberOutcome.LotState> lotStates = new ArrayList<>();
    for (WorkLot lot : lotBook.lots) {
      if (!lot.changed()) continue;
      lotStates.add(
          new MemberOutcome.LotState(
              lot.key, lot.remaining, lot.expired, lot.availableOn, lot.expiresOn));
    }
    List<MemberOutcome.DebtState> debts = new ArrayList<>();
    for (WorkDebt debt : lotBook.debts) {
      if (!debt.changed()) continue;
      debts.add(
          new MemberOutcome.DebtState(
              debt.debit, debt.kind, debt.line, debt.effectiveAt, debt.owed));
    }
    List<MemberOutcome.PostingState> postings = new ArrayList<>();
    for (LineTarget target : events.lines()) {
      WorkLine line = lines.get(target.key());
      if (line.changed()) postings.add(posting(line));
    }
    return new MemberOutcome(
        journal.entries,
        journal.lots,
        journal.releases,
        journal.allocations,
        lotStates,
        debts,
        postings,
        openings,
        redeeming.states(),
        journal.forgiven,
        transferring.judged);
  }

  private MemberOutcome.PostingState posting(WorkLine line) {
    LocalDate dueOn = line.hasPending() ? bookings.dueOn(line) : null;
    boolean held = dueOn != null && line.target.afterSaleOpen();
    boolean due = held || dueOn != null && dueOn.isAfter(night);
    // a rate pins nothing for itself, also where it is counted in points
    boolean rate = line.rule != null && line.rule.grant() == null;
    return new MemberOutcome.PostingState(
        line.key(),
        line.earned,
        line.clawedBack,
        line.rule,
        rate ? null : line.target.award(),
        due ? dueOn : null,
        held);
  }
}
