package omnipoints.console;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import omnipoints.books.Books;
import omnipoints.books.NightStatus;

/** The operand RUN: a date, or the id of a run that the home knows. */
final class RunOperand {
  private RunOperand() {}

  /**
   * The night it means; of a date also one that was never begun.
   *
   * @throws Refusal USAGE: neither a date nor a known run
   */
  static LocalDate night(Call call, String run) throws SQLException {
    if (run.matches("\\d{4}-\\d{2}-\\d{2}")) return call.dateOf("RUN", run);
    try (Books books = HomeBooks.open(call, () -> unknown(call, run, List.of()))) {
      return NightStatus.ofRun(books, run)
          .orElseThrow(() -> unknown(call, run, NightStatus.lastRuns(books)));
    }
  }

  private static Refusal unknown(Call call, String run, List<String> last) {
    boolean none = last.isEmpty();
    return new Refusal(
        Exit.USAGE,
        "USAGE",
        call.words().say(none ? "usage.norun" : "usage.run", run, String.join(", ", last)),
        List.of(call.command(none ? "nightly" : "status")));
  }
}
