package omnipoints.points;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import omnipoints.facts.LineKey;

/**
 * Points that people give and take by hand. What is given can be used at once and repays what is
 * owed; what is taken is a debit like any other. What is written off is not owed any more, as far
 * as it is owed at that place of the night.
 */
final class Adjusting {
  private final Programme programme;
  private final ZoneId zone;
  private final LocalDate night;
  private final Journal journal;
  private final Map<LineKey, MemberEvents.Adjustment> given = new HashMap<>(0);

  Adjusting(
      Programme programme,
      ZoneId zone,
      LocalDate night,
      Journal journal,
      List<MemberEvents.Adjustment> adjustments) {
    this.programme = programme;
    this.zone = zone;
    this.night = night;
    this.journal = journal;
    for (MemberEvents.Adjustment one : adjustments)
      if (given.put(one.key(), one) != null)
        throw new IllegalArgumentException("adjustment " + one.number() + " is given twice");
  }

  void add(List<Booking> todo) {
    for (MemberEvents.Adjustment one : given.values()) {
      int rank =
          one.writeOff()
              ? Booking.CLOSE_RANK
              : one.points() > 0 ? Booking.ADJUST_UP_RANK : Booking.ADJUST_DOWN_RANK;
      todo.add(
          new Booking(
              Booking.Act.ADJUST, one.at(), rank, one.key(), 0, one.at(), null, one.points()));
    }
  }

  /** What the debits took that are taken back tonight. */
  void hold(Map<LineKey, Clawbacks> taken) {
    for (MemberEvents.Adjustment one : given.values())
      if (one.takenBack() && one.points() > 0) taken.put(one.key(), new Clawbacks(one.key()));
  }

  void book(Booking booking, LotBook lotBook) {
    MemberEvents.Adjustment one = given.get(booking.source());
    LocalDate date = LocalDate.ofInstant(one.at(), zone);
    Program version = programme.ofNight(date);
    if (one.writeOff()) {
      writeOff(one, version, lotBook);
      return;
    }
    EntryKey key = entry(Kind.ADJUST, one.points(), one, version);
    if (one.takenBack()) {
      takeBack(one, key, version, lotBook);
      return;
    }
    if (one.points() < 0) {
      lotBook.debit(key, Kind.ADJUST, null, one.key(), -one.points(), one.at());
      return;
    }
    journal.lots.add(new MemberOutcome.NewLot(key, one.key(), one.points(), Kind.ADJUST));
    WorkLot lot = WorkLot.open(key, one.key(), one.points());
    LocalDate expires =
        one.expires() != null
            ? one.expires()
            : Validity.expiresOn(version.expiry(), date, night, date);
    lotBook.openReleased(lot, date, expires);
    lotBook.repayFrom(new ArrayList<>(List.of(lot)));
  }

  private void takeBack(
      MemberEvents.Adjustment one, EntryKey key, Program version, LotBook lotBook) {
    if (one.points() < 0) {
      lotBook.takeBack(key, one.key(), -one.points(), one.at());
      return;
    }
    long writtenOff = lotBook.undo(one.key(), one.points());
    if (writtenOff > 0) entry(Kind.WRITE_OFF, -writtenOff, one, version);
  }

  private void writeOff(MemberEvents.Adjustment one, Program version, LotBook lotBook) {
    if (one.takenBack()) {
      EntryKey key = entry(Kind.WRITE_OFF, one.points(), one, version);
      lotBook.debit(key, Kind.WRITE_OFF, null, one.key(), -one.points(), one.at());
      return;
    }
    long points = Math.min(one.points(), lotBook.owed());
    if (points == 0) return;
    entry(Kind.WRITE_OFF, points, one, version);
    lotBook.writeOff(points);
  }

  private EntryKey entry(Kind kind, long points, MemberEvents.Adjustment one, Program version) {
    return journal.of(
        kind,
        points,
        0,
        one.at(),
        one.key(),
        MemberOutcome.CauseType.ADJUSTMENT,
        one.number(),
        version.version());
  }

  /** Whether tonight writes something off. */
  boolean writesOff() {
    for (MemberEvents.Adjustment one : given.values()) if (one.writeOff()) return true;
    return false;
  }
}
