package omnipoints.points;

import java.util.ArrayList;
import java.util.List;
import omnipoints.facts.LineKey;

/**
 * What the CLAWBACK entries of one cause, a line or a return without a sale, hold of which lots, so
 * that it can be given back.
 */
final class Clawbacks {
  final LineKey cause;

  /** In booking order; {@code points} is what is still taken. */
  final List<Taken> taken = new ArrayList<>(0);

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
