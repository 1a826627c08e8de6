package omnipoints.points.tiers;

import java.time.LocalDate;
import java.util.List;

/**
 * What a night knows of a member and of all who merged into him.
 *
 * @param joinOn the day of joining
 * @param days that end with the night, in order: those of tonight's window at least
 * @param whole all days there are
 * @param returned something came back tonight; then {@code whole}
 * @param merged who merges into him tonight and had a tier
 * @param standings tiers given by hand, of any time
 */
public record TierKnown(
    LocalDate joinOn,
    List<TierDay> days,
    boolean whole,
    boolean returned,
    List<Merged> merged,
    List<Standing> standings) {

  /** Somebody who merges into the member. */
  public record Merged(String member, TierState state) {}
}
