package omnipoints.points.tiers;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import omnipoints.points.tiers.TierChange.Reason;

/**
 * What a night makes of one member's tier: pure. What it decides is in force from the next day on.
 *
 * <pre>
 * joins            -> the first level
 * merges           -> the better of both, until its next review
 * a return         -> measured again as if the money had never been paid: the better of the window that lifted
 *                     and tonight's holds
 * the review date  -> what no longer holds is lowered
 * any night        -> what tonight's window measures lifts
 * by hand          -> holds for its days; only a higher measured level beats it
 * </pre>
 */
public final class TierNight {
  private final Tiers tiers;
  private final LocalDate night;
  private final LocalDate next;
  private final TierKnown known;
  private final LocalDate lastBoughtOn;

  /** What is decided of the member as he comes into the night; merges change it. */
  private TierState held;

  private TierNight(Tiers tiers, LocalDate night, TierState before, TierKnown known) {
    this.tiers = tiers;
    this.night = night;
    this.next = night.plusDays(1);
    this.known = known;
    this.held = before == null ? joined() : before;
    this.lastBoughtOn = lastBought(before);
  }

  /**
   * Decides.
   *
   * @param tiers of the version in force on the night, not empty
   * @param before null of who was never looked at
   */
  public static TierOutcome decide(
      Tiers tiers, LocalDate night, TierState before, TierKnown known) {
    return new TierNight(tiers, night, before, known).decide(before);
  }

  private TierState joined() {
    LocalDate cycleFrom = known.joinOn();
    for (TierDay day : known.days()) if (day.on().isBefore(cycleFrom)) cycleFrom = day.on();
    return new TierState(
        tiers.first(), next, cycleFrom, null, null, null, null, null, null, null, false, "", null);
  }

  private LocalDate lastBought(TierState before) {
    LocalDate last = null;
    for (TierDay day : known.days()) if (day.now().orders() > 0) last = later(last, day.on());
    if (known.whole()) return last;
    if (before != null) last = later(last, before.lastBoughtOn());
    for (TierKnown.Merged one : known.merged()) last = later(last, one.state().lastBoughtOn());
    return last;
  }

  /** What a night decides before standings are asked. */
  private record Own(int rank, Reason reason, List<String> evidence) {}

  private TierOutcome decide(TierState before) {
    var changes = new ArrayList<TierChange>();
    LocalDate from = windowFrom(night);
    Figures figures = sum(from, night, TierDay::now);
    int measured = tiers.measured(figures);
    int was = tiers.rank(held.tier());
    boolean adopted = adopt();
    int rank = tiers.rank(held.tier());
    boolean byHand = held.manual();
    Own own = own(rank, adopted, figures, measured);
    Standing standing = standing();
    int given = standing == null ? -1 : tiers.rank(standing.tier());
    boolean manual = given > own.rank();
    int after = Math.max(given, own.rank());
    Reason reason = own.reason();
    List<String> evidence = own.evidence();
    if (manual && after > was && !(adopted && after == rank)) {
      reason = Reason.MANUAL;
      evidence = List.of(told(standing));
    }
    if (reason == null && adopted) reason = Reason.MERGE;
    if (reason == null && byHand && after < rank) {
      reason = Reason.DOWNGRADE;
      evidence = days(from, night);
    }
    boolean changed = after != was;
    TierState state = state(after, was, reason, manual, from, figures, measured, byHand, standing);
    if (before == null)
      changes.add(
          new TierChange(
              "", tiers.first(), Reason.JOIN, next, from, figures, List.of(), null, null));
    if (changed)
      changes.add(
          new TierChange(
              before == null ? tiers.first() : before.tier(),
              state.tier(),
              reason,
              next,
              from,
              figures,
              evidence,
              state.reviewOn(),
              keepNeeds(after, state)));
    return new TierOutcome(state, changes);
  }

  /** Takes over the best tier of those that merge, with all that holds it. */
  private boolean adopt() {
    boolean adopted = false;
    for (TierKnown.Merged one : known.merged()) {
      if (tiers.rank(one.state().tier()) <= tiers.rank(held.tier())) continue;
      TierState other = one.state();
      held =
          new TierState(
              other.tier(),
              held.since(),
              other.cycleFrom(),
              other.entered(),
              other.enteredFrom(),
              other.reviewOn(),
              null,
              other.fellOn(),
              other.keepFrom(),
              null,
              other.manual(),
              "",
              null);
      adopted = true;
    }
    return adopted;
  }

