package omnipoints.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import omnipoints.jobs.Rerun.Asked;
import omnipoints.sql.Database;
import omnipoints.sql.Script;

/**
 * A run whose end nobody knows: what the orchestrator claims of each step beside what the database
 * holds. The database decides, for a step's marker commits with its rows; so a person only confirms
 * that the run is over.
 *
 * @param state of the night before
 */
public record RunResolve(LocalDate date, String run, String state, List<Step> steps) {

  private static final Script SQL = RerunPlan.SQL;

  /**
   * One step.
   *
   * @param claimed by Spring Batch, empty if it knows nothing of it
   * @param held what the step's marker in the database says, empty if there is none
   * @param rows the marker states
   */
  public record Step(String name, String claimed, String held, long rows) {}

  /**
   * Compares, and ends the run as failed and restartable.
   *
   * @param end false: only compares
   * @throws NightRefused exit 7: a night runs; 8: the end of this one is known
   */
  public static RunResolve of(
      Database database, Clock clock, LocalDate date, Asked asked, boolean end)
      throws SQLException {
    if (!end)
      return database.inTransaction(
          connection -> {
            RerunPlan.refuseWhileRunning(connection);
            return compared(connection, date);
          });
    // Under the lock no run begins meanwhile, and one that wakes up can no longer commit.
    try (RunLock lock = RunLock.take(database, clock, Duration.ZERO)) {
      return database.inTransaction(
          connection -> {
            lock.fence(connection);
            RunResolve compared = compared(connection, date);
            String detail = "resolved by " + asked.actor() + ": " + asked.reason();
            Map<String, Object> params =
                Map.of("night", date, "at", clock.instant(), "detail", detail);
            SQL.statement("resolved").run(connection, params);
            SQL.statement("resolved_steps").run(connection, params);
            Rerun.record(connection, clock, date, "RESOLVE", asked, "was " + compared.state());
            return compared;
          });
    }
  }

  private static RunResolve compared(Connection connection, LocalDate date) {
    RerunPlan.Standing night = RerunPlan.standing(connection, date);
    if (!List.of("UNKNOWN", "RUNNING").contains(night.state()))
      throw new NightRefused(
          8,
          "END_IS_KNOWN",
          "night " + date + " is " + night.state() + ": there is nothing to decide",
          List.of("./omnipoints status " + date));
    return new RunResolve(date, night.run(), night.state(), steps(connection, night));
  }

  private static List<Step> steps(Connection connection, RerunPlan.Standing night) {
    Map<String, String> claimed = new HashMap<>();
    SQL.statement("batch")
        .forEachRow(
            connection,
            Map.of("night", night.date()),
            row -> claimed.put(row.getString("step"), row.getString("status")));
    var steps = new ArrayList<Step>();
    for (NightStep step : NightlyJob.steps()) {
      RerunPlan.Known held = night.steps().get(step.name());
      if (held == null && !claimed.containsKey(step.name())) continue;
      steps.add(
          new Step(
              step.name(),
              claimed.getOrDefault(step.name(), ""),
              held == null ? "" : held.state(),
              held == null ? 0 : held.written()));
    }
    return steps;
  }
}
