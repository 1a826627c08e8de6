package omnipoints.jobs;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import omnipoints.facts.LineKey;
import omnipoints.points.EntryKey;
import omnipoints.points.MemberOutcome;
import omnipoints.points.MemberOutcome.AllocationKind;
import omnipoints.points.MemberState;

/**
 * Whether a night's debits of an account found all they took in the lots of their own lines, which
 * are asked first. Then, and only then, it makes no difference whether the account's other lots
 * were read: of those that live on nothing is taken but by a debit whose own lots do not hold
 * enough.
 */
final class OwnLots {

  private OwnLots() {}

  /**
   * @param read the lots that were read: all that wait, all whose last day is over, and the own
   *     ones of lines of which something may be taken
   */
  static boolean were(List<MemberState.Lot> read, MemberOutcome outcome) {
    if (!outcome.debts().isEmpty()) return false;
    if (outcome.allocations().isEmpty()) return true;
    Map<EntryKey, LineKey> lots = new HashMap<>();
    for (MemberState.Lot lot : read) lots.put(lot.key(), lot.line());
    for (MemberOutcome.NewLot lot : outcome.lots()) lots.put(lot.key(), lot.line());
    Map<EntryKey, LineKey> debits = new HashMap<>();
    for (MemberOutcome.Entry entry : outcome.entries())
      if (entry.points() < 0 && entry.line() != null) debits.put(entry.key(), entry.line());
    for (MemberOutcome.Allocation taken : outcome.allocations()) {
      if (taken.kind() == AllocationKind.EXPIRE) continue;
      LineKey line = lots.get(taken.lot());
      boolean own =
          taken.kind() == AllocationKind.DEBIT
              && line != null
              && line.equals(debits.get(taken.debit()));
      if (!own) return false;
    }
    return true;
  }
}
