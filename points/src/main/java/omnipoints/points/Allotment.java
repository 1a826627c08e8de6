package omnipoints.points;

import java.time.Instant;
import omnipoints.facts.LineKey;

/**
 * What an award was given where something bound it.
 *
 * @param key {@link AwardKey} of the award
 * @param effectiveAt when its cause happened
 * @param rule that gives it
 * @param desired points if nothing had bound it
 * @param granted points that were left for it
 */
public record Allotment(
    LineKey key, Instant effectiveAt, String rule, long desired, long granted, Why why) {

  /** What bound an award. */
  public enum Why {
    /** what its rules multiply by may be no more */
    CAP,
    /** enough was given in its period */
    LIMIT,
    /** another order has the slot */
    SLOT,
    /** what may be given over all members is spent */
    BUDGET,
    /** it came later than the rule accepts */
    LATE,
    /** it was made up for later */
    MAKEUP,
    /** it names no order, where the rule counts orders */
    EXCLUDED
  }

  /** Whether it got less than it desired. */
  public boolean bound() {
    return granted < desired;
  }

  /** How the ledger names what kind of cause it has. */
  public String causeType() {
    return AwardKey.type(key).name();
  }

  /** How the ledger names the cause. */
  public String causeKey() {
    return AwardKey.cause(key);
  }
}
