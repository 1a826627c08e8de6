package omnipoints.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import omnipoints.facts.Times;
import omnipoints.sql.Database;
import omnipoints.sql.DatabaseFailure;
import omnipoints.sql.Script;
import omnipoints.sql.Statements;

/**
 * Looks, while a session waits for a lock, who makes it wait: afterwards the server no longer
 * knows.
 */
final class LockWatch implements AutoCloseable {

  private static final Script SQL = Statements.job("run").step("lock");

  private final Database database;
  private final ScheduledExecutorService looking =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            var thread = new Thread(work, "lock-watch");
            thread.setDaemon(true);
            return thread;
          });
  private volatile int pid;
  private volatile List<Holder> holders = List.of();

  private LockWatch(Database database) {
    this.database = database;
  }

  /**
   * A session that holds what another one needs.
   *
   * @param application as it names itself, may be empty
   * @param since when its transaction began, null if it has none
   */
  record Holder(int pid, String user, String application, String client, Instant since) {

    String said(ZoneId zone) {
      return "session "
          + pid
          + " of user "
          + user
          + (application.isEmpty() ? "" : ", application " + application)
          + (client.isEmpty() ? "" : ", from " + client)
          + (since == null ? "" : ", since " + Times.print(since, zone));
    }
  }

  static LockWatch over(Database database, Duration pause) {
    var watch = new LockWatch(database);
    watch.looking.scheduleWithFixedDelay(
        watch::look, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    return watch;
  }

  /** The session to look after from now on. */
  void follow(int session) {
    pid = session;
  }

  /** Who was last seen to hold it up; empty when nobody was. */
  List<Holder> holders() {
    return holders;
  }

  // Whoever cannot look has nothing to tell; the waiting itself is told by the one who waits.
  private void look() {
    if (pid == 0) return;
    try (Connection connection = database.connection()) {
      List<Holder> seen =
          SQL.statement("blockers")
              .list(
                  connection,
                  Map.of("pid", pid),
                  row ->
                      new Holder(
                          row.getInt("pid"),
                          row.getString("usename"),
                          row.getString("application_name"),
                          row.getString("client"),
                          Columns.instant(row, "xact_start")));
      if (!seen.isEmpty()) holders = seen;
    } catch (DatabaseFailure | SQLException e) {
      // the next look may see more
    }
  }

  @Override
  public void close() {
    looking.shutdownNow();
    try {
      looking.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
