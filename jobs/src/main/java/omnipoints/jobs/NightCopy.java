package omnipoints.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import omnipoints.sql.BinaryCopy;
import omnipoints.sql.Database;

/**
 * COPY into one table in a fenced transaction of its own: while rows stream, nobody else can take
 * the night over, and a process that lost it cannot begin. The transaction begins with the first
 * buffer of rows; a table that gets none costs nothing. Rows count when {@link #finish()} has
 * committed them.
 */
final class NightCopy implements AutoCloseable {

  private final Night night;
  private final BinaryCopy copy;

  /** Null until there are rows. */
  private Connection connection;

  private NightCopy(Night night, String table, boolean fresh, String... columns) {
    this.night = night;
    this.copy =
        fresh
            ? Database.copyInFresh(this::fenced, table, columns)
            : Database.copyInLater(this::fenced, table, columns);
  }

  /** A copy into a table that is not bound to a night. */
  static NightCopy into(Night night, String table, String... columns) {
    return new NightCopy(night, table, false, columns);
  }

  /**
   * A copy into one of the night's own tables, {@code <table>_n<yyyyMMdd>}, which is empty: its
   * rows stand frozen in files that nobody has seen, so they need no log and no vacuum.
   */
  static NightCopy own(Night night, String table, String... columns) {
    return new NightCopy(night, table + "_" + night.suffix(), true, columns);
  }

  private Connection fenced() {
    connection = night.database().connection();
    try {
      connection.setAutoCommit(false);
    } catch (SQLException e) {
      throw Database.failure("begin of COPY", e);
    }
    night.lock().fence(connection);
    return connection;
  }

  /** Where the rows go. */
  BinaryCopy rows() {
    return copy;
  }

  BinaryCopy row() {
    return copy.row();
  }

  /** Ends the copy, commits it, and gives the connection back; returns the number of rows. */
  long finish() {
    long rows = copy.finish();
    if (connection == null) return rows;
    try {
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException("commit of COPY failed: " + e.getSQLState(), e);
    }
    giveBack();
    return rows;
  }

  static void finishAll(List<NightCopy> copies) {
    copies.forEach(NightCopy::finish);
  }

  @Override
  public void close() {
    copy.close();
    giveBack();
  }

  private void giveBack() {
    if (connection == null) return;
    try (Connection given = connection) {
      connection = null;
      given.rollback();
    } catch (SQLException e) {
      // an abandoned copy breaks its connection; the pool throws it away
    }
  }
}