  private Own own(int rank, boolean adopted, Figures figures, int measured) {
    LocalDate from = windowFrom(night);
    if (rank < 0)
      return new Own(measured, measured > 0 ? Reason.UPGRADE : Reason.DOWNGRADE, days(from, night));
    Own own = new Own(rank, adopted ? Reason.MERGE : null, adopted ? merged() : List.of());
    if (held.manual()) {
      own = new Own(measured, measured < rank ? null : own.reason(), own.evidence());
      if (measured > rank) own = new Own(measured, Reason.UPGRADE, days(from, night));
      return own;
    }
    int left = afterReturn(rank, measured);
    if (left < rank) own = new Own(left, Reason.RETURN, days(from, night));
    else if (due() && !waitsForMerge()) {
      int reviewed = reviewed(rank, figures, measured);
      if (reviewed < rank) own = new Own(reviewed, Reason.DOWNGRADE, reviewEvidence());
    }
    if (measured > own.rank() && mayLift())
      own = new Own(measured, measured > rank ? Reason.UPGRADE : own.reason(), days(from, night));
    return own;
  }

  private List<String> merged() {
    return known.merged().stream().map(one -> one.member() + " " + one.state().tier()).toList();
  }

  /** Measures again what a return of tonight took away, if the programme says so. */
  private int afterReturn(int rank, int measured) {
    if (!tiers.immediate() || !known.returned() || rank == 0) return rank;
    int now = Math.max(measured, entry(TierDay::now));
    int had =
        Math.max(
            tiers.measured(sum(windowFrom(night), night, TierDay::unreturned)),
            entry(TierDay::unreturned));
    return now < had ? Math.min(rank, now) : rank;
  }

  /** What the window that lifted the level measures. */
  private int entry(Function<TierDay, Figures> of) {
    if (held.entered() == null) return 0;
    return tiers.measured(sum(held.enteredFrom(), held.entered(), of));
  }

  private boolean due() {
    return held.reviewOn() != null && !held.reviewOn().isAfter(night);
  }

  /** A merge keeps the better tier of a rolling cycle until its next review, the next night. */
  private boolean waitsForMerge() {
    return tiers.cycle() == Cycle.ROLLING && !known.merged().isEmpty();
  }

  private int reviewed(int rank, Figures figures, int measured) {
    if (rank == 0) return 0;
    if (tiers.cycle() != Cycle.ROLLING) {
      LocalDate ended = held.reviewOn().minusDays(tiers.graceDays());
      Figures year = sum(tiers.cycle().start(anchor(), ended), night, TierDay::now);
      return lowered(rank, tiers.measured(year), year);
    }
    if (tiers.keep() == null) return lowered(rank, measured, figures);
    int least = Math.max(0, tiers.rank(tiers.keep().otherwise()));
    if (rank <= least || !broken()) return rank;
    return tiers.oneStep() ? Math.max(rank - 1, least) : least;
  }

  private int lowered(int rank, int measured, Figures figures) {
    if (measured >= rank || tiers.levels().get(rank).enter().met(figures)) return rank;
    return tiers.oneStep() ? rank - 1 : measured;
  }

  private boolean broken() {
    return !brokenOn(held.keepFrom()).isAfter(night);
  }

  /** The night in which a level falls if nothing is bought before. */
  private LocalDate brokenOn(LocalDate keepFrom) {
    LocalDate from = later(lastBoughtOn, keepFrom);
    if (from == null) from = held.entered() == null ? night : held.entered();
    return from.plusDays(tiers.keep().days() + 1L + tiers.graceDays());
  }

  /** A level that a broken {@code keep} took is lifted again only by a purchase after the fall. */
  private boolean mayLift() {
    if (tiers.keep() == null) return true;
    if (held.fellOn() != null && (lastBoughtOn == null || lastBoughtOn.isBefore(held.fellOn())))
      return false;
    return lastBoughtOn == null
        || lastBoughtOn.plusDays(tiers.keep().days() + 1L + tiers.graceDays()).isAfter(night);
  }

