package omnipoints.books;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import omnipoints.sql.Database;
import omnipoints.sql.Script;
import omnipoints.sql.Statement;
import omnipoints.sql.StatementFailed;
import omnipoints.sql.Statements;

/**
 * The books of an installation, open for reading: one snapshot, so that a night that closes
 * meanwhile is seen whole or not at all.
 */
public final class Books implements AutoCloseable {
  private static final String UNDEFINED_TABLE = "42P01";
  private static final Statement LAST_CLOSED = script("status").statement("last_closed");

  private final Database database;
  private final Connection connection;
  private final ZoneId zone;
  private final LocalDate lastClosed;

  private Books(Database database, Connection connection, ZoneId zone, LocalDate lastClosed) {
    this.database = database;
    this.connection = connection;
    this.zone = zone;
    this.lastClosed = lastClosed;
  }

  /**
   * Opens the books of a database, which is closed together with them.
   *
   * @param zone of the installation: moments are told in it
   * @return empty if there are none: no night was ever begun
   */
  public static Optional<Books> open(Database database, ZoneId zone) throws SQLException {
    try {
      Connection connection = database.connection();
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
      LocalDate lastClosed =
          LAST_CLOSED
              .one(connection, Map.of(), row -> row.getObject("night", LocalDate.class))
              .orElse(null);
      return Optional.of(new Books(database, connection, zone, lastClosed));
    } catch (StatementFailed e) {
      database.close();
      if (e.sqlState().equals(UNDEFINED_TABLE)) return Optional.empty();
      throw e;
    } catch (SQLException | RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /** The statements of one answer. */
  static Script script(String answer) {
    return Statements.job("books").step(answer);
  }

  /** Zone of the installation. */
  public ZoneId zone() {
    return zone;
  }

  /** The last closed night, null before the first one. */
  public LocalDate lastClosed() {
    return lastClosed;
  }

  /** The last closed night, or a date before every night: what is asked as of it is empty. */
  public LocalDate lastClosedOrNever() {
    return lastClosed == null ? LocalDate.EPOCH : lastClosed;
  }

  /** Whether a night is closed, as every night before the last closed one is. */
  public boolean closed(LocalDate night) {
    return lastClosed != null && !night.isAfter(lastClosed);
  }

  /** All rows of a result known to be small. */
  <T extends Record> List<T> list(Statement statement, Map<String, ?> params, Class<T> row) {
    return statement.list(connection, params, RowReader.of(row, zone));
  }

  /** The only row, if there is one. */
  <T extends Record> Optional<T> one(Statement statement, Map<String, ?> params, Class<T> row) {
    return statement.one(connection, params, RowReader.of(row, zone));
  }

  /** The first column of all rows as text. */
  List<String> texts(Statement statement, Map<String, ?> params) {
    return statement.list(connection, params, row -> row.getString(1));
  }

  /** Rows one by one, however many they are; returns their number. */
  <T extends Record> long forEach(
      Statement statement, Map<String, ?> params, Class<T> row, Consumer<T> consumer) {
    RowReader<T> reader = RowReader.of(row, zone);
    return statement.forEachRow(connection, params, each -> consumer.accept(reader.map(each)));
  }

  @Override
  public void close() throws SQLException {
    try (database) {
      connection.rollback();
      connection.close();
    }
  }
}
