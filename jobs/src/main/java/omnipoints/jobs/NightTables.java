package omnipoints.jobs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import omnipoints.facts.LineKey;
import omnipoints.points.EntryKey;
import omnipoints.points.MemberOutcome;
import omnipoints.points.MemberOutcome.LotState;
import omnipoints.points.MemberState;

/**
 * The night's own tables of member space, open for COPY, each on a connection of its own. Nothing
 * in them is visible to readers before close attaches or applies it. Lots opened tonight are
 * written in their final state of the night.
 */
final class NightTables implements AutoCloseable {

  private final Night night;
  private final List<NightCopy> open = new ArrayList<>();
  private final NightCopy entries;
  private final NightCopy lots;
  private final NightCopy releases;
  private final NightCopy allocations;
  private final NightCopy lotStates;
  private final NightCopy debts;
  private final NightPostings postings;
  private final NightBalances balances;
  private final NightCopy openings;
  private final NightRows<RedeemedRow> redeemed;
  private final Handed handed;
  private final NightCopy pointsTotals;
  private final NightCopy movements;
  private final NightRows<ExpiryMonths.MonthRow> expiryMonths;
  private final EntryRoot root;
  private final PointsTotals totals = new PointsTotals();
  private final Movements moved = new Movements();
  private final ExpiryMonths expiring = new ExpiryMonths();

  private NightTables(Night night) {
    this.night = night;
    entries =
        copy(
            "entry",
            "night",
            "bucket",
            "member_id",
            "n",
            "kind",
            "points",
            "moved",
            "effective_at",
            "channel",
            "shop",
            "order_key",
            "line_key",
            "cause_type",
            "cause_key",
            "program_version");
    lots =
        copy(
            "lot",
            "night",
            "bucket",
            "member_id",
            "n",
            "channel",
            "shop",
            "order_no",
            "order_key",
            "line_key",
            "points",
            "remaining",
            "expired",
            "available_on",
            "expires_on");
    releases =
        copy(
            "lot_release",
            "night",
            "lot_night",
            "lot_member",
            "lot_n",
            "available_on",
            "expires_on");
    allocations =
        copy(
            "allocation",
            "night",
            "member_id",
            "n",
            "kind",
            "debit_night",
            "debit_member",
            "debit_n",
            "lot_night",
            "lot_member",
            "lot_n",
            "points",
            "pending");
    lotStates =
        copy(
            "lot_state",
            "lot_night",
            "lot_member",
            "lot_n",
            "remaining",
            "expired",
            "available_on",
            "expires_on",
            "was_remaining",
            "was_expired",
            "was_available_on");
    debts =
        copy(
            "debt",
            "debit_night",
            "debit_member",
            "debit_n",
            "kind",
            "channel",
            "shop",
            "order_no",
            "line_key",
            "effective_at",
            "owed");
    postings = new NightPostings(night);
    balances = new NightBalances(night);
    openings =
        copy(
            "opening",
            "channel",
            "member_id",
            "shop",
            "night",
            "combine",
            "theirs",
            "ours",
            "points",
            "n",
            "program_version");
    redeemed = NightRows.own(night, "redeemed", RedeemedRow.class);
    handed = new Handed(night);
    pointsTotals =
        copy("points_total", "channel", "shop", "kind", "entries", "points", "moved", "multiplied");
    movements = copy("movement", "channel", "shop", "account", "movement", "points");
    expiryMonths = NightRows.own(night, "expiry_month", ExpiryMonths.MonthRow.class);
    root = new EntryRoot(night.date(), night.zone());
  }

  static NightTables open(Night night) {
    return new NightTables(night);
  }

  private NightCopy copy(String table, String... columns) {
    NightCopy copy = NightCopy.own(night, table, columns);
    open.add(copy);
    return copy;
  }

  /** What the night's entries are in one figure each. */
  record Booked(long entries, String entryRoot) {}

  /** Writes the sums, ends and commits all copies. */
  Booked finish() {
    String entryRoot = root.finish();
    totals.sums().forEach(this::putTotal);
    moved.sums().forEach(this::putMovement);
    expiring.rows().forEach(expiryMonths::put);
    expiryMonths.finish();
    postings.finish();
    balances.finish();
    redeemed.finish();
    handed.finish();
    NightCopy.finishAll(open);
    return new Booked(root.entries(), entryRoot);
  }

  private void putTotal(PointsTotals.Key key, PointsTotals.Sum sum) {
    pointsTotals
        .row()
        .putText(key.channel())
        .putText(key.shop())
        .putText(key.kind().name())
        .putLong(sum.entries())
        .putLong(sum.points())
        .putLong(sum.moved())
        .putLong(sum.multiplied());
  }

  private void putMovement(Movements.Key key, long points) {
    movements
        .row()
        .putText(key.channel())
        .putText(key.shop())
        .putText(key.account().name().toLowerCase(Locale.ROOT))
        .putText(key.movement().name().toLowerCase(Locale.ROOT))
        .putLong(points);
  }