  private List<String> reviewEvidence() {
    if (tiers.keep() != null)
      return List.of(
          lastBoughtOn == null ? "no purchase" : "last purchase " + lastBoughtOn.toString());
    LocalDate from =
        tiers.cycle() == Cycle.ROLLING
            ? windowFrom(night)
            : tiers.cycle().start(anchor(), held.reviewOn().minusDays(tiers.graceDays()));
    return days(from, night);
  }

  /** The best that holds on the next day, null for none. */
  private Standing standing() {
    Standing best = null;
    for (Standing one : known.standings()) {
      if (!one.holds(next) || tiers.rank(one.tier()) < 0) continue;
      if (best == null || tiers.rank(one.tier()) > tiers.rank(best.tier())) best = one;
    }
    return best;
  }

  private static String told(Standing standing) {
    return "standing "
        + standing.tier()
        + " "
        + standing.from()
        + ".."
        + (standing.to() == null ? "" : standing.to());
  }

  private TierState state(
      int after,
      int was,
      Reason reason,
      boolean manual,
      LocalDate from,
      Figures figures,
      int measured,
      boolean byHand,
      Standing standing) {
    boolean changed = after != was;
    boolean up = changed && reason == Reason.UPGRADE;
    boolean anew = up || byHand && !manual;
    boolean keptOut = reason == Reason.DOWNGRADE && tiers.keep() != null && !byHand && was >= 0;
    LocalDate keepFrom = held.keepFrom();
    if (anew) keepFrom = lastBoughtOn == null ? night : null;
    if (keptOut) keepFrom = night;
    LocalDate fellOn = held.fellOn();
    if (up) fellOn = null;
    if (keptOut) fellOn = next;
    LocalDate cycleFrom = held.cycleFrom();
    if (changed && tiers.cycle() == Cycle.TIER_START && reason != Reason.MERGE) cycleFrom = next;
    LocalDate entered = anew ? night : held.entered();
    LocalDate enteredFrom = anew ? from : held.enteredFrom();
    LocalDate reviewOn =
        after == 0
            ? null
            : manual
                ? standing.to()
                : review(after, changed, figures, measured, cycleFrom, keepFrom);
    Figures shown = changed && tiers.cycle() == Cycle.TIER_START ? Figures.ZERO : figures;
    Level level = tiers.levels().get(Math.min(after + 1, tiers.levels().size() - 1));
    boolean highest = after + 1 == tiers.levels().size();
    return new TierState(
        tiers.levels().get(after).id(),
        changed || held.since().equals(next) ? next : held.since(),
        cycleFrom,
        entered,
        enteredFrom,
        reviewOn,
        lookOn(reviewOn, from, cycleFrom),
        fellOn,
        keepFrom,
        lastBoughtOn,
        manual,
        level.enter().measures().isEmpty() ? "" : level.enter().progress(shown),
        highest ? null : level.enter().missing(shown));
  }

  private LocalDate review(
      int rank,
      boolean changed,
      Figures figures,
      int measured,
      LocalDate cycleFrom,
      LocalDate keepFrom) {
    LocalDate stored = changed || due() ? null : held.reviewOn();
    if (tiers.cycle() != Cycle.ROLLING) {
      if (stored != null) return stored;
      LocalDate anchor = tiers.cycle() == Cycle.JOIN ? joinAnchor() : cycleFrom;
      return tiers.cycle().end(anchor, next).plusDays(tiers.graceDays());
    }
    if (waitsForMerge()) return next;
    LocalDate review =
        tiers.keep() == null ? unmetOn(rank, figures, measured) : keepOn(rank, keepFrom);
    if (review == null) return null;
    boolean unmet = !review.isAfter(night);
    LocalDate soonest = tiers.keep() == null ? next.plusDays(tiers.graceDays()) : next;
    if (tiers.immediate()) {
      // the days of grace go on where they run
      boolean runs = unmet && tiers.keep() == null && stored != null;
      if (runs) return known.returned() && soonest.isBefore(stored) ? soonest : stored;
    } else if (stored != null) {
      // what came back waits for the review that was due
      return later(review, stored);
    }
    return unmet ? soonest : review;
  }

