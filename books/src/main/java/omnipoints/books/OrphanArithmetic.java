package omnipoints.books;

import java.nio.file.Path;
import java.time.LocalDate;
import omnipoints.points.Earning;
import omnipoints.points.PinnedRule;
import omnipoints.points.ProgramRefused;
import omnipoints.points.Programs;

/**
 * The one-line formula behind the clawback of a return that found no sale: what its money would
 * have earned. No line pinned a decision for it, so the version of its date is asked.
 */
final class OrphanArithmetic {
  private OrphanArithmetic() {}

  /**
   * The formula, checked: it is only told if it yields the points of the entry, as a positive
   * number; else the points stand alone.
   *
   * @param returned local date of the return
   * @param points of the entry, signed
   * @param fen that found no sale, null if the return is gone
   */
  static String formula(
      Path programs, String programme, LocalDate returned, long points, Long fen) {
    if (fen == null || points >= 0) return Long.toString(points);
    try {
      PinnedRule rule = Programs.load(programme, programs).rule(returned);
      if (rule != null && Earning.points(rule, fen) == -points)
        return Earning.arithmetic(rule, fen);
    } catch (ProgramRefused e) {
      // the programme has gone or is being edited: what was booked stands
    }
    return Long.toString(points);
  }
}
