package omnipoints.jobs;

import java.sql.Connection;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import omnipoints.jobs.Rerun.Asked;
import omnipoints.sql.Database;
import omnipoints.sql.Script;

/**
 * Asks a running night, on whatever machine, to stop before its next step. What it has done is
 * kept; restart goes on from there.
 *
 * @param step it is at, which it finishes; empty between two nights
 * @param owner who runs it, host and process
 */
public record RunStop(LocalDate date, String run, String step, String owner, String since) {

  private static final Script SQL = RerunPlan.SQL;

  private record Holder(long epoch, String owner, String since) {}

  /**
   * Asks for it.
   *
   * @param ask false: only says what would be asked
   * @throws NightRefused exit 8: that night is not running
   */
  public static RunStop ask(
      Database database, Clock clock, LocalDate date, Asked asked, boolean ask) {
    return database.inTransaction(
        connection -> {
          RerunPlan.Standing night = RerunPlan.standing(connection, date);
          if (!RerunPlan.running(connection) || !night.state().equals("RUNNING"))
            throw new NightRefused(
                8,
                "NOT_RUNNING",
                "night " + date + " is not running, it is " + night.state(),
                java.util.List.of("./omnipoints status " + date));
          Holder holder = holder(connection);
          if (ask) {
            SQL.statement("stop")
                .run(
                    connection,
                    Map.of("epoch", holder.epoch(), "at", clock.instant(), "actor", asked.actor()));
            Rerun.record(connection, clock, date, "STOP", asked, "asked " + holder.owner());
          }
          return new RunStop(
              date, night.run(), step(connection, date), holder.owner(), holder.since());
        });
  }

  private static Holder holder(Connection connection) {
    return SQL.statement("holder")
        .one(
            connection,
            Map.of(),
            row -> new Holder(row.getLong("epoch"), row.getString("owner"), row.getString("since")))
        .orElseThrow();
  }

  private static String step(Connection connection, LocalDate date) {
    return SQL.statement("at_work")
        .one(
            connection,
            Map.of(),
            row -> date.equals(Columns.date(row, "night")) ? row.getString("step") : "")
        .orElse("");
  }

  /** Whether somebody asked the run of that epoch to stop. */
  static boolean asked(Connection connection, long epoch) {
    return SQL.statement("asked_to_stop")
        .one(connection, Map.of("epoch", epoch), row -> true)
        .orElse(false);
  }
}
