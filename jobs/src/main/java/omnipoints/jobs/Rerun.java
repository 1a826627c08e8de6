package omnipoints.jobs;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import omnipoints.jobs.extract.KeptFiles.Written;
import omnipoints.routes.Outbox;
import omnipoints.sql.Database;
import omnipoints.sql.Script;

/** Does a part of a night again: first the plan, then what it says. */
public final class Rerun {

  private static final Script SQL = RerunPlan.SQL;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Who asks for it, and why. */
  public record Asked(String actor, String reason) {}

  private Rerun() {}

  /**
   * What doing it again would do.
   *
   * @throws NightRefused as {@link RerunPlan#rerun}
   */
  public static RerunPlan plan(Database database, LocalDate date, String from, boolean only) {
    return database.inTransaction(connection -> RerunPlan.rerun(connection, date, from, only));
  }

  /** What going on with a night would do. */
  public static RerunPlan planOfRestart(Database database, LocalDate date) {
    return database.inTransaction(connection -> RerunPlan.restart(connection, date));
  }

  /**
   * Forgets the steps of an open night that are to be done again, so that the next run of the date
   * does them; of its input only what it froze, never a file.
   *
   * @throws NightRefused exit 7: a night runs; 8: this one has gone on since the plan was made
   */
  public static void reopen(Database database, Clock clock, RerunPlan plan, Asked asked)
      throws SQLException {
    try (RunLock lock = RunLock.take(database, clock, PATIENCE)) {
      database.transact(
          connection -> {
            lock.fence(connection);
            plan.refuseIfStale(connection);
            Map<String, Object> night = Map.of("night", plan.date());
            SQL.statement("forget_steps")
                .run(connection, Map.of("night", plan.date(), "steps", plan.redone()));
            if (plan.redoes("collect"))
              for (String statement : SQL.names())
                if (statement.startsWith("thaw_")) SQL.statement(statement).run(connection, night);
            SQL.statement("reopened")
                .run(connection, Map.of("night", plan.date(), "detail", plan.said()));
            record(connection, clock, plan.date(), "RERUN", asked, plan.said());
          });
    }
  }

  /**
   * Writes again what is made of the books of a closed night.
   *
   * @return names of the files that were missing or damaged and are there again
   * @throws NightRefused as {@link #reopen}
   */
  public static List<String> handOut(
      Home home, Database database, Clock clock, RerunPlan plan, Asked asked) throws SQLException {
    try (RunLock lock = RunLock.take(database, clock, PATIENCE)) {
      database.transact(plan::refuseIfStale);
      List<String> written = handOut(home, database, plan);
      database.transact(
          connection -> {
            lock.fence(connection);
            record(connection, clock, plan.date(), "RERUN", asked, plan.said());
          });
      return written;
    }
  }

  private static List<String> handOut(Home home, Database database, RerunPlan plan)
      throws SQLException {
    var written = new ArrayList<String>();
    LocalDate date = plan.date();
    if (plan.redoes("reconcile")) {
      Reports.write(home, database, date);
      written.add("reports/" + date);
    }
    if (plan.redoes("extract")) {
      try (Connection connection = database.connection()) {
        for (Written file : KeptExtract.writeAgain(home, connection, date))
          if (file.written()) written.add("outbox/crm/" + date + "/" + file.name());
      }
    }
    if (plan.redoes("deliver")) deliver(home, date).forEach(written::add);
    return written;
  }

  private static List<String> deliver(Home home, LocalDate date) {
    String target = home.config().deliverTo();
    if (target == null) return List.of();
    Path folder = home.dir().resolve(target).resolve(date.toString());
    try {
      return Outbox.deliver(home.outbox().resolve(date.toString()), folder).stream()
          .map(name -> target + "/" + date + "/" + name)
          .toList();
    } catch (IOException e) {
      throw NightRefused.cannotWrite(folder, e, date);
    }
  }

  static void record(
      Connection connection,
      Clock clock,
      LocalDate night,
      String action,
      Asked asked,
      String detail) {
    SQL.statement("act")
        .run(
            connection,
            Map.of(
                "night",
                night,
                "action",
                action,
                "at",
                clock.instant(),
                "actor",
                asked.actor(),
                "reason",
                asked.reason(),
                "detail",
                detail));
  }
}
