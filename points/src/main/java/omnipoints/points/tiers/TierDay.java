package omnipoints.points.tiers;

import java.time.LocalDate;

/**
 * What a member bought on one day, by the date of payment. Grain: one per member and day with
 * anything.
 *
 * @param now as known tonight
 * @param unreturned the same, had nothing come back tonight
 */
public record TierDay(LocalDate on, Figures now, Figures unreturned) {}
