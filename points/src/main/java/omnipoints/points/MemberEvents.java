package omnipoints.points;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import omnipoints.facts.LineKey;

/**
 * What happened to one account tonight, in any order.
 *
 * @param due lines whose hold is over; none of them is among {@code lines}
 * @param adjustments that may be booked
 * @param redemptions of which something became known, a return of what they paid for included
 * @param desk what the service desk tells of it
 */
public record MemberEvents(
    List<Merge> merges,
    List<LineTarget> lines,
    List<Due> due,
    List<OrphanReturn> orphans,
    List<Opening> openings,
    List<Redemption> redemptions,
    List<Adjustment> adjustments,
    Desk desk) {

  /** A night of which the service desk tells nothing. */
  public MemberEvents(
      List<Merge> merges,
      List<LineTarget> lines,
      List<Due> due,
      List<OrphanReturn> orphans,
      List<Opening> openings,
      List<Redemption> redemptions,
      List<Adjustment> adjustments) {
    this(merges, lines, due, orphans, openings, redemptions, adjustments, Desk.NOTHING);
  }

  /** A night in which nobody corrects anything. */
  public MemberEvents(
      List<Merge> merges,
      List<LineTarget> lines,
      List<Due> due,
      List<OrphanReturn> orphans,
      List<Opening> openings,
      List<Redemption> redemptions) {
    this(merges, lines, due, orphans, openings, redemptions, List.of());
  }

  /** A night in which nobody spends. */
  public MemberEvents(
      List<Merge> merges,
      List<LineTarget> lines,
      List<Due> due,
      List<OrphanReturn> orphans,
      List<Opening> openings) {
    this(merges, lines, due, orphans, openings, List.of());
  }

  /**
   * {@code other} merges into the account; its lots, debts and postings are part of the account's
   * state.
   */
  public record Merge(String other, Instant boundAt) {}

  /**
   * The hold of a line is over and nothing else about it is to be decided: what is pending of it
   * becomes available.
   *
   * @param availableOn tonight or earlier
   * @param rule the decision pinned for the line
   * @param earnedOn day of what it was given for; asked where points live from it on
   */
  public record Due(LineKey key, LocalDate availableOn, PinnedRule rule, LocalDate earnedOn) {}

  /**
   * A return row that found no sale; {@code key} is the return row's own key. Grain: one per return
   * row when it is found, and again when its sale, or a part of it, is found later.
   *
   * @param amountFen what has found no sale by now
   * @param before what an earlier night decided about it, null when it is found tonight
   */
  public record OrphanReturn(LineKey key, Instant at, long amountFen, Taken before) {
    /** What an unlinked clawback has taken so far, 0 where the programme ignores such returns. */
    public record Taken(long points) {}
  }

  /**
   * A platform's points balance of the account, shown for the first time. Grain: one per account
   * and channel, ever.
   *
   * @param key channel and shop of the balance; {@link #key} makes it
   * @param theirs points the platform says the member may spend, not negative
   */
  public record Opening(LineKey key, long theirs, Combine combine) {
    /** The key an opening stands under among order lines: no order has such a number. */
    public static LineKey key(String channel, String shop) {
      return new LineKey(channel, shop, "OPENING", channel);
    }
  }

  /**
   * Points given or taken by hand, which may be.
   *
   * @param points signed, not 0
   * @param expires last day of what is given; null: as long as points that became available then
   * @param takenBack it undoes one of that number that was booked: what that gave goes, out of its
   *     own lot first, what that took comes back to where it was
   * @param writeOff it lets go what is owed, up to its points, and gives nothing; taken back it is
   *     owed again
   */
  public record Adjustment(
      String number,
      Instant at,
      long points,
      LocalDate expires,
      boolean takenBack,
      boolean writeOff) {
    /** One of points. */
    public Adjustment(
        String number, Instant at, long points, LocalDate expires, boolean takenBack) {
      this(number, at, points, expires, takenBack, false);
    }

    /** One that undoes nothing. */
    public Adjustment(String number, Instant at, long points, LocalDate expires) {
      this(number, at, points, expires, false);
    }

    /** The key an adjustment stands under among order lines: no order is of the programme. */
    public LineKey key() {
      return key(number);
    }

    /** That of an adjustment number. */
    public static LineKey key(String number) {
      return new LineKey("program", "", "ADJUSTMENT", number);
    }
  }
}
