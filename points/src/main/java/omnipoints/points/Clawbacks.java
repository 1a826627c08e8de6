package omnipoints.points;

import java.util.ArrayList;
import java.util.List;
import omnipoints.facts.LineKey;

/**
 * What the debits of one cause hold of which lots, so that it can be given back: the CLAWBACK
 * entries of a line or of a return without a sale, the REDEEM entries of a redemption, the ADJUST
 * entry of an adjustment that is taken back.
 */
final class Clawbacks {
  final LineKey cause;

  /** In booking order; {@code points} is what is still taken. */
  final List<Taken> taken = new ArrayList<>(0);

  /** Points a debit took out of a lot. */
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

  /** Whether what debits of that kind take may be given back. */
  static boolean holds(Kind kind) {
    return kind == Kind.CLAWBACK
        || kind == Kind.REDEEM
        || kind == Kind.RESTORE
        || kind == Kind.ADJUST;
  }

  Clawbacks(LineKey cause) {
    this.cause = cause;
  }

  void add(EntryKey debit, WorkLot lot, long points) {
    taken.add(new Taken(debit, lot, points));
  }

  /** An earlier allocation; a negative one undid the newest of its debit and lot. */
  void replay(EntryKey debit, WorkLot lot, long points) {
    if (points > 0) {
      add(debit, lot, points);
      return;
    }
    long back = -points;
    for (int i = taken.size() - 1; i >= 0 && back > 0; i--) {
      Taken one = taken.get(i);
      if (one.lot != lot || !one.debit.equals(debit)) continue;
      long part = Math.min(back, one.points);
      one.points -= part;
      back -= part;
    }
  }
}
