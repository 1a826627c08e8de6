package omnipoints.points.tiers;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import omnipoints.points.rules.Facts;

/**
 * The tiers of one version.
 *
 * @param days of a rolling window, else 0
 * @param levels the lowest first; empty where there are none
 * @param keep null where a level is held only while it is measured
 * @param oneStep a review lowers by one level at most
 * @param graceDays so much later a review lowers
 * @param immediate a return measures again at once
 * @param charge what was earned too much by a tier that a return takes is taken back
 */
public record Tiers(
    Cycle cycle,
    int days,
    List<Level> levels,
    Keep keep,
    boolean oneStep,
    int graceDays,
    boolean immediate,
    boolean charge) {
  /** A programme without tiers. */
  public static final Tiers NONE =
      new Tiers(Cycle.ROLLING, 0, List.of(), null, false, 0, true, false);

  public boolean isEmpty() {
    return levels.isEmpty();
  }

  /** The id of the level that everybody has. */
  public String first() {
    return levels.get(0).id();
  }

  /**
   * A member of a tier, with its passes.
   *
   * @param tier null of who never had one: he is of the first level
   */
  public Facts.Member ranked(Facts.Member member, String tier) {
    if (tier == null && isEmpty()) return member;
    Level level = level(tier == null ? first() : tier);
    return member.of(level == null ? tier : level.id(), level == null ? List.of() : level.passes());
  }

  public Set<String> ids() {
    return levels.stream().map(Level::id).collect(Collectors.toUnmodifiableSet());
  }

  /** Whether a level asks for it. */
  public boolean measures(Measure measure) {
    return levels.stream().anyMatch(level -> level.enter().measures().contains(measure));
  }

  /** The level of an id, null if there is none. */
  public Level level(String id) {
    int rank = rank(id);
    return rank < 0 ? null : levels.get(rank);
  }

  /** No day before it matters to a night of who returned nothing. */
  public LocalDate since(LocalDate night) {
    if (cycle != Cycle.ROLLING) return night.minusYears(1).minusDays(graceDays + 1L);
    int keepDays = keep == null ? 0 : keep.days() + 1 + graceDays;
    return night.minusDays(Math.max(days - 1L, keepDays));
  }

  /** -1 for a level that there is not. */
  int rank(String id) {
    for (int i = 0; i < levels.size(); i++) if (levels.get(i).id().equals(id)) return i;
    return -1;
  }

  /** The highest level whose {@code enter} is met. */
  int measured(Figures figures) {
    for (int i = levels.size() - 1; i > 0; i--) if (levels.get(i).enter().met(figures)) return i;
    return 0;
  }
}
