package omnipoints.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.postgresql.Driver;
import org.postgresql.PGConnection;

/**
 * The only JDBC of ours: connections, transactions, COPY. Opened from a JDBC URL (any PostgreSQL
 * {@value #OLDEST_MAJOR}+) or the {@link LocalDatabase}. Thread-safe; a connection is used by one
 * thread at a time.
 */
public final class Database implements AutoCloseable {

  /** Oldest PostgreSQL the statements are written for. */
  static final int OLDEST_MAJOR = 16;

  private static final int POOL_SIZE = 20;

  /** How long a connection is waited for: a server that is restarted is back by then. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  // A night joins by keys, and what the planner has to know is how many rows there are: a sample of
  // 6,000 rows a table says that as well as one of 30,000, which takes five times as long.
  // The last one lets the server notice within seconds that a killed process is gone, and free its
  // locks; platforms without the feature refuse it.
  private static final String SESSION =
      """
      set time zone 'UTC';
      set default_statistics_target = 20;
      do $$ begin
        perform set_config('client_connection_check_interval', '2s', false);
      exception when others then null;
      end $$
      """;

  private final JdbcUrl url;
  private final Retries retries;
  private final HikariDataSource pool;

  private Database(JdbcUrl url, Retries retries, Duration patience) {
    this.url = url;
    this.retries = retries;
    this.pool = new HikariDataSource(poolOf(url, patience));
  }

  /**
   * Connects once, to fail now rather than later, and checks the version.
   *
   * @param jdbcUrl {@code jdbc:postgresql://host:port/name?user=…&password=…}
   * @throws DatabaseUnreachable nothing answers, the login fails, or the server is too old
   */
  public static Database open(String jdbcUrl) {
    return open(jdbcUrl, Retries.with(new SplittableRandom()));
  }

  /** As {@link #open(String)}, with the retry policy given. */
  public static Database open(String jdbcUrl, Retries retries) {
    return open(jdbcUrl, retries, PATIENCE);
  }

  /** As {@link #open(String)}; a server that is gone is given up after {@code patience}. */
  public static Database open(String jdbcUrl, Duration patience) {
    return open(jdbcUrl, Retries.with(new SplittableRandom()), patience);
  }

  private static Database open(String jdbcUrl, Retries retries, Duration patience) {
    var url = JdbcUrl.of(jdbcUrl);
    try (Connection probe = new Driver().connect(url.url(), properties())) {
      refuseOld(probe, url);
    } catch (SQLException e) {
      throw url.unreachable(e);
    }
    return new Database(url, retries, patience);
  }

  /** Connects to the local database, starting it if it does not run. */
  public static Database open(LocalDatabase local) {
    return open(local.url());
  }

  private static void refuseOld(Connection probe, JdbcUrl url) throws SQLException {
    int major = probe.getMetaData().getDatabaseMajorVersion();
    if (major >= OLDEST_MAJOR) return;
    throw new DatabaseUnreachable(
        "PostgreSQL "
            + major
            + " at "
            + url.place()
            + " is too old: OmniPoints needs "
            + OLDEST_MAJOR
            + " or newer",
        List.of("upgrade that server, or set database.url in omnipoints.yaml to a newer one"));
  }

  private static Properties properties() {
    var properties = new Properties();
    properties.setProperty("ApplicationName", "omnipoints");
    properties.setProperty("connectTimeout", "10");
    properties.setProperty("loginTimeout", "15");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("logServerErrorDetail", "false");
    properties.setProperty("reWriteBatchedInserts", "true");
    return properties;
  }

  private static HikariConfig poolOf(JdbcUrl url, Duration patience) {
    var config = new HikariConfig();
    config.setPoolName("omnipoints");
    config.setDataSource(new DriverDataSource(url.url(), properties()));
    config.setMaximumPoolSize(POOL_SIZE);
    config.setMinimumIdle(0);
    config.setIdleTimeout(60_000);
    config.setConnectionTimeout(patience.toMillis());
    config.setInitializationFailTimeout(-1);
    config.setConnectionInitSql(SESSION);
    return config;
  }

  /** For frameworks that want one (Spring Batch, Quartz); pooled, shared with everything else. */
  public DataSource dataSource() {
    return pool;
  }

  /**
   * A pooled connection in autocommit mode; close it to give it back.
   *
   * @throws DatabaseUnreachable no connection to be had
   */
  public Connection connection() {
    try {
      return pool.getConnection();
    } catch (SQLException e) {
      throw url.unreachable(e);
    }
  }

  /**
   * What to do inside a transaction; run again from its start when the transaction met another one.
   */
  @FunctionalInterface
  public interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /** {@link Work} without a result. */
  @FunctionalInterface
  public interface Task {
    void on(Connection connection) throws SQLException;
  }