  void put(MemberPass.Account account, MemberOutcome outcome) {
    root.add(account.member, outcome.entries());
    totals.add(outcome);
    moved.add(account.lots, account.debts, outcome);
    for (MemberOutcome.Entry entry : outcome.entries()) putEntry(account, entry);
    Map<EntryKey, LotState> states = new HashMap<>();
    for (LotState state : outcome.lotStates()) states.put(state.lot(), state);
    for (MemberOutcome.NewLot lot : outcome.lots()) putLot(account, lot, states.get(lot.key()));
    for (MemberState.Lot lot : account.lots)
      if (states.containsKey(lot.key())) putLotState(lot, states.get(lot.key()));
    for (MemberOutcome.Release release : outcome.releases()) {
      releases
          .row()
          .putDate(night.date())
          .putDate(release.lot().night())
          .putText(release.lot().member())
          .putInt(release.lot().n())
          .putDate(release.availableOn())
          .putDate(release.expiresOn());
    }
    int n = 0;
    for (MemberOutcome.Allocation allocation : outcome.allocations())
      putAllocation(account.member, ++n, allocation);
    for (MemberOutcome.DebtState debt : outcome.debts()) putDebt(debt);
    for (MemberOutcome.PostingState posting : outcome.postings())
      postings.put(account.member, account.posted.get(posting.line()), posting);
    for (MemberOutcome.OpeningState opening : outcome.openings()) putOpening(account, opening);
    for (MemberOutcome.RedemptionState redemption : outcome.redemptions()) {
      redeemed.put(RedeemedRow.of(night.date(), account, redemption));
      if (redemption.judged() != null)
        handed.put(account.member, account.spending.row(redemption.key()), redemption.outcome());
    }
    balances.put(account, outcome, states);
    expiring.add(account, outcome, states);
  }

  private void putOpening(MemberPass.Account account, MemberOutcome.OpeningState opening) {
    openings
        .row()
        .putText(opening.key().channel())
        .putText(account.member)
        .putText(opening.key().shop())
        .putDate(night.date())
        .putText(opening.combine().name())
        .putLong(opening.theirs())
        .putLong(opening.ours())
        .putLong(opening.points());
    if (opening.entry() == null) openings.rows().putNull();
    else openings.rows().putInt(opening.entry().n());
    openings.rows().putInt(night.rules().version());
  }

  private void putEntry(MemberPass.Account account, MemberOutcome.Entry entry) {
    LineKey line = entry.line();
    boolean ofOrder =
        line != null
            && entry.causeType() != MemberOutcome.CauseType.OPENING
            && entry.causeType() != MemberOutcome.CauseType.ADJUSTMENT
            && entry.causeType() != MemberOutcome.CauseType.STATE
            && entry.causeType() != MemberOutcome.CauseType.TRANSFER
            && entry.causeType() != MemberOutcome.CauseType.REDEMPTION;
    String member = entry.key().member();
    short bucket =
        member.equals(account.member) ? account.bucket : account.mergedBuckets.get(member);
    entries
        .row()
        .putDate(night.date())
        .putShort(bucket)
        .putText(member)
        .putInt(entry.key().n())
        .putText(entry.kind().name())
        .putLong(entry.points())
        .putLong(entry.moved())
        .putTimestamptz(entry.effectiveAt())
        .putText(line == null ? "" : line.channel())
        .putText(line == null ? "" : line.shop())
        .putUuid(ofOrder ? orderKey(account, line) : null)
        .putText(ofOrder ? line.line() : null)
        .putText(entry.causeType().name())
        .putText(entry.causeKey())
        .putInt(entry.programVersion());
  }

  private static UUID orderKey(MemberPass.Account account, LineKey line) {
    UUID key = account.orderKeys.get(line);
    if (key == null)
      throw new IllegalStateException("an entry for a line that is not in tonight's events");
    return key;
  }

  private void putLot(MemberPass.Account account, MemberOutcome.NewLot lot, LotState state) {
    LineKey line = lot.line();
    lots.row()
        .putDate(night.date())
        .putShort(account.bucket)
        .putText(lot.key().member())
        .putInt(lot.key().n())
        .putText(line.channel())
        .putText(line.shop())
        .putText(line.order())
        .putUuid(orderKey(account, line))
        .putText(line.line())
        .putLong(lot.points())
        .putLong(state == null ? lot.points() : state.remaining())
        .putLong(state == null ? 0 : state.expired())
        .putDate(state == null ? null : state.availableOn())
        .putDate(state == null ? null : state.expiresOn());
  }

  private void putLotState(MemberState.Lot was, LotState state) {
    lotStates
        .row()
        .putDate(state.lot().night())
        .putText(state.lot().member())
        .putInt(state.lot().n())
        .putLong(state.remaining())
        .putLong(state.expired())
        .putDate(state.availableOn())
        .putDate(state.expiresOn())
        .putLong(was.remaining())
        .putLong(was.expired())
        .putDate(was.availableOn());
  }

  private void putAllocation(String member, int n, MemberOutcome.Allocation allocation) {
    allocations
        .row()
        .putDate(night.date())
        .putText(member)
        .putInt(n)
        .putText(allocation.kind().name())
        .putDate(allocation.debit().night())
        .putText(allocation.debit().member())
        .putInt(allocation.debit().n())
        .putDate(allocation.lot().night())
        .putText(allocation.lot().member())
        .putInt(allocation.lot().n())
        .putLong(allocation.points())
        .putBoolean(allocation.pending());
  }

  private void putDebt(MemberOutcome.DebtState debt) {
    LineKey line = debt.line();
    debts
        .row()
        .putDate(debt.debit().night())
        .putText(debt.debit().member())
        .putInt(debt.debit().n())
        .putText(debt.kind().name())
        .putText(line.channel())
        .putText(line.shop())
        .putText(line.order())
        .putText(line.line())
        .putTimestamptz(debt.effectiveAt())
        .putLong(debt.owed());
  }

  @Override
  public void close() {
    expiryMonths.close();
    postings.close();
    balances.close();
    redeemed.close();
    handed.close();
    open.forEach(NightCopy::close);
  }
}
