package omnipoints.points.tiers;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import omnipoints.points.tiers.TierChange.Reason;

/**
 * The days on which a tier was held because of money that came back: every night since the one that
 * lifted it is decided again by {@link TierNight}, as if that money had never been paid. Pure.
 */
public final class Overearned {
  private Overearned() {}

  /**
   * Days of payment, both included.
   *
   * @param held the tier in force then
   * @param due the tier that was due then; where it is not below {@code held} nothing is overearned
   *     any more
   */
  public record Days(LocalDate from, LocalDate to, String held, String due) {}

  /** A change of the member's tier that an earlier night decided. */
  public record Past(
      LocalDate night,
      String from,
      String to,
      Reason reason,
      LocalDate effectiveOn,
      LocalDate measuredFrom) {}

  private record Pair(String held, String due) {}

  /**
   * Says on which days since a lift too high a tier was in force.
   *
   * @param tiers the terms of the night that lost the tier
   * @param entered the night of the lift; where the member's own history has none, a merge brought
   *     the tier and nothing is overearned
   * @param until the last day on which it was in force
   * @param history the member's changes in their order
   * @param known of the night that asks, {@link TierKnown#whole}
   */
  public static List<Days> of(
      Tiers tiers, LocalDate entered, LocalDate until, List<Past> history, TierKnown known) {
    int lift = lift(entered, history);
    if (lift < 0) return List.of();
    TierState state = before(history.subList(0, lift), known);
    var days = new TreeMap<LocalDate, Pair>();
    int seen = 0;
    for (LocalDate night = entered; night.isBefore(until); night = night.plusDays(1)) {
      int had = seen;
      while (seen < known.days().size() && !known.days().get(seen).on().isAfter(night)) seen++;
      boolean bought = seen > had;
      boolean clock = state != null && state.lookOn() != null && !state.lookOn().isAfter(night);
      if (night.equals(entered) || bought || clock) {
        var then =
            new TierKnown(
                known.joinOn(),
                known.days().subList(0, seen),
                true,
                false,
                List.of(),
                known.standings());
        state = TierNight.decide(tiers, night, state, then).state();
      }
      LocalDate on = night.plusDays(1);
      String held = held(history, on);
      if (tiers.rank(state.tier()) < tiers.rank(held)) days.put(on, new Pair(held, state.tier()));
    }
    return ranges(days);
  }

  /**
   * What is to be written down so that later days count instead of earlier ones.
   *
   * @param before as nights wrote it down, in their order: of a day the last counts
   * @param now of the same lift
   */
  public static List<Days> differing(List<Days> before, List<Days> now) {
    TreeMap<LocalDate, Pair> old = byDay(before);
    TreeMap<LocalDate, Pair> current = byDay(now);
    var differing = new TreeMap<LocalDate, Pair>();
    current.forEach(
        (on, pair) -> {
          if (!pair.equals(old.get(on))) differing.put(on, pair);
        });
    old.forEach(
        (on, pair) -> {
          boolean over = current.containsKey(on) || pair.held().equals(pair.due());
          if (!over) differing.put(on, new Pair(pair.held(), pair.held()));
        });
    return ranges(differing);
  }

  private static int lift(LocalDate entered, List<Past> history) {
    for (int i = 0; i < history.size(); i++)
      if (history.get(i).night().equals(entered) && history.get(i).reason() == Reason.UPGRADE)
        return i;
    return -1;
  }

  /** The state that the lift found; null of who joined in its night. */
  private static TierState before(List<Past> history, TierKnown known) {
    if (history.isEmpty()) return null;
    Past last = history.get(history.size() - 1);
    if (last.reason() == Reason.JOIN && history.size() == 1) {
      LocalDate first = known.days().isEmpty() ? known.joinOn() : known.days().get(0).on();
      LocalDate from = first.isBefore(known.joinOn()) ? first : known.joinOn();
      return state(last, from, null, false);
    }
    Past up = null;
    for (Past one : history) if (one.reason() == Reason.UPGRADE) up = one;
    return state(last, last.effectiveOn(), up, last.reason() == Reason.MANUAL);
  }

  private static TierState state(Past last, LocalDate cycleFrom, Past up, boolean manual) {
    return new TierState(
        last.to(),
        last.effectiveOn(),
        cycleFrom,
        up == null ? null : up.night(),
        up == null ? null : up.measuredFrom(),
        null,
        null,
        null,
        null,
        null,
        manual,
        "",
        null);
  }

  private static String held(List<Past> history, LocalDate on) {
    String held = "";
    for (Past one : history) if (!one.effectiveOn().isAfter(on)) held = one.to();
    return held;
  }

  private static TreeMap<LocalDate, Pair> byDay(List<Days> ranges) {
    var days = new TreeMap<LocalDate, Pair>();
    for (Days range : ranges)
      for (LocalDate on = range.from(); !on.isAfter(range.to()); on = on.plusDays(1))
        days.put(on, new Pair(range.held(), range.due()));
    return days;
  }

  private static List<Days> ranges(TreeMap<LocalDate, Pair> days) {
    var ranges = new ArrayList<Days>();
    LocalDate from = null;
    LocalDate to = null;
    Pair pair = null;
    for (var day : days.entrySet()) {
      boolean on = to != null && to.plusDays(1).equals(day.getKey());
      if (from != null && !(on && Objects.equals(pair, day.getValue()))) {
        ranges.add(new Days(from, to, pair.held(), pair.due()));
        from = null;
      }
      if (from == null) from = day.getKey();
      to = day.getKey();
      pair = day.getValue();
    }
    if (from != null) ranges.add(new Days(from, to, pair.held(), pair.due()));
    return ranges;
  }
}
