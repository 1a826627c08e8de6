package omnipoints.schedules;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import omnipoints.jobs.NightRefused;
import omnipoints.sql.Database;
import omnipoints.sql.DatabaseFailure;
import omnipoints.sql.Script;
import omnipoints.sql.Statements;

/**
 * One serving process per database: two would poll every source twice and take each other's fired
 * triggers for those of a dead one. It guards no points; those are guarded by the run lock and its
 * epoch.
 */
final class ServeLock implements AutoCloseable {

  static final Script SQL = Statements.job("serve").step("serving");

  /** How long a killed predecessor may take to be noticed by the server. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
  private static final Duration STILL_OURS = Duration.ofSeconds(5);

  private final Database database;
  private Connection holding;
  private long looked = System.nanoTime();

  private ServeLock(Database database, Connection holding) {
    this.database = database;
    this.holding = holding;
  }

  /**
   * @throws NightRefused exit 7 when another process serves
   */
  static ServeLock take(Database database) {
    Connection connection = database.connection();
    try {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!taken(connection)) {
        if (System.nanoTime() > deadline) throw refusal(connection);
        LockSupport.parkNanos(LOOK_AGAIN.toNanos());
      }
      return new ServeLock(database, connection);
    } catch (RuntimeException e) {
      giveBack(connection);
      throw e;
    }
  }

  private static boolean taken(Connection connection) {
    return SQL.statement("try").one(connection, Map.of(), row -> row.getBoolean(1)).orElse(false);
  }

  private static NightRefused refusal(Connection connection) {
    String since =
        SQL.statement("since")
            .one(connection, Map.of(), row -> row.getString(1))
            .orElse("just now");
    return new NightRefused(
        7,
        "ALREADY_SERVING",
        "another serve runs on this database since " + since,
        List.of("stop it with SIGTERM, then repeat this command", "./omnipoints status"));
  }

  /**
   * Looks from time to time whether the session with the lock still lives, and takes the lock again
   * after the server was away.
   *
   * @throws NightRefused exit 7 when another process serves by now
   */
  void keep() {
    if (System.nanoTime() - looked < STILL_OURS.toNanos()) return;
    looked = System.nanoTime();
    try {
      SQL.statement("alive").one(holding, Map.of(), row -> row.getInt(1));
    } catch (DatabaseFailure gone) {
      giveBack(holding);
      again();
    }
  }

  private void again() {
    try {
      holding = database.connection();
      if (!taken(holding)) throw refusal(holding);
    } catch (DatabaseFailure stillAway) {
      // Nothing can be taken from us while the server is away: look again later.
    }
  }

  @Override
  public void close() {
    giveBack(holding);
  }

  private static void giveBack(Connection connection) {
    try (connection) {
      SQL.statement("release").run(connection, Map.of());
    } catch (SQLException | DatabaseFailure e) {
      // the session is gone, and the lock with it
    }
  }
}