  private LocalDate keepOn(int rank, LocalDate keepFrom) {
    if (rank <= tiers.rank(tiers.keep().otherwise())) return null;
    return brokenOn(keepFrom);
  }

  /**
   * The night that lowers a level if nothing is bought before, the days of grace included; tonight
   * where it is not met any more; null where the clock takes nothing.
   */
  private LocalDate unmetOn(int rank, Figures figures, int measured) {
    Enter enter = tiers.levels().get(rank).enter();
    if (measured < rank && !enter.met(figures)) return night;
    LocalDate from = windowFrom(night);
    for (TierDay day : known.days()) {
      if (day.on().isBefore(from) || day.on().isAfter(night)) continue;
      LocalDate without = day.on().plusDays(tiers.days());
      Figures left = sum(day.on().plusDays(1), night, TierDay::now);
      if (tiers.measured(left) < rank && !enter.met(left))
        return without.plusDays(tiers.graceDays());
    }
    return null;
  }

  /** The first night in which the clock changes something. */
  private LocalDate lookOn(LocalDate reviewOn, LocalDate from, LocalDate cycleFrom) {
    Stream<LocalDate> leaves =
        known.days().stream()
            .filter(day -> !day.on().isBefore(from) && !day.on().isAfter(night))
            .filter(day -> !day.now().equals(Figures.ZERO))
            .map(day -> leaves(day.on(), cycleFrom));
    Stream<LocalDate> byHand =
        known.standings().stream()
            .filter(one -> tiers.rank(one.tier()) > 0)
            .flatMap(
                one -> Stream.of(one.from().minusDays(1), one.to() == null ? night : one.to()));
    return Stream.concat(Stream.concat(leaves, byHand), Stream.ofNullable(reviewOn))
        .filter(date -> date.isAfter(night))
        .min(LocalDate::compareTo)
        .orElse(null);
  }

  /** The night that measures a day no more. */
  private LocalDate leaves(LocalDate on, LocalDate cycleFrom) {
    if (tiers.cycle() == Cycle.ROLLING) return on.plusDays(tiers.days());
    LocalDate anchor = tiers.cycle() == Cycle.JOIN ? joinAnchor() : cycleFrom;
    if (anchor.equals(next)) return next;
    return tiers.cycle().end(anchor, night).plusDays(1);
  }

  private String keepNeeds(int rank, TierState state) {
    if (rank == 0 || state.reviewOn() == null) return null;
    if (state.manual()) return "standing";
    if (tiers.keep() != null) return "purchase";
    return tiers.levels().get(rank).asked();
  }

  private LocalDate windowFrom(LocalDate on) {
    return tiers.cycle() == Cycle.ROLLING
        ? on.minusDays(tiers.days() - 1L)
        : tiers.cycle().start(anchor(), on);
  }

  /** Where the years of the member begin. */
  private LocalDate anchor() {
    return tiers.cycle() == Cycle.JOIN ? joinAnchor() : held.cycleFrom();
  }

  private LocalDate joinAnchor() {
    return known.joinOn();
  }

  private Figures sum(LocalDate from, LocalDate to, Function<TierDay, Figures> of) {
    Figures sum = Figures.ZERO;
    for (TierDay day : known.days())
      if (!day.on().isBefore(from) && !day.on().isAfter(to)) sum = sum.plus(of.apply(day));
    return sum;
  }

  /** The days of a window with anything, for people. */
  private List<String> days(LocalDate from, LocalDate to) {
    var lines = new ArrayList<String>();
    for (TierDay day : known.days()) {
      if (day.on().isBefore(from) || day.on().isAfter(to)) continue;
      var parts = new ArrayList<String>();
      for (Measure measure : Measure.values())
        if (tiers.measures(measure)) parts.add(measure.word() + "=" + day.now().of(measure));
      lines.add(day.on() + " " + String.join(" ", parts));
    }
    return lines;
  }

  private static LocalDate later(LocalDate one, LocalDate other) {
    if (one == null) return other;
    return other == null || one.isAfter(other) ? one : other;
  }
}
