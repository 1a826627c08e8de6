package omnipoints.points.tiers;

import java.time.LocalDate;
import java.util.List;

/**
 * A change of tier that a night decided. Grain: one per member, night and change; a member that
 * joins and enters a level in one night has two.
 *
 * @param from empty for JOIN
 * @param effectiveOn the day after the night
 * @param measuredFrom first day that was measured; the night is the last one
 * @param figures what was measured
 * @param evidence what it rests on, line by line
 * @param keepBy the night that reviews the new level, null where none will
 * @param keepNeeds what holds it then, null where none will
 */
public record TierChange(
    String from,
    String to,
    Reason reason,
    LocalDate effectiveOn,
    LocalDate measuredFrom,
    Figures figures,
    List<String> evidence,
    LocalDate keepBy,
    String keepNeeds) {

  /** Why a tier changed. */
  public enum Reason {
    JOIN,
    UPGRADE,
    DOWNGRADE,
    RETURN,
    MERGE,
    MANUAL
  }
}
