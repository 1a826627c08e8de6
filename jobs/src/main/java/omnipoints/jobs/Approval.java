package omnipoints.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import omnipoints.sql.Database;
import omnipoints.sql.Script;

/** A person lets a night close whose figures are not what the last nights show. */
public final class Approval {

  private static final Script SQL = Night.script("gate");

  private Approval() {}

  /**
   * Records it for the figures as they are: made anew and otherwise, they stop the night again. The
   * close keeps who let what through and why.
   *
   * @return the figures, as text
   * @throws NightRefused exit 7: a night runs; 8: nothing of this one is to be approved
   */
  public static List<String> record(
      Database database, Clock clock, LocalDate date, Rerun.Asked asked) throws SQLException {
    try (RunLock lock = RunLock.take(database, clock, Duration.ZERO)) {
      return database.inTransaction(
          connection -> {
            lock.fence(connection);
            List<String> figures = outside(connection, date);
            Map<String, Object> night = Map.of("night", date);
            SQL.statement("approve").run(connection, night);
            String said = String.join(", ", figures);
            SQL.statement("accept")
                .run(
                    connection,
                    Map.of(
                        "night",
                        date,
                        "accepted",
                        said + " approved by " + asked.actor() + ": " + asked.reason()));
            Rerun.record(connection, clock, date, "APPROVE", asked, said);
            return figures;
          });
    }
  }

  /**
   * What stands before the close of a night.
   *
   * @throws NightRefused exit 8: nothing does
   */
  public static List<String> outside(Connection connection, LocalDate date) {
    RerunPlan.Standing night = RerunPlan.standing(connection, date);
    List<String> figures =
        SQL.statement("to_approve")
            .list(
                connection,
                Map.of("night", date),
                row -> {
                  Figure figure = Figure.valueOf(row.getString("figure"));
                  return row.getString("channel")
                      + " "
                      + figure
                      + " "
                      + figure.shown(row.getLong("value"));
                });
    if (!figures.isEmpty() && !night.closed()) return figures;
    throw new NightRefused(
        8,
        "NOTHING_TO_APPROVE",
        "night " + date + " is " + night.state() + ", and no figure of it waits to be approved",
        List.of("./omnipoints status " + date));
  }
}
