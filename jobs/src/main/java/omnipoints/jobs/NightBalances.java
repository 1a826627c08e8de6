package omnipoints.jobs;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import omnipoints.points.EntryKey;
import omnipoints.points.MemberOutcome;
import omnipoints.points.MemberOutcome.LotState;
import omnipoints.points.MemberState;

/** What the accounts of the night hold after it, and when it expires: sums of their lots. */
final class NightBalances implements AutoCloseable {

  /**
   * Grain: one per account, and one per member that merged into it tonight. Points.
   *
   * @param expiringPoints available points whose last day is at most 30 days away
   * @param nextExpiryOn the first last day of available points, null where none expire
   * @param nextExpiryPoints how many expire then
   */
  record BalanceRow(
      String memberId,
      long pending,
      long available,
      long owed,
      long earned,
      long redeemed,
      long restored,
      long expired,
      long clawedBack,
      long adjusted,
      long expiringPoints,
      LocalDate nextExpiryOn,
      Long nextExpiryPoints) {}

  private static final int DAYS_AHEAD = 30;

  /** What is left of the lots of one account. */
  private static final class Held {
    private final LocalDate soon;
    private long pending;
    private long available;
    private long expiring;
    private LocalDate next;
    private long atNext;

    Held(LocalDate soon) {
      this.soon = soon;
    }

    void add(long remaining, LocalDate availableOn, LocalDate expiresOn) {
      if (availableOn == null) {
        pending = Math.addExact(pending, remaining);
        return;
      }
      add(remaining, expiresOn);
    }

    void add(long points, LocalDate expiresOn) {
      available = Math.addExact(available, points);
      if (expiresOn == null || points == 0) return;
      if (!expiresOn.isAfter(soon)) expiring += points;
      if (next == null || expiresOn.isBefore(next)) {
        next = expiresOn;
        atNext = 0;
      }
      if (expiresOn.equals(next)) atNext += points;
    }
  }

  private final Night night;
  private final NightRows<BalanceRow> rows;

  NightBalances(Night night) {
    this.night = night;
    rows = NightRows.own(night, "balance", BalanceRow.class);
  }

  /**
   * @param states of lots that changed or were opened tonight
   */
  void put(MemberPass.Account account, MemberOutcome outcome, Map<EntryKey, LotState> states) {
    Balance balance = account.balance;
    for (Balance merged : account.mergedBalances.values()) balance = balance.withLifetimeOf(merged);
    for (MemberOutcome.Entry entry : outcome.entries())
      if (entry.key().member().equals(account.member)) balance = balance.withLifetimeOf(entry);
    Held held = held(account, outcome, states);
    put(account.member, balance.with(held.pending, held.available, owed(account, outcome)), held);
    for (String merged : account.mergedBalances.keySet())
      put(merged, Balance.ZERO, new Held(held.soon));
  }

  private Held held(
      MemberPass.Account account, MemberOutcome outcome, Map<EntryKey, LotState> states) {
    var held = new Held(night.date().plusDays(DAYS_AHEAD));
    for (MemberState.Lot lot : account.lots) {
      LotState state = states.get(lot.key());
      if (state == null) held.add(lot.remaining(), lot.availableOn(), lot.expiresOn());
      else held.add(state.remaining(), state.availableOn(), state.expiresOn());
    }
    for (MemberPass.Available rest : account.available) held.add(rest.points(), rest.expiresOn());
    for (MemberOutcome.NewLot lot : outcome.lots()) {
      LotState state = states.get(lot.key());
      if (state == null) held.add(lot.points(), null, null);
      else held.add(state.remaining(), state.availableOn(), state.expiresOn());
    }
    return held;
  }

  private static long owed(MemberPass.Account account, MemberOutcome outcome) {
    Map<EntryKey, Long> owed = new HashMap<>();
    for (MemberState.Debt debt : account.debts) owed.put(debt.debit(), debt.owed());
    for (MemberOutcome.DebtState debt : outcome.debts()) owed.put(debt.debit(), debt.owed());
    return owed.values().stream().mapToLong(Long::longValue).sum();
  }

  private void put(String member, Balance balance, Held held) {
    rows.put(
        new BalanceRow(
            member,
            balance.pending(),
            balance.available(),
            balance.owed(),
            balance.earned(),
            balance.redeemed(),
            balance.restored(),
            balance.expired(),
            balance.clawedBack(),
            balance.adjusted(),
            held.expiring,
            held.next,
            held.next == null ? null : held.atNext));
  }

  void finish() {
    rows.finish();
  }

  @Override
  public void close() {
    rows.close();
  }
}
