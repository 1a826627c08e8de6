package omnipoints.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import omnipoints.sql.Database;
import omnipoints.sql.Script;
import omnipoints.sql.StatementFailed;
import omnipoints.sql.Statements;

/**
 * Who may write: one process per database.
 *
 * <p>An advisory lock on a connection of its own says who runs; the server frees it when the
 * process dies. The epoch in {@code run_lock} says who may still commit: every transaction of a run
 * takes a share lock on that row under its own epoch ({@link #fence}), so a process that lost the
 * lock without noticing can no longer write.
 */
public final class RunLock implements AutoCloseable {

  private static final Script SQL = Statements.job("run").step("lock");
  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private final Connection holding;
  private final long epoch;

  private RunLock(Connection holding, long epoch) {
    this.holding = holding;
    this.epoch = epoch;
  }

  /** How a process names itself, so that others can tell whether it lives. */
  static String self() {
    ProcessHandle me = ProcessHandle.current();
    return host() + " " + me.pid() + " " + startOf(me);
  }

  private static String host() {
    String name = System.getenv("HOSTNAME");
    return name == null || name.isBlank() ? "localhost" : name;
  }

  private static long startOf(ProcessHandle process) {
    return process.info().startInstant().map(start -> start.toEpochMilli()).orElse(0L);
  }

  /**
   * Takes the lock.
   *
   * @param patience how long to wait for a process that is known to be dead, or not known to live
   * @throws NightRefused exit 7 when another process holds it
   */
  public static RunLock take(Database database, Clock clock, Duration patience)
      throws SQLException {
    return take(database, patience);
  }

  /** The same; patience needs no clock. */
  static RunLock take(Database database, Duration patience) throws SQLException {
    long deadline = System.nanoTime() + patience.toNanos();
    Connection connection = database.connection();
    try {
      while (!tryLock(connection)) {
        Holder holder = holder(connection);
        if (holder.livesHere() || System.nanoTime() > deadline) throw holder.refusal();
        LockSupport.parkNanos(LOOK_AGAIN.toNanos());
      }
      return new RunLock(connection, nextEpoch(connection));
    } catch (StatementFailed e) {
      connection.close();
      if (!LOCK_NOT_AVAILABLE.equals(e.sqlState())) throw e;
      throw new NightRefused(
          7,
          "STILL_WRITING",
          "the process that ran before still has an open transaction",
          List.of("end that process, then repeat this command"));
    } catch (RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private static boolean tryLock(Connection connection) {
    return SQL.statement("try").one(connection, Map.of(), row -> row.getBoolean(1)).orElse(false);
  }

  private static long nextEpoch(Connection connection) {
    SQL.statement("patience").run(connection, Map.of());
    return SQL.statement("acquire")
        .one(connection, Map.of("owner", self()), row -> row.getLong(1))
        .orElseThrow();
  }

  private static Holder holder(Connection connection) {
    return SQL.statement("holder")
        .one(connection, Map.of(), row -> new Holder(row.getString(1), row.getString(2)))
        .orElseThrow();
  }

  private record Holder(String owner, String since) {
    boolean livesHere() {
      String[] parts = owner.split(" ");
      if (parts.length != 3 || !parts[0].equals(host())) return false;
      return ProcessHandle.of(Long.parseLong(parts[1]))
          .filter(ProcessHandle::isAlive)
          .map(process -> startOf(process) == Long.parseLong(parts[2]))
          .orElse(false);
    }

    NightRefused refusal() {
      String[] parts = owner.split(" ");
      String who =
          parts.length == 3 ? "process " + parts[1] + " on " + parts[0] : "another process";
      return new NightRefused(
          7,
          "ALREADY_RUNNING",
          "already running: " + who + " since " + since,
          List.of(
              "./omnipoints status",
              "wait for it to end, or stop it with SIGTERM; then repeat this command"));
    }
  }

  /**
   * First statement of every writing transaction.
   *
   * @throws NightRefused exit 7 when another process has taken over
   */
  public void fence(Connection connection) {
    boolean mine =
        SQL.statement("fence").one(connection, Map.of("epoch", epoch), row -> true).orElse(false);
    if (mine) return;
    throw new NightRefused(
        7,
        "LOCK_LOST",
        "another process has taken over this database; nothing more is written here",
        List.of("./omnipoints status"));
  }

  /** Which of all runs of the database this is. */
  long epoch() {
    return epoch;
  }

  @Override
  public void close() {
    try (holding) {
      SQL.statement("release").run(holding, Map.of());
    } catch (SQLException | StatementFailed e) {
      // the connection is gone, and the lock with it
    }
  }
}
