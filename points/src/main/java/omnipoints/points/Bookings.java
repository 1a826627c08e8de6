package omnipoints.points;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import omnipoints.facts.RefundStep;

/** Target minus posted: the bookings that bring a touched line to what it should have by now. */
final class Bookings {
  private final Programme programme;
  private final ZoneId zone;
  private final LocalDate night;
  private final Closing closing;
  private final Instant endOfNight;

  Bookings(Programme programme, ZoneId zone, LocalDate night, Closing closing) {
    this.programme = programme;
    this.zone = zone;
    this.night = night;
    this.closing = closing;
    this.endOfNight = night.atTime(23, 59, 59).atZone(zone).toInstant();
  }

  /**
   * The date from which the line's points may be used; null while it did not complete or an
   * after-sale is open. The hold is the one its award pinned.
   */
  LocalDate availableOn(WorkLine line) {
    return line.target != null && line.target.afterSaleOpen() ? null : dueOn(line);
  }

  /** The same, whatever after-sale is open. */
  LocalDate dueOn(WorkLine line) {
    if (line.dueOn != null) return line.dueOn;
    LineTarget target = line.target;
    if (line.rule == null || !target.owned() || target.completedAt() == null) return null;
    // of an activity that names an order it is told from when that one's days count
    boolean paid =
        line.rule.holdFrom() == Program.HoldFrom.PAID
            && AwardKey.type(target.key()) != MemberOutcome.CauseType.ACTIVITY;
    Instant from = paid ? target.earnedAt() : target.completedAt();
    return LocalDate.ofInstant(from, zone).plusDays(line.rule.holdDays());
  }

  /** The release of a line of which nothing else is to be decided. */
  Booking release(WorkLine line) {
    Instant at = line.dueOn.atStartOfDay(zone).toInstant();
    return new Booking(Booking.Act.RELEASE, at, Booking.RELEASE_RANK, line.key(), 0, at, line, 0);
  }

  void add(WorkLine line, List<Booking> bookings) {
    LineTarget target = line.target;
    PinnedRule rule = target.decision();
    boolean earns =
        target.owned()
            && rule != null
            && target.baseFen() > 0
            && (line.rule != null || closing.earns(target.earnedAt()));
    long earn = earns ? target.points(rule, target.baseFen()) : 0;
    if (line.rule == null && (earn != 0 || target.pinsOnly())) line.rule = rule;
    Booking earned = addEarn(line, earn, bookings);
    Booking givenBack = addClawbacks(line, earn, earned, bookings);
    addReleases(line, earned, givenBack, bookings);
  }

  /**
   * Points that a return without a sale takes, negative, or gets back because a sale was found for
   * it, positive.
   */
  long orphanPoints(MemberEvents.OrphanReturn orphan) {
    Program version = programme.at(LocalDate.ofInstant(orphan.at(), zone));
    long points = version == null ? 0 : Earning.points(version.rule(), orphan.amountFen());
    if (orphan.before() != null)
      return orphan.before().points() - Math.min(points, orphan.before().points());
    boolean takes = version != null && version.returns().unlinked() == Program.Unlinked.CLAWBACK;
    return takes ? -points : 0;
  }

  /** A platform's balance has no time of its own: it is dated by the end of the night. */
  Booking opening(MemberEvents.Opening opening) {
    return new Booking(
        Booking.Act.OPENING,
        endOfNight,
        Booking.OPENING_RANK,
        opening.key(),
        0,
        endOfNight,
        null,
        0);
  }

  private Booking addEarn(WorkLine line, long earn, List<Booking> bookings) {
    long difference = earn - line.earned;
    if (difference == 0) return null;
    Instant at = line.target.earnedAt();
    Booking booking =
        new Booking(Booking.Act.EARN, at, Booking.EARN_RANK, line.key(), 0, at, line, difference);
    bookings.add(booking);
    return booking;
  }

  /** Returns the booking that gives clawed-back points back, if there is one. */
  private Booking addClawbacks(WorkLine line, long earn, Booking earned, List<Booking> bookings) {
    List<RefundStep> refunds = line.target.refunds();
    long booked = line.clawedBack;
    long target = 0;
    Instant at = endOfNight;
    if (line.target.owned()) {
      for (int i = 0; i < refunds.size(); i++) {
        RefundStep refund = refunds.get(i);
        target =
            line.rule == null
                ? 0
                : earn
                    - line.target.points(line.rule, line.target.baseFen() - refund.refundedFen());
        at = refund.at();
        if (target <= booked) continue;
        bookings.add(clawback(line, at, booked - target));
        booked = target;
      }
    }
    if (target == booked) return null;
    Booking back = clawback(line, at, booked - target);
    // An award that shrinks together with its clawback is unwound in reverse: so it finds its
    // points in its own lots.
    if (earned != null && earned.points() < 0 && back.compareTo(earned) > 0) {
      back = earned.then(Booking.Act.CLAWBACK, -1, at, booked - target);
    }
    bookings.add(back);
    return back;
  }

  private static Booking clawback(WorkLine line, Instant at, long points) {
    return new Booking(
        Booking.Act.CLAWBACK, at, Booking.CLAWBACK_RANK, line.key(), 0, at, line, points);
  }

  /**
   * A release takes place at its time, which is not before that of the award, and not before
   * tonight's bookings that put points into the line's pending lots.
   */
  private void addReleases(
      WorkLine line, Booking earned, Booking givenBack, List<Booking> bookings) {
    LocalDate availableOn = availableOn(line);
    if (availableOn == null || availableOn.isAfter(night)) return;
    Instant at = availableOn.atStartOfDay(zone).toInstant();
    if (at.isBefore(line.target.earnedAt())) at = line.target.earnedAt();
    boolean opens = earned != null && earned.points() > 0;
    if (!opens && givenBack == null && !line.hasPending()) return;
    Booking release =
        new Booking(Booking.Act.RELEASE, at, Booking.RELEASE_RANK, line.key(), 0, at, line, 0);
    if (opens && release.compareTo(earned) < 0)
      release = earned.then(Booking.Act.RELEASE, 1, at, 0);
    bookings.add(release);
    if (givenBack != null && release.compareTo(givenBack) < 0) {
      // Two places behind: a shrinking award stands directly behind what was given back to it.
      bookings.add(givenBack.then(Booking.Act.RELEASE, 2, at, 0));
    }
  }
}
