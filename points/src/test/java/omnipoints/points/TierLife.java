package omnipoints.points;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import omnipoints.points.tiers.Figures;
import omnipoints.points.tiers.Standing;
import omnipoints.points.tiers.TierChange;
import omnipoints.points.tiers.TierDay;
import omnipoints.points.tiers.TierKnown;
import omnipoints.points.tiers.TierNight;
import omnipoints.points.tiers.TierOutcome;
import omnipoints.points.tiers.TierState;
import omnipoints.points.tiers.Tiers;

/**
 * One member from night to night, looked at as the step does: only where something is new or due,
 * and of who returned nothing only the days of the window.
 */
final class TierLife {

  /** What a night reads. Grain: one per order and night that says something new of it. */
  record Told(LocalDate night, LocalDate paidOn, int order, long baseFen, long refundFen) {

    /** {@code 2026-11-01 100 paid 2026-10-30 order 1 back 20}, in fen. */
    static Told of(String text) {
      String[] w = text.strip().split(" +");
      LocalDate night = LocalDate.parse(w[0]);
      LocalDate paidOn = w.length > 2 && w[2].equals("paid") ? LocalDate.parse(w[3]) : night;
      int at = List.of(w).indexOf("order");
      int order = at < 0 ? (int) paidOn.toEpochDay() : Integer.parseInt(w[at + 1]);
      int back = List.of(w).indexOf("back");
      return new Told(
          night, paidOn, order, Long.parseLong(w[1]), back < 0 ? 0 : Long.parseLong(w[back + 1]));
    }
  }

  private final Tiers tiers;
  private final LocalDate joinOn;
  private final List<Told> told;
  final List<Standing> standings = new ArrayList<>();
  final List<String> changes = new ArrayList<>();
  final Map<LocalDate, TierChange> last = new HashMap<>();
  TierState state;
  int looks;

  TierLife(Tiers tiers, LocalDate joinOn, List<Told> told) {
    this.tiers = tiers;
    this.joinOn = joinOn;
    this.told = told;
  }

  /** {@code yyyy-mm-dd from>to REASON} of every change but joining, up to a night. */
  List<String> until(LocalDate first, LocalDate end) {
    for (LocalDate night = first; !night.isAfter(end); night = night.plusDays(1)) night(night);
    return changes;
  }

  void night(LocalDate night) {
    night(night, List.of());
  }

  void night(LocalDate night, List<TierKnown.Merged> merged) {
    boolean news = told.stream().anyMatch(one -> one.night().equals(night));
    boolean due =
        state == null
            || state.lookOn() != null && !state.lookOn().isAfter(night)
            || !merged.isEmpty();
    if (!news && !due) return;
    looks++;
    boolean returned = returned(night);
    boolean whole = returned || state == null;
    LocalDate since = whole ? LocalDate.MIN : tiers.since(night);
    List<TierDay> days =
        days(told, night).stream().filter(day -> !day.on().isBefore(since)).toList();
    TierOutcome outcome =
        TierNight.decide(
            tiers, night, state, new TierKnown(joinOn, days, whole, returned, merged, standings));
    state = outcome.state();
    for (TierChange change : outcome.changes()) {
      if (change.reason() == TierChange.Reason.JOIN) continue;
      changes.add(night + " " + change.from() + ">" + change.to() + " " + change.reason());
      last.put(night, change);
    }
  }

  private boolean returned(LocalDate night) {
    for (Told one : told)
      if (one.night().equals(night) && one.refundFen() > back(one.order(), night.minusDays(1)))
        return true;
    return false;
  }

  private long back(int order, LocalDate by) {
    long back = 0;
    for (Told one : told)
      if (one.order() == order && !one.night().isAfter(by)) back = one.refundFen();
    return back;
  }

  /** A point a yuan. */
  static List<TierDay> days(List<Told> told, LocalDate night) {
    Map<Integer, Told> now = new TreeMap<>();
    Map<Integer, Told> unreturned = new TreeMap<>();
    for (Told one : told) {
      if (one.night().isAfter(night)) continue;
      now.put(one.order(), one);
      Told before = unreturned.get(one.order());
      boolean tonight = one.night().equals(night);
      long back = tonight ? (before == null ? 0 : before.refundFen()) : one.refundFen();
      unreturned.put(
          one.order(), new Told(one.night(), one.paidOn(), one.order(), one.baseFen(), back));
    }
    Map<LocalDate, Figures[]> days = new TreeMap<>();
    now.values().forEach(one -> add(days, one, 0));
    unreturned.values().forEach(one -> add(days, one, 1));
    return days.entrySet().stream()
        .map(day -> new TierDay(day.getKey(), day.getValue()[0], day.getValue()[1]))
        .toList();
  }

  private static void add(Map<LocalDate, Figures[]> days, Told one, int place) {
    Figures[] day =
        days.computeIfAbsent(
            one.paidOn(), on -> new Figures[] {new Figures(0, 0, 0, 0), new Figures(0, 0, 0, 0)});
    long kept = one.baseFen() - one.refundFen();
    day[place] =
        new Figures(
            day[place].paidNetFen() + kept,
            day[place].orders() + (kept > 0 ? 1 : 0),
            day[place].pointsEarned() + kept / 100,
            1);
  }
}
