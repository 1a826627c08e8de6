package omnipoints.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import omnipoints.sql.BinaryCopy;
import omnipoints.sql.Database;

/**
 * COPY into one table in a fenced transaction of its own: while rows stream, nobody else can take
 * the night over, and a process that lost it cannot begin. Rows count when {@link #finish()} has
 * committed them.
 */
final class NightCopy implements AutoCloseable {

  private final Connection connection;
  private final BinaryCopy copy;

  private NightCopy(Connection connection, BinaryCopy copy) {
    this.connection = connection;
    this.copy = copy;
  }

  /** Opens a copy into a table that is not bound to a night. */
  static NightCopy into(Night night, String table, String... columns) {
    return open(night, connection -> Database.copyIn(connection, table, columns));
  }

  private static NightCopy open(Night night, Function<Connection, BinaryCopy> copy) {
    Connection connection = night.database().connection();
    try {
      connection.setAutoCommit(false);
      night.lock().fence(connection);
      return new NightCopy(connection, copy.apply(connection));
    } catch (SQLException e) {
      giveBack(connection);
      throw new IllegalStateException(e);
    } catch (RuntimeException e) {
      giveBack(connection);
      throw e;
    }
  }

  /**
   * Opens a copy into one of the night's own tables, {@code <table>_n<yyyyMMdd>}, and empties it:
   * its rows stand frozen in files that nobody has seen, so they need no log and no vacuum.
   */
  static NightCopy own(Night night, String table, String... columns) {
    return open(
        night,
        connection -> Database.copyInFresh(connection, table + "_" + night.suffix(), columns));
  }

  /** Where the rows go. */
  BinaryCopy rows() {
    return copy;
  }

  BinaryCopy row() {
    return copy.row();
  }

  /** Ends the copy and commits it; returns the number of rows. */
  long finish() {
    long rows = copy.finish();
    try {
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException("commit of COPY failed: " + e.getSQLState(), e);
    }
    return rows;
  }

  static void finishAll(List<NightCopy> copies) {
    copies.forEach(NightCopy::finish);
  }

  @Override
  public void close() {
    copy.close();
    giveBack(connection);
  }

  private static void giveBack(Connection connection) {
    try (connection) {
      connection.rollback();
    } catch (SQLException e) {
      // an abandoned copy breaks its connection; the pool throws it away
    }
  }
}
