package omnipoints.points;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import omnipoints.facts.LineKey;

/**
 * Points that a member spends: what is known of one redemption by tonight. Grain: one per request
 * number, whatever about it became known tonight.
 *
 * @param key {@link #key} of the request number
 * @param points what it costs; not negative
 * @param against everything that already speaks against a request, whatever the account holds;
 *     empty for an executed one, which is booked whatever holds
 * @param bound how many of the item somebody may have, null for as many as he likes
 * @param back what goes back by now, cumulative and growing, in time order; the last one is the
 *     state of tonight. No more goes back than was taken.
 * @param pace null where nobody counts
 */
public record Redemption(
    LineKey key,
    Mode mode,
    Instant at,
    long points,
    Set<Refusal> against,
    Bound bound,
    List<Back> back,
    Pace pace) {

  /** A redemption that nobody counts by the day. */
  public Redemption(
      LineKey key,
      Mode mode,
      Instant at,
      long points,
      Set<Refusal> against,
      Bound bound,
      List<Back> back) {
    this(key, mode, at, points, against, bound, back, null);
  }

  /**
   * How many of a day go without anybody looking.
   *
   * @param day local date
   * @param used how many earlier nights let through
   * @param released somebody has looked: it goes, and counts
   */
  public record Pace(String day, long most, long used, boolean released) {}

  /** EXECUTED: it has happened and is booked. REQUESTED: it may be refused. */
  public enum Mode {
    EXECUTED,
    REQUESTED
  }

  /** Why a request is refused. Of several that hold the first one is told. */
  public enum Refusal {
    /** nobody known stands behind it */
    MEMBER,
    /** there is no such item */
    ITEM,
    /** the item is not to be had at that time */
    WINDOW,
    /** the account is frozen */
    FROZEN,
    /** points are owed, and the programme lets nobody spend then */
    DEBT,
    /** the item is for other tiers */
    TIER,
    /** he has had as many as he may; money off above its step, minimum or cap */
    LIMIT,
    /** it names other points than the item costs */
    PRICE,
    /** the account holds too few points */
    SHORT,
    /** no more are left */
    STOCK
  }

  /** What became of a redemption. */
  public enum Outcome {
    /** a request was met */
    GRANTED,
    /** a request was not met; nothing was taken */
    REFUSED,
    /** a request waits for a person */
    HELD,
    /** an executed one was booked */
    BOOKED
  }

  /**
   * @param over what is counted together, such as an item, or an item in a month
   * @param most how many
   * @param used how many earlier nights let through and did not get back
   * @param qty how many this one asks for
   */
  public record Bound(String over, long most, long used, long qty) {}

  /**
   * @param at when the points go back; before the redemption itself it counts at its time
   * @param points cumulative
   */
  public record Back(Instant at, long points) {}

  /**
   * What earlier nights made of it on this account.
   *
   * @param holder the member whose redemption it was before tonight
   * @param redeemed points taken
   * @param restored points given back of them
   */
  public record Posted(LineKey key, String holder, Outcome outcome, long redeemed, long restored) {}

  /** The key a redemption stands under among order lines: no channel sells under this name. */
  public static LineKey key(String requestNo) {
    return new LineKey("program", "", requestNo, "");
  }

  /** The request number that stands on its entries. */
  String requestNo() {
    return key.order();
  }
}
