package omnipoints.jobs;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import omnipoints.facts.LineKey;
import omnipoints.points.EntryKey;
import omnipoints.points.Kind;
import omnipoints.points.MemberOutcome;
import omnipoints.points.MemberState;

/**
 * What a night moves between pending, available and owed, by channel and shop of the lot (owed: of
 * the debit); summed while accounts are decided. The liability of the night is the one before plus
 * these.
 */
final class Movements {

  /** Account of the points liability. */
  enum Account {
    PENDING,
    AVAILABLE,
    OWED
  }

  /** Column of the points liability. */
  enum Movement {
    ISSUED,
    RELEASED,
    CLAWED_BACK,
    REDEEMED,
    RESTORED,
    EXPIRED,
    ADJUSTED,
    REPAID
  }

  /** Grain of the sums. */
  record Key(String channel, String shop, Account account, Movement movement)
      implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int c = channel.compareTo(other.channel);
      if (c == 0) c = shop.compareTo(other.shop);
      if (c == 0) c = account.compareTo(other.account);
      return c != 0 ? c : movement.compareTo(other.movement);
    }
  }

  private final Map<Key, Long> sums = new HashMap<>();

  /** Points by key, signed as they change the account (owed is negative), in order of the keys. */
  Map<Key, Long> sums() {
    return new TreeMap<>(sums);
  }

  void add(List<MemberState.Lot> lots, List<MemberState.Debt> debts, MemberOutcome outcome) {
    for (MemberOutcome.NewLot lot : outcome.lots()) open(lot);
    for (MemberOutcome.Entry entry : outcome.entries()) {
      if (entry.kind() != Kind.RELEASE) continue;
      add(entry.line(), Account.PENDING, Movement.RELEASED, -entry.moved());
      add(entry.line(), Account.AVAILABLE, Movement.RELEASED, entry.moved());
    }
    if (!outcome.allocations().isEmpty()) allocate(lots, outcome, kinds(outcome));
    if (!outcome.debts().isEmpty()) owe(debts, outcome);
  }

  /** Only what was earned waits for its release. */
  private void open(MemberOutcome.NewLot lot) {
    Account account = lot.by() == Kind.EARN ? Account.PENDING : Account.AVAILABLE;
    Movement movement =
        switch (lot.by()) {
          case EARN -> Movement.ISSUED;
          case OPENING, ADJUST, TRANSFER -> Movement.ADJUSTED;
          default -> Movement.RESTORED;
        };
    add(lot.line(), account, movement, lot.points());
  }

  private void allocate(
      List<MemberState.Lot> lots, MemberOutcome outcome, Map<EntryKey, Kind> kinds) {
    Map<EntryKey, LineKey> lines = new HashMap<>();
    for (MemberState.Lot lot : lots) lines.put(lot.key(), lot.line());
    for (MemberOutcome.NewLot lot : outcome.lots()) lines.put(lot.key(), lot.line());
    for (MemberOutcome.Allocation allocation : outcome.allocations()) {
      Movement movement =
          switch (allocation.kind()) {
            case EXPIRE -> Movement.EXPIRED;
            case REPAY -> Movement.REPAID;
            case DEBIT -> ofDebit(kinds.get(allocation.debit()));
            case UNDO -> Movement.CLAWED_BACK;
            case RESTORE, GRACE -> Movement.RESTORED;
          };
      add(
          lines.get(allocation.lot()),
          allocation.pending() ? Account.PENDING : Account.AVAILABLE,
          movement,
          -allocation.points());
    }
  }

  /** What a debt grew or shrank by itself; what lots repaid of it is a movement of its own. */
  private void owe(List<MemberState.Debt> debts, MemberOutcome outcome) {
    Map<EntryKey, Long> change = new HashMap<>();
    for (MemberOutcome.DebtState debt : outcome.debts()) change.put(debt.debit(), debt.owed());
    for (MemberState.Debt debt : debts)
      change.computeIfPresent(debt.debit(), (key, owed) -> owed - debt.owed());
    Map<EntryKey, Long> repaid = new HashMap<>();
    for (MemberOutcome.Allocation allocation : outcome.allocations())
      if (allocation.kind() == MemberOutcome.AllocationKind.REPAY)
        repaid.merge(allocation.debit(), allocation.points(), Long::sum);
    Map<EntryKey, Long> forgiven = new HashMap<>();
    Map<EntryKey, Long> writtenOff = new HashMap<>(0);
    for (MemberOutcome.Forgiven less : outcome.forgiven())
      (less.by() == Kind.WRITE_OFF ? writtenOff : forgiven)
          .merge(less.debit(), less.points(), Long::sum);
    for (MemberOutcome.DebtState debt : outcome.debts()) {
      long back = repaid.getOrDefault(debt.debit(), 0L);
      long restored = forgiven.getOrDefault(debt.debit(), 0L);
      long off = writtenOff.getOrDefault(debt.debit(), 0L);
      add(
          debt.line(),
          Account.OWED,
          ofDebit(debt.kind()),
          -(change.get(debt.debit()) + back + restored + off));
      add(debt.line(), Account.OWED, Movement.REPAID, back);
      add(debt.line(), Account.OWED, Movement.RESTORED, restored);
      add(debt.line(), Account.OWED, Movement.ADJUSTED, off);
    }
  }

  private static Movement ofDebit(Kind kind) {
    return switch (kind) {
      case EARN -> Movement.ISSUED;
      case REDEEM -> Movement.REDEEMED;
      case RESTORE -> Movement.RESTORED;
      case OPENING, ADJUST, FORFEIT, WRITE_OFF, TRANSFER -> Movement.ADJUSTED;
      default -> Movement.CLAWED_BACK;
    };
  }

  private static Map<EntryKey, Kind> kinds(MemberOutcome outcome) {
    Map<EntryKey, Kind> kinds = new HashMap<>();
    for (MemberOutcome.Entry entry : outcome.entries()) kinds.put(entry.key(), entry.kind());
    return kinds;
  }

  private void add(LineKey line, Account account, Movement movement, long points) {
    if (points == 0) return;
    sums.merge(new Key(line.channel(), line.shop(), account, movement), points, Math::addExact);
  }
}
