package omnipoints.points;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import omnipoints.facts.LineKey;

/**
 * What a night does to one account: everything that close attaches or applies.
 *
 * @param entries in ledger order, numbered per member from 1
 * @param allocations in booking order; grain: one per movement between a debit and a lot
 */
public record MemberOutcome(
    List<Entry> entries,
    List<NewLot> lots,
    List<Release> releases,
    List<Allocation> allocations,
    List<LotState> lotStates,
    List<DebtState> debts,
    List<PostingState> postings,
    List<OpeningState> openings,
    List<RedemptionState> redemptions,
    List<Forgiven> forgiven,
    List<TransferState> transfers) {

  /** Why an entry exists. */
  public enum CauseType {
    LINE,
    ORDER,
    ACTIVITY,
    MEMBER,
    SCHEDULE,
    TOPUP,
    REFERRAL,
    EXPIRY,
    MERGE,
    ORPHAN_RETURN,
    OPENING,
    REDEMPTION,
    ADJUSTMENT,
    TRANSFER,
    /** an account is closed */
    STATE
  }

  /**
   * One ledger entry.
   *
   * @param points signed as they change pending + available − owed; 0 only for RELEASE
   * @param moved points a RELEASE moves from pending to available, else 0
   * @param line the line or return row that caused it, of an OPENING, adjustment or redemption its
   *     key; null for EXPIRY and MERGE
   * @param causeKey {@code <order>/<line>} of a rate, {@code <order>/<line>#<rule>} of a grant,
   *     expires_on, the other member, the channel of an OPENING, the number of a redemption,
   *     adjustment or transfer, or since when an account is closed
   */
  public record Entry(
      EntryKey key,
      Kind kind,
      long points,
      long moved,
      Instant effectiveAt,
      LineKey line,
      CauseType causeType,
      String causeKey,
      int programVersion) {}

  /**
   * A lot opened tonight by the entry {@code key}. Pending unless a {@link Release} of tonight
   * names it.
   *
   * @param by kind of what opened it; of several lots of one entry only the first has its key
   */
  public record NewLot(EntryKey key, LineKey line, long points, Kind by) {}

  /**
   * A lot that became available, booked tonight. {@code expiresOn} is null when it never expires.
   */
  public record Release(EntryKey lot, LocalDate availableOn, LocalDate expiresOn) {}

  /** How an allocation came about. */
  public enum AllocationKind {
    /** a debit consumes a lot when it is booked */
    DEBIT,
    /** a lot repays an older debt */
    REPAY,
    /** a CLAWBACK that shrank gives points back to a lot (negative) */
    UNDO,
    /** EXPIRE consumes what is left of a dead lot, or gives it back (negative) */
    EXPIRE,
    /** a RESTORE gives points back to a lot that a redemption took (negative) */
    RESTORE,
    /**
     * points that came back to a dead lot move on to the new lot that the debit's key names: no
     * debit of the account
     */
    GRACE
  }

  /**
   * Points moved between a debit and a lot.
   *
   * @param debit the debit entry: tonight's or, for REPAY, UNDO and RESTORE, an earlier one; for
   *     EXPIRE tonight's EXPIRE entry
   * @param points positive consumes the lot, negative gives back
   * @param pending the lot was still pending at that moment: the points came out of (or went back
   *     to) pending
   */
  public record Allocation(
      AllocationKind kind, EntryKey debit, EntryKey lot, long points, boolean pending) {}

  /**
   * What an earlier or this night's debit owes less.
   *
   * @param by RESTORE, because points of it went back, or WRITE_OFF
   */
  public record Forgiven(EntryKey debit, long points, Kind by) {}

  /**
   * How a transfer from the account was judged.
   *
   * @param refusal null where it was not refused
   * @param held it waits for a person
   * @param portions what was given
   */
  public record TransferState(
      String number, Transfer.Refusal refusal, boolean held, List<Transfer.Portion> portions) {

    boolean granted() {
      return refusal == null && !held;
    }
  }

  /**
   * Where a redemption stands that was judged, or of which points went back.
   *
   * @param redeemed points taken in all nights
   * @param restored points given back of them in all nights
   * @param judged what tonight found, null where an earlier night did
   */
  public record RedemptionState(
      LineKey key, Redemption.Outcome outcome, long redeemed, long restored, Judged judged) {}

  /**
   * How a redemption was judged.
   *
   * @param refusal why it was refused, null where it was not
   * @param shortfall points that are missing where that is why
   * @param entry the REDEEM entry, null for none
   * @param balanceAfter what may be used after it, at its place in the night and its own time
   * @param owed what an executed one took beyond that
   * @param beyond an executed one is more than the bound lets through
   * @param fast an executed one is one too many of its day
   */
  public record Judged(
      Redemption.Refusal refusal,
      long shortfall,
      EntryKey entry,
      long balanceAfter,
      long owed,
      boolean beyond,
      boolean fast) {}

  /**
   * New projection of a lot that changed or was opened tonight. Dates are null as in {@link
   * MemberState.Lot}.
   */
  public record LotState(
      EntryKey lot, long remaining, long expired, LocalDate availableOn, LocalDate expiresOn) {}

  /** New open amount of a debt that changed or was made tonight; 0 when it is settled. */
  public record DebtState(
      EntryKey debit, Kind kind, LineKey line, Instant effectiveAt, long owed) {}

  /**
   * New posting of a touched line.
   *
   * @param dueOn the date its pending lots become available; null where they did, or where it is
   *     not known yet
   * @param held an open after-sale case keeps them from it, also after that date
   * @param rule the decision pinned for the line, null while nothing was ever awarded
   * @param award what a grant pinned for itself, null of a rate
   */
  public record PostingState(
      LineKey line,
      long earned,
      long clawedBack,
      PinnedRule rule,
      Award award,
      LocalDate dueOn,
      boolean held) {}

  /**
   * An opening balance that was looked at, whether it moved points or not: it is never looked at
   * again.
   *
   * @param ours pending + available − owed at its place in the night
   * @param points what was booked, signed; 0 for none
   * @param entry the OPENING entry, null for none
   */
  public record OpeningState(
      LineKey key, Combine combine, long theirs, long ours, long points, EntryKey entry) {}
}
