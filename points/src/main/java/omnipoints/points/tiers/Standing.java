package omnipoints.points.tiers;

import java.time.LocalDate;

/**
 * A tier given by hand.
 *
 * @param from first day
 * @param to last day, null for none
 */
public record Standing(String tier, LocalDate from, LocalDate to) {

  boolean holds(LocalDate on) {
    return !from.isAfter(on) && (to == null || !to.isBefore(on));
  }
}
