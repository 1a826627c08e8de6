package omnipoints.jobs;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tiers of a {@link Year}: a rolling window of money, returns count at once, nothing is kept.
 */
final class YearTiers {
  private static final List<String> NAMES = List.of("base", "silver", "gold");
  private static final long[] ENTER = {0, 50_000, 120_000};

  private record Change(LocalDate night, int level) {}

  private static final class State {
    int level;
    LocalDate entered;
    LocalDate unmetSince;
    LocalDate merged;
    final List<Change> changes = new ArrayList<>();
  }

  private final int days;
  private final Map<String, State> states = new HashMap<>();

  YearTiers(int days) {
    this.days = days;
  }

  private State state(String account) {
    return states.computeIfAbsent(account, a -> new State());
  }

  String of(String account) {
    return NAMES.get(state(account).level);
  }

  /** The tier in force on a day, as it was known when a night began. */
  String inForce(String account, LocalDate on, LocalDate night) {
    int level = 0;
    for (Change one : state(account).changes)
      if (one.night().isBefore(night) && one.night().isBefore(on)) level = one.level();
    return NAMES.get(level);
  }

  void merge(LocalDate night, String other, String survivor) {
    State a = state(survivor);
    State b = state(other);
    if (b.level > a.level) {
      a.level = b.level;
      a.entered = b.entered;
      a.changes.add(new Change(night, a.level));
    }
    // the better one is kept until the next night looks at it
    a.unmetSince = night.plusDays(1);
    a.merged = night;
  }

  private static int level(long fen) {
    int level = 0;
    for (int i = 0; i < ENTER.length; i++) if (fen >= ENTER[i]) level = i;
    return level;
  }

  private long money(Map<LocalDate, long[]> orders, LocalDate end, int which) {
    if (end == null) return 0;
    long sum = 0;
    for (Map.Entry<LocalDate, long[]> day : orders.entrySet())
      if (!day.getKey().isAfter(end) && day.getKey().isAfter(end.minusDays(days)))
        sum += day.getValue()[which];
    return sum;
  }

  /**
   * @param orders by day what is kept, what would be without tonight's returns, and what the last
   *     night knew
   */
  void night(LocalDate night, String account, Map<LocalDate, long[]> orders, boolean returned) {
    State state = state(account);
    decide(night, state, orders, returned);
    // also what was reached tonight is looked at in the night after a merge
    if (night.equals(state.merged)) state.unmetSince = night.plusDays(1);
  }

  private void decide(
      LocalDate night, State state, Map<LocalDate, long[]> orders, boolean returned) {
    int was = state.level;
    int measured = level(money(orders, night, 0));
    if (returned) {
      int now = Math.max(measured, level(money(orders, state.entered, 0)));
      int had = Math.max(level(money(orders, night, 1)), level(money(orders, state.entered, 1)));
      if (now < had && now < state.level) state.level = now;
    }
    if (state.level == was && was > 0) {
      if (measured >= was) state.unmetSince = null;
      else {
        if (state.unmetSince == null)
          // what the clock alone would not have lowered is looked at again in the next night
          state.unmetSince = level(money(orders, night, 2)) >= was ? night.plusDays(1) : night;
        if (!state.unmetSince.isAfter(night)) state.level = measured;
      }
    }
    if (measured > state.level) {
      state.level = measured;
      if (measured > was) state.entered = night;
    }
    if (state.level == was) return;
    state.unmetSince = measured < state.level ? night.plusDays(1) : null;
    state.changes.add(new Change(night, state.level));
  }
}
