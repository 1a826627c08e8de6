package omnipoints.jobs;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import omnipoints.sql.Database;
import omnipoints.sql.Script;
import omnipoints.sql.Statements;
import org.slf4j.MDC;

/**
 * Runs steps exactly once: a step whose marker stands is not run again, and a marker is written in
 * the transaction of the step's own rows, so that one is as durable as the other.
 */
final class Steps {

  private static final Script SQL = Statements.job("run").step("steps");

  private Steps() {}

  /** Runs the step unless it is done; what is logged meanwhile says which run and step it is of. */
  static Counts run(Night night, NightStep step) throws SQLException {
    MDC.put("run", Batch.runId(night.date()));
    MDC.put("step", step.name());
    try {
      return once(night, step);
    } finally {
      MDC.remove("run");
      MDC.remove("step");
    }
  }

  private static Counts once(Night night, NightStep step) throws SQLException {
    Optional<Counts> done = done(night, step.name());
    if (done.isPresent()) return done.get();
    refuseIfStopping(night, step);
    long started = System.nanoTime();
    night
        .database()
        .transact(
            connection -> {
              night.lock().fence(connection);
              SQL.statement("begin").run(connection, key(night, step.name()));
            });
    night.progress().step(step.name());
    expected(night, step.name()).ifPresent(night.progress()::expected);
    night.crash().reached(step.name() + ":begin");
    Counts prepared = step.prepare(night);
    night.crash().reached(step.name() + ":prepared");
    Database.Work<Counts> last =
        connection -> {
          night.lock().fence(connection);
          Counts written = step.apply(night, connection, prepared);
          mark(
              night,
              connection,
              step.name(),
              written,
              Duration.ofNanos(System.nanoTime() - started));
          night.crash().reached(step.name() + ":applied");
          return written;
        };
    LockPatience patience = step.patience(night);
    Counts counts =
        patience == null
            ? night.database().inTransaction(last)
            : patience.inTransaction(night, step.name(), last);
    night.crash().reached(step.name() + ":end");
    Duration took = Duration.ofNanos(System.nanoTime() - started);
    night.progress().done(step.name(), counts.read(), counts.written(), counts.rejected(), took);
    return counts;
  }

  private static void refuseIfStopping(Night night, NightStep step) throws SQLException {
    if (!night.stopping().getAsBoolean() && !askedToStop(night)) return;
    throw new NightRefused(
        5,
        "STOPPED",
        "stopped before step " + step.name() + " of night " + night.date(),
        List.of("./omnipoints restart " + night.date()));
  }

  private static boolean askedToStop(Night night) throws SQLException {
    try (Connection connection = night.database().connection()) {
      return RunStop.asked(connection, night.lock().epoch());
    }
  }

  /** What a done step told, empty if it is not done. */
  static Optional<Counts> done(Night night, String step) throws SQLException {
    try (Connection connection = night.database().connection()) {
      return SQL.statement("done")
          .one(
              connection,
              key(night, step),
              row ->
                  new Counts(row.getLong("read"), row.getLong("written"), row.getLong("rejected")));
    }
  }

  /**
   * What the step took in the last night that did it, in proportion to the rows of the deliveries
   * then and now where they are known: for the eye only.
   */
  private static Optional<Duration> expected(Night night, String step) throws SQLException {
    try (Connection connection = night.database().connection()) {
      return SQL.statement("expected")
          .one(connection, key(night, step), row -> Duration.ofMillis(row.getLong("milliseconds")));
    }
  }

  private static void mark(
      Night night, Connection connection, String step, Counts counts, Duration took) {
    Map<String, Object> params = key(night, step);
    params.put("read", counts.read());
    params.put("written", counts.written());
    params.put("rejected", counts.rejected());
    params.put("seconds", BigDecimal.valueOf(took.toMillis(), 3));
    SQL.statement("mark").run(connection, params);
  }

  private static Map<String, Object> key(Night night, String step) {
    var params = new HashMap<String, Object>();
    params.put("night", night.date());
    params.put("step", step);
    return params;
  }
}
