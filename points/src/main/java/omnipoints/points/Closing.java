package omnipoints.points;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import omnipoints.facts.LineKey;
import omnipoints.facts.Times;

/**
 * What a frozen or closed account does not do: it earns nothing while the programme says so, its
 * points may outlive their last day, and once closed it holds and owes nothing any more.
 */
final class Closing {
  private final Programme programme;
  private final ZoneId zone;
  private final AccountStates states;
  private final Program.Frozen frozen;
  private final Instant end;
  private final Journal journal;

  /**
   * @param end the last second of the night
   */
  Closing(
      Programme programme,
      ZoneId zone,
      Program tonight,
      Instant end,
      AccountStates states,
      Journal journal) {
    this.programme = programme;
    this.zone = zone;
    this.states = states;
    this.frozen = tonight.limits().frozen();
    this.end = end;
    this.journal = journal;
  }

  /** Whether something of that moment may be awarded for the first time. */
  boolean earns(Instant at) {
    return states.earns(at, end, frozen);
  }

  /** Whether points whose last day has come die tonight. */
  boolean expires() {
    return states.isEmpty() || frozen.expire() || states.at(end) != AccountStates.State.FROZEN;
  }

  void add(List<Booking> todo) {
    for (Instant at : states.closings())
      todo.add(new Booking(Booking.Act.CLOSE, at, Booking.CLOSE_RANK, key(at), 0, at, null, 0));
  }

  /** What came to a closed account behind its closing does not stay either. */
  void sweep(LotBook book) {
    if (!states.isEmpty() && states.at(end) == AccountStates.State.CLOSED)
      close(states.closedSince(end), end, book);
  }

  void close(Booking booking, LotBook book) {
    close(booking.at(), booking.at(), book);
  }

  /** First nothing is owed any more, then nothing is held. */
  private void close(Instant since, Instant at, LotBook book) {
    int version = programme.ofNight(LocalDate.ofInstant(at, zone)).version();
    long owed = book.owed();
    if (owed > 0) {
      entry(Kind.WRITE_OFF, owed, at, since, version);
      book.writeOff();
    }
    long held = Math.addExact(book.net(), book.owed());
    if (held > 0) book.forfeit(entry(Kind.FORFEIT, -held, at, since, version));
  }

  private EntryKey entry(Kind kind, long points, Instant at, Instant since, int version) {
    return journal.of(
        kind,
        points,
        0,
        at,
        key(since),
        MemberOutcome.CauseType.STATE,
        Times.print(since, zone),
        version);
  }

  /** The key it stands under among order lines: no order is of the programme. */
  private LineKey key(Instant since) {
    return new LineKey("program", "", "STATE", Times.print(since, zone));
  }
}
