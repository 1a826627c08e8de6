package omnipoints.console;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import omnipoints.jobs.Home;
import omnipoints.jobs.Times;
import omnipoints.sql.Database;
import omnipoints.sql.Statement;
import omnipoints.sql.StatementFailed;
import omnipoints.sql.Statements;

/**
 * The books of a home, open for reading: one snapshot for one answer, so that a night that closes
 * meanwhile is seen whole or not at all. Starts nothing but the database.
 */
final class Books implements AutoCloseable {
  private static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");
  private static final String UNDEFINED_TABLE = "42P01";

  private final Home home;
  private final Database database;
  private final Connection connection;
  private final LocalDate lastClosed;

  private Books(Home home, Database database, Connection connection, LocalDate lastClosed) {
    this.home = home;
    this.database = database;
    this.connection = connection;
    this.lastClosed = lastClosed;
  }

  /**
   * Opens the home of a call.
   *
   * @throws Refusal NO_NIGHT: no night was ever begun, there is nothing to read
   */
  static Books open(Call call) throws SQLException {
    return open(call, () -> noNight(call));
  }

  /**
   * Opens the home of a call.
   *
   * @param empty what to throw when no night was ever begun
   */
  static Books open(Call call, Supplier<Refusal> empty) throws SQLException {
    Home home = Home.open(call.home());
    Database database = Databases.open(home);
    try {
      Connection connection = database.connection();
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
      return new Books(home, database, connection, lastClosed(connection));
    } catch (StatementFailed e) {
      database.close();
      throw e.sqlState().equals(UNDEFINED_TABLE) ? empty.get() : e;
    } catch (SQLException | RuntimeException e) {
      database.close();
      throw e;
    }
  }

  static Refusal noNight(Call call) {
    return call.refused("NO_NIGHT", List.of(call.command("nightly")), "night.none");
  }

  /** A statement of {@code statements/console/<verb>.sql}. */
  static Statement statement(String verb, String name) {
    return Statements.job("console").step(verb).statement(name);
  }

  private static LocalDate lastClosed(Connection connection) {
    return statement("status", "last_closed")
        .one(connection, Map.of(), row -> row.getObject("night", LocalDate.class))
        .orElse(null);
  }

  Connection connection() {
    return connection;
  }

  Home home() {
    return home;
  }

  ZoneId zone() {
    return home.config().zone();
  }

  /** Whether a process holds the run lock now. */
  boolean someoneRuns() {
    return Statements.job("run")
        .step("lock")
        .statement("held")
        .one(connection, Map.of(), row -> row.getBoolean(1))
        .orElse(false);
  }

  /** The last closed night, null before the first one. */
  LocalDate lastClosed() {
    return lastClosed;
  }

  /** The last closed night, or a date before every night: what is asked as of it is empty. */
  LocalDate lastClosedOrNever() {
    return lastClosed == null ? LocalDate.EPOCH : lastClosed;
  }

  /**
   * A night that must be closed.
   *
   * @throws Refusal NOT_CLOSED
   */
  LocalDate closed(LocalDate night, Call call) {
    if (lastClosed != null && !night.isAfter(lastClosed)) return night;
    throw lastClosed == null
        ? call.refused("NOT_CLOSED", List.of(call.command("nightly")), "night.noneclosed", night)
        : call.refused(
            "NOT_CLOSED",
            List.of(call.command("nightly", "--date", night.toString())),
            "night.notclosed",
            night,
            lastClosed);
  }

  /** The first moment that a night no longer decides about. */
  Instant cut(LocalDate night) {
    return night.plusDays(1).atStartOfDay(zone()).toInstant();
  }

  /**
   * The moment whose tokens are in force: the last one of a night of the past, else a day that
   * never comes.
   */
  Instant moment(LocalDate night, boolean past) {
    return past ? cut(night).minusNanos(1000) : NEVER;
  }

  /**
   * An instant as it is printed: in the installation's zone, seconds always, fractions only if
   * there are any.
   */
  String shown(OffsetDateTime at) {
    return at == null ? null : Times.print(at.toInstant(), zone());
  }

  @Override
  public void close() throws SQLException {
    try (database) {
      connection.rollback();
      connection.close();
    }
  }
}
