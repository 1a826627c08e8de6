package omnipoints.points;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import omnipoints.facts.LineKey;

/**
 * One account as the last closed night left it. The lots, debts and postings of members that merge
 * into it tonight are included, each with the member that held it.
 *
 * @param lots every lot with something left, every lot of tonight's lines, every lot that a debit
 *     of tonight may still reach because it was usable at the debit's effective date, and every lot
 *     that clawbackAllocations names
 * @param debts every open debt
 * @param clawbackAllocations allocations of earlier CLAWBACK entries of tonight's lines in booking
 *     order (night, n), so that they can be undone newest first; those that gave back stand among
 *     them as negative numbers
 * @param redeemed what tonight's redemptions took before
 */
public record MemberState(
    String member,
    List<Lot> lots,
    List<Debt> debts,
    List<Posting> postings,
    List<Allocated> clawbackAllocations,
    Redeemed redeemed) {

  /** An account of which no redemption is told tonight. */
  public MemberState(
      String member,
      List<Lot> lots,
      List<Debt> debts,
      List<Posting> postings,
      List<Allocated> clawbackAllocations) {
    this(member, lots, debts, postings, clawbackAllocations, Redeemed.NONE);
  }

  /**
   * What tonight's redemptions took before tonight. Every lot that is named here is among the
   * account's lots.
   *
   * @param allocations of their earlier REDEEM and falling RESTORE entries in booking order (night,
   *     n), with what was given back as negative numbers
   * @param graceLots lots of the account whose points had come back although their lot was dead;
   *     asked where redemptions are told only
   */
  public record Redeemed(
      List<Redemption.Posted> postings, List<Allocated> allocations, Set<EntryKey> graceLots) {
    public static final Redeemed NONE = new Redeemed(List.of(), List.of(), Set.of());
  }

  /**
   * A lot: the points of one award that live and die together.
   *
   * @param key the EARN entry that opened it
   * @param holder the member whose lot it is before tonight (differs from the account only in a
   *     merge of tonight)
   * @param points awarded
   * @param remaining not consumed by anything
   * @param expired consumed by EXPIRE
   * @param availableOn null while pending
   * @param expiresOn last usable day; null while pending, or when it never expires
   */
  public record Lot(
      EntryKey key,
      String holder,
      LineKey line,
      long points,
      long remaining,
      long expired,
      LocalDate availableOn,
      LocalDate expiresOn) {}

  /**
   * The unallocated rest of a debit. {@code debit} names the entry, {@code line} its cause; {@code
   * kind} is the entry's, because a clawback that is undone lowers debts of clawbacks only.
   */
  public record Debt(
      EntryKey debit, Kind kind, String holder, LineKey line, Instant effectiveAt, long owed) {}

  /**
   * What has been posted for one line on this account: net points of EARN, and of CLAWBACK as a
   * positive number.
   */
  public record Posting(LineKey line, String holder, long earned, long clawedBack) {}

  /** Points that {@code debit} took out of {@code lot}; negative where it gave them back. */
  public record Allocated(EntryKey debit, LineKey line, EntryKey lot, long points) {}
}
