package omnipoints.points;

import java.util.ArrayList;
import java.util.List;

/**
 * A touched line while a night is being decided: its target, its posting on this account, its own
 * lots and debits.
 */
final class WorkLine {
  final LineTarget target;
  final List<WorkLot> lots = new ArrayList<>(2);

  /**
   * Allocations of this line's CLAWBACK entries in booking order: {@code points} is what is still
   * taken.
   */
  final List<Taken> clawbacks = new ArrayList<>(0);

  PinnedRule rule;
  long earned;
  long clawedBack;
  private long earnedBefore;
  private long clawedBackBefore;
  private boolean moved;
  private boolean hadPending;

  /** Points a CLAWBACK debit took out of a lot. */
  static final class Taken {
    final EntryKey debit;
    final WorkLot lot;
    long points;

    Taken(EntryKey debit, WorkLot lot, long points) {
      this.debit = debit;
      this.lot = lot;
      this.points = points;
    }
  }

  WorkLine(LineTarget target) {
    this.target = target;
    this.rule = target.pinned();
  }

  /** An earlier allocation; a negative one undid the newest of its debit and lot. */
  void replay(EntryKey debit, WorkLot lot, long points) {
    if (points > 0) {
      clawbacks.add(new Taken(debit, lot, points));
      return;
    }
    long back = -points;
    for (int i = clawbacks.size() - 1; i >= 0 && back > 0; i--) {
      Taken taken = clawbacks.get(i);
      if (taken.lot != lot || !taken.debit.equals(debit)) continue;
      long part = Math.min(back, taken.points);
      taken.points -= part;
      back -= part;
    }
  }

  LineKey key() {
    return target.key();
  }

  /** Postings add up: after a merge both members may have one for the same line. */
  void add(MemberState.Posting posting, String account) {
    earned += posting.earned();
    clawedBack += posting.clawedBack();
    earnedBefore = earned;
    clawedBackBefore = clawedBack;
    moved |= !posting.holder().equals(account);
  }

  void add(WorkLot lot) {
    lots.add(lot);
    hadPending |= lot.pending() && lot.remaining > 0;
  }

  boolean hasPending() {
    for (WorkLot lot : lots) if (lot.pending() && lot.remaining > 0) return true;
    return false;
  }

  /**
   * Lines whose pending points came, went, were released or held: their due date may have changed,
   * too.
   */
  boolean changed() {
    return moved
        || hadPending
        || earned != earnedBefore
        || clawedBack != clawedBackBefore
        || hasPending();
  }
}
