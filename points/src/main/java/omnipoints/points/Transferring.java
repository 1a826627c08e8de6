package omnipoints.points;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import omnipoints.facts.LineKey;
import omnipoints.points.Transfer.Refusal;

/**
 * What an account gives to others tonight, each wish judged at its place in the night, and what
 * arrives from others: lots that keep their origin and their last day, and repay what is owed.
 */
final class Transferring {
  private final Programme programme;
  private final ZoneId zone;
  private final Journal journal;
  private final AccountStates states;
  private final Map<LineKey, Transfer> gives = new HashMap<>(0);
  private final Map<LineKey, Transfer.Arrival> arrivals = new HashMap<>(0);
  private final Map<String, long[]> given = new HashMap<>(0);
  final List<MemberOutcome.TransferState> judged = new ArrayList<>(0);

  Transferring(Programme programme, ZoneId zone, Journal journal, Desk desk) {
    this.programme = programme;
    this.zone = zone;
    this.journal = journal;
    this.states = desk.states();
    for (Transfer one : desk.transfers())
      if (gives.put(Transfer.key(one.number()), one) != null)
        throw new IllegalArgumentException("transfer " + one.number() + " is given twice");
    for (Transfer.Arrival one : desk.arrivals()) arrivals.put(Transfer.key(one.number()), one);
  }

  void add(List<Booking> todo) {
    for (Map.Entry<LineKey, Transfer> one : gives.entrySet())
      todo.add(booking(Booking.Act.GIVE, one.getKey(), one.getValue().at()));
    for (Map.Entry<LineKey, Transfer.Arrival> one : arrivals.entrySet())
      todo.add(booking(Booking.Act.ARRIVE, one.getKey(), one.getValue().at()));
  }

  private static Booking booking(Booking.Act act, LineKey key, Instant at) {
    return new Booking(act, at, Booking.TRANSFER_RANK, key, 0, at, null, 0);
  }

  void give(Booking booking, LotBook book) {
    Transfer one = gives.get(booking.source());
    Refusal refusal = refusal(one, book);
    List<Transfer.Portion> portions = List.of();
    if (refusal == null && !one.held()) {
      long[] sum = given.computeIfAbsent(one.month().month(), month -> new long[2]);
      sum[0]++;
      sum[1] = Math.addExact(sum[1], one.points());
      EntryKey key = entry(booking, one.number(), -one.points());
      portions = book.give(key, booking.source(), one.points(), one.at());
    }
    judged.add(
        new MemberOutcome.TransferState(
            one.number(), refusal, refusal == null && one.held(), portions));
  }

  /** The first reason that holds, null for none. */
  private Refusal refusal(Transfer one, LotBook book) {
    for (Refusal refusal : Refusal.values()) {
      boolean holds =
          one.against().contains(refusal)
              || switch (refusal) {
                case RELATION -> false;
                case FROZEN -> states.at(one.at()) != AccountStates.State.ACTIVE;
                case DEBT -> book.owes();
                case LIMIT -> beyond(one);
                case SHORT -> book.usable(LocalDate.ofInstant(one.at(), zone)) < one.points();
              };
      if (holds) return refusal;
    }
    return null;
  }

  private boolean beyond(Transfer one) {
    Transfer.InMonth month = one.month();
    long[] sum = given.getOrDefault(month.month(), new long[2]);
    if (month.mostCount() != null && month.usedCount() + sum[0] >= month.mostCount()) return true;
    long points = Math.addExact(month.usedPoints(), Math.addExact(sum[1], one.points()));
    return month.mostPoints() != null && points > month.mostPoints();
  }

  void arrive(Booking booking, LotBook book) {
    Transfer.Arrival one = arrivals.get(booking.source());
    long points = 0;
    for (Transfer.Portion portion : one.portions())
      points = Math.addExact(points, portion.points());
    EntryKey key = entry(booking, one.number(), points);
    List<WorkLot> lots = new ArrayList<>(one.portions().size());
    for (Transfer.Portion portion : one.portions()) {
      // A lot is named by an entry; of several the later ones only use up its number.
      if (key == null) key = journal.next();
      journal.lots.add(
          new MemberOutcome.NewLot(key, portion.line(), portion.points(), Kind.TRANSFER));
      WorkLot lot = WorkLot.open(key, portion.line(), portion.points());
      book.openReleased(lot, portion.availableOn(), portion.expiresOn());
      lots.add(lot);
      key = null;
    }
    book.repayFrom(lots);
  }

  private EntryKey entry(Booking booking, String number, long points) {
    Instant at = booking.effectiveAt();
    return journal.of(
        Kind.TRANSFER,
        points,
        0,
        at,
        booking.source(),
        MemberOutcome.CauseType.TRANSFER,
        number,
        programme.ofNight(LocalDate.ofInstant(at, zone)).version());
  }
}
