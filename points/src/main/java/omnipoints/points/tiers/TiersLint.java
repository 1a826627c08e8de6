package omnipoints.points.tiers;

import java.util.ArrayList;
import java.util.List;

/** What is legal of tiers and probably not meant. */
public final class TiersLint {
  private TiersLint() {}

  /**
   * A level that nobody can reach.
   *
   * @param days it asks for
   * @param most days there are
   */
  public record Unreachable(Level level, long days, long most) {}

  /** Levels that ask for more active days than a window has. */
  public static List<Unreachable> of(Tiers tiers) {
    var found = new ArrayList<Unreachable>();
    long most = tiers.cycle() == Cycle.ROLLING ? tiers.days() : 366;
    for (Level level : tiers.levels()) {
      Enter enter = level.enter();
      long all = activeDays(enter.all());
      long any = enter.any().stream().mapToLong(TiersLint::activeDays).min().orElse(0);
      long days = Math.max(all, any);
      if (days > most) found.add(new Unreachable(level, days, most));
    }
    return found;
  }

  private static long activeDays(List<Bound> bounds) {
    return bounds.stream()
        .filter(bound -> bound.measure() == Measure.ACTIVE_DAYS)
        .mapToLong(Bound::from)
        .max()
        .orElse(0);
  }
}