  /**
   * Runs the work in one transaction (read committed) and commits; any exception rolls back.
   * Serialization failures and deadlocks, and nothing else, are run again, a bounded number of
   * times; the failures before the last are suppressed on the one thrown.
   *
   * @throws StatementFailed the server refused, or the commit failed
   * @throws DatabaseUnreachable no connection to be had
   */
  public <T> T inTransaction(Work<T> work) {
    StatementFailed earlier = null;
    for (int attempt = 1; ; attempt++) {
      try {
        return once(work);
      } catch (StatementFailed e) {
        if (earlier != null) e.addSuppressed(earlier);
        if (attempt >= retries.attempts() || !Failures.worthRetrying(e.sqlState())) throw e;
        earlier = e;
        retries.pauseAfter(attempt);
      }
    }
  }

  /** As {@link #inTransaction(Work)}, without a result. */
  public void transact(Task task) {
    inTransaction(
        connection -> {
          task.on(connection);
          return null;
        });
  }

  /**
   * Runs the task in one transaction, once: for rows that are handed on while they are read, so
   * that a second attempt would hand them on twice.
   *
   * @throws StatementFailed the server refused
   * @throws DatabaseUnreachable no connection to be had
   */
  public void readOnce(Task task) {
    once(
        connection -> {
          task.on(connection);
          return null;
        });
  }

  /**
   * Runs the work in one transaction that is undone, whatever became of it: for questions that need
   * tables of their own.
   *
   * @throws StatementFailed the server refused
   * @throws DatabaseUnreachable no connection to be had
   */
  public <T> T undone(Work<T> work) {
    try (Connection connection = connection()) {
      connection.setAutoCommit(false);
      try {
        return work.on(connection);
      } finally {
        rollback(connection);
      }
    } catch (SQLException e) {
      throw Failures.of("transaction", e);
    }
  }

  private <T> T once(Work<T> work) {
    String doing = "transaction";
    try (Connection connection = connection()) {
      connection.setAutoCommit(false);
      boolean done = false;
      try {
        T result = work.on(connection);
        doing = "commit";
        connection.commit();
        done = true;
        return result;
      } finally {
        if (!done) rollback(connection);
      }
    } catch (SQLException e) {
      throw Failures.of(doing, e);
    }
  }

  // Closing the connection rolls back as well; a failure here must not hide the one that led here.
  private static void rollback(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      // the connection is broken and the pool throws it away
    }
  }

  /**
   * What the database said to a library that asked it something, in our words.
   *
   * @param what was being done
   */
  public static DatabaseFailure failure(String what, SQLException e) {
    return Failures.of(what, e);
  }

  /**
   * Runs one piece of SQL without parameters (DDL, SET, LOCK, ATTACH); several statements may be
   * separated by semicolons. Returns the rows the last one wrote.
   *
   * @param what names it in messages
   */
  public static long execute(Connection connection, String what, String sql) {
    try (java.sql.Statement statement = connection.createStatement()) {
      statement.execute(sql);
      long rows = 0;
      do {
        rows = Math.max(0, statement.getLargeUpdateCount());
      } while (statement.getMoreResults() || statement.getLargeUpdateCount() != -1);
      return rows;
    } catch (SQLException e) {
      throw Failures.of(what, e);
    }
  }

  /**
   * Opens a binary COPY into a table: rows stream to the server, memory stays at one buffer.
   *
   * @param table name, with schema if needed; must be a plain SQL name
   * @param columns in the order the values will be put; all of them
   */
  public static BinaryCopy copyIn(Connection connection, String table, String... columns) {
    return BinaryCopy.into(connection, table, List.of(columns));
  }

  /**
   * As {@link #copyIn}, but asks for a connection only when there is a buffer full of rows, or at
   * the end: few rows hold no connection while they are made, no rows never ask for one.
   */
  public static BinaryCopy copyInLater(
      Supplier<Connection> connection, String table, String... columns) {
    return BinaryCopy.later(connection, table, List.of(columns));
  }

  /**
   * As {@link #copyInLater}, but empties the table before the first rows. It then consists of files
   * of this transaction alone: where {@code wal_level} is minimal its rows need no log, and they
   * are frozen from the start. Nobody may read the table before the transaction ends.
   */
  public static BinaryCopy copyInFresh(
      Supplier<Connection> connection, String table, String... columns) {
    return BinaryCopy.laterFresh(connection, table, List.of(columns));
  }

  /**
   * Streams the result of a {@code COPY (…) TO STDOUT} statement to {@code out}, which stays open.
   *
   * @param copy the whole COPY statement, e.g. {@code copy (select …) to stdout (format csv,
   *     header)}
   * @return rows copied
   */
  public static long copyOut(Connection connection, String copy, OutputStream out) {
    try {
      return connection.unwrap(PGConnection.class).getCopyAPI().copyOut(copy, out);
    } catch (SQLException e) {
      throw Failures.of("copy out", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Fills a table from a {@code COPY … FROM STDIN} statement with what {@code in} holds.
   *
   * @return rows copied
   */
  static long copyFrom(Connection connection, String copy, InputStream in) {
    try {
      return connection.unwrap(PGConnection.class).getCopyAPI().copyIn(copy, in);
    } catch (SQLException e) {
      throw Failures.of("copy in", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives all connections back. */
  @Override
  public void close() {
    pool.close();
  }
}
