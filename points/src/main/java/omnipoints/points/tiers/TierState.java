package omnipoints.points.tiers;

import java.time.LocalDate;

/**
 * What is kept of a member's tier from night to night.
 *
 * @param tier id of the level
 * @param since the first day it is, or will be, in force
 * @param cycleFrom where the years of a cycle begin
 * @param entered night of the last upgrade, null for none
 * @param enteredFrom first day that was measured then
 * @param reviewOn the night in which it may be lowered, null for never
 * @param lookOn the first night in which the clock alone changes something of this, null for never
 * @param fellOn a broken {@code keep} lowered it from this day on; only a purchase from then on
 *     lifts
 * @param keepFrom {@code keep} counts from here, if no purchase is later
 * @param lastBoughtOn the last purchase of which something is kept
 * @param manual held by hand, not by what is measured
 * @param progress what is there of what the next level asks for
 * @param needed what is missing, null at the highest level
 */
public record TierState(
    String tier,
    LocalDate since,
    LocalDate cycleFrom,
    LocalDate entered,
    LocalDate enteredFrom,
    LocalDate reviewOn,
    LocalDate lookOn,
    LocalDate fellOn,
    LocalDate keepFrom,
    LocalDate lastBoughtOn,
    boolean manual,
    String progress,
    String needed) {

  /** The same under other terms: what the clock will bring is asked anew. */
  public TierState anew() {
    return new TierState(
        tier,
        since,
        cycleFrom,
        entered,
        enteredFrom,
        null,
        null,
        fellOn,
        keepFrom,
        lastBoughtOn,
        manual,
        progress,
        needed);
  }
}
