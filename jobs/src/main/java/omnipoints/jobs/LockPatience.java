package omnipoints.jobs;

import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import omnipoints.sql.Database;
import omnipoints.sql.Script;
import omnipoints.sql.StatementFailed;
import omnipoints.sql.Statements;

/**
 * How long a transaction that needs tables for itself waits for other sessions that use them. It
 * asks for its locks in short attempts, each a transaction of its own from its start: whoever waits
 * for a lock makes readers wait behind it.
 *
 * @param total after which it gives up
 * @param attempt how long one attempt waits for a lock
 */
record LockPatience(Duration total, Duration attempt) {

  private static final Script SQL = Statements.job("run").step("lock");
  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final Duration LONGEST_ATTEMPT = Duration.ofSeconds(10);
  private static final Duration SHORTEST_ATTEMPT = Duration.ofMillis(100);

  static LockPatience of(Duration total) {
    Duration attempt = total.dividedBy(60);
    if (attempt.compareTo(LONGEST_ATTEMPT) > 0) attempt = LONGEST_ATTEMPT;
    if (attempt.compareTo(SHORTEST_ATTEMPT) < 0) attempt = SHORTEST_ATTEMPT;
    return new LockPatience(total, attempt);
  }

  /**
   * Runs the work in one transaction, again from its start while a lock is held by somebody else.
   *
   * @param step for messages and crash points
   * @throws NightRefused 9 the lock was not to be had, naming who holds it; 5 told to stop
   *     meanwhile
   */
  <T> T inTransaction(Night night, String step, Database.Work<T> work) {
    long deadline = System.nanoTime() + total.toNanos();
    try (LockWatch watch = LockWatch.over(night.database(), attempt.dividedBy(5))) {
      for (; ; ) {
        try {
          return night
              .database()
              .inTransaction(
                  connection -> {
                    SQL.statement("wait_at_most")
                        .one(
                            connection,
                            Map.of("lock_timeout", attempt.toMillis() + "ms"),
                            row -> row.getString(1));
                    watch.follow(pid(connection));
                    return work.on(connection);
                  });
        } catch (StatementFailed e) {
          if (!LOCK_NOT_AVAILABLE.equals(e.sqlState())) throw e;
          night.crash().reached(step + ":waiting");
          if (night.stopping().getAsBoolean()) throw stopped(night, step);
          if (System.nanoTime() > deadline) throw refused(night, step, watch.holders(), e);
        }
      }
    }
  }

  private static int pid(Connection connection) {
    return SQL.statement("pid").one(connection, Map.of(), row -> row.getInt(1)).orElseThrow();
  }

  private static NightRefused stopped(Night night, String step) {
    return new NightRefused(
        5,
        "STOPPED",
        "stopped while step " + step + " of night " + night.date() + " waited for a lock",
        List.of("./omnipoints restart " + night.date()));
  }

  private NightRefused refused(
      Night night, String step, List<LockWatch.Holder> holders, StatementFailed cause) {
    String who =
        holders.isEmpty()
            ? "another session"
            : holders.stream()
                .map(holder -> holder.said(night.zone()))
                .collect(Collectors.joining("; "));
    String end =
        holders.isEmpty()
            ? "end what else works on the tables of this database"
            : "end that session, or in psql: "
                + holders.stream()
                    .map(holder -> "select pg_terminate_backend(" + holder.pid() + ");")
                    .collect(Collectors.joining(" "));
    var refused =
        new NightRefused(
            9,
            "LOCK_HELD",
            "step "
                + step
                + " of night "
                + night.date()
                + " needs a table for itself and did not get it within "
                + total.toSeconds()
                + " s ("
                + cause.statement()
                + "); it is held by "
                + who,
            List.of(end, "./omnipoints restart " + night.date()));
    refused.initCause(cause);
    return refused;
  }
}
