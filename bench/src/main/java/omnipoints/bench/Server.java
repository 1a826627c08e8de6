package omnipoints.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import omnipoints.sql.Database;
import omnipoints.sql.LocalDatabase;

/** The local database of a folder, as the product starts it: for both sides the same. */
final class Server implements AutoCloseable {

  private final LocalDatabase local;
  final long pid;
  final Database database;

  Server(Path home) {
    local = LocalDatabase.in(home);
    pid = local.start().pid();
    database = Database.open(local);
  }

  long walPosition() {
    return number("select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint");
  }

  long size() {
    return number("select pg_database_size(current_database())");
  }

  /** Brings everything to disk, so that one side does not pay for what the other left. */
  void settle() {
    try (Connection connection = database.connection()) {
      Database.execute(connection, "checkpoint", "checkpoint");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private long number(String sql) {
    try (Connection connection = database.connection();
        ResultSet row = connection.createStatement().executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Closes the connections, the server stays. */
  @Override
  public void close() {
    database.close();
  }

  void stop() {
    database.close();
    local.stop();
  }
}
