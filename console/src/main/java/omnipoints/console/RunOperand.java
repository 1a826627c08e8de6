package omnipoints.console;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

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
    try (Books books = Books.open(call, () -> unknown(call, run, List.of()))) {
      return Books.statement("status", "by_run")
          .one(
              books.connection(),
              Map.of("run", run),
              row -> row.getObject("night", LocalDate.class))
          .orElseThrow(() -> unknown(call, run, lastRuns(books)));
    }
  }

  private static List<String> lastRuns(Books books) {
    return Books.statement("status", "last_runs")
        .list(books.connection(), Map.of(), row -> row.getString("run"));
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
