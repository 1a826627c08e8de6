package omnipoints.points;

import java.time.Instant;
import java.util.Comparator;
import omnipoints.facts.LineKey;

/** A debt while a night is being decided. */
final class WorkDebt {
  static final Comparator<WorkDebt> OLDEST_FIRST =
      (a, b) -> {
        int c = a.effectiveAt.compareTo(b.effectiveAt);
        return c != 0 ? c : a.debit.compareTo(b.debit);
      };

  final EntryKey debit;
  final Kind kind;
  final LineKey line;
  final Instant effectiveAt;
  private final boolean made;
  private final long owedBefore;
  long owed;

  private WorkDebt(
      EntryKey debit, Kind kind, LineKey line, Instant effectiveAt, long owed, boolean made) {
    this.debit = debit;
    this.kind = kind;
    this.line = line;
    this.effectiveAt = effectiveAt;
    this.owed = owed;
    this.owedBefore = owed;
    this.made = made;
  }

  static WorkDebt of(MemberState.Debt debt) {
    return new WorkDebt(
        debt.debit(), debt.kind(), debt.line(), debt.effectiveAt(), debt.owed(), false);
  }

  static WorkDebt make(EntryKey debit, Kind kind, LineKey line, Instant effectiveAt, long owed) {
    return new WorkDebt(debit, kind, line, effectiveAt, owed, true);
  }

  boolean changed() {
    return made || owed != owedBefore;
  }
}
