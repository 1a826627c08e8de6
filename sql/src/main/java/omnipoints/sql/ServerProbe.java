package omnipoints.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.Driver;

/**
 * Asks whether the server of one data directory listens on a port.
 *
 * @param data its data directory
 */
record ServerProbe(Path data, String password) {

  /** User and database the local server has. */
  static final String NAME = "omnipoints";

  enum Answer {
    /** Our server, ready. */
    OURS,
    /** A server, but of another directory, or it does not know our password. */
    OTHER,
    /** Our server may be there but cannot open a session because its disk is full. */
    DISK_FULL,
    /** Nothing, or a server that is starting or stopping. */
    NOTHING
  }

  Answer ask(int port) {
    try (Connection connection = connect(port, NAME)) {
      return isOurs(connection) ? Answer.OURS : Answer.OTHER;
    } catch (SQLException e) {
      if (!Failures.sqlState(e).equals("3D000")) return meaning(e);
    }
    // The database does not exist yet: the server is new, or who created the server died too early.
    try (Connection connection = connect(port, "postgres");
        var statement = connection.createStatement()) {
      if (!isOurs(connection)) return Answer.OTHER;
      statement.execute("create database " + NAME);
      return Answer.OURS;
    } catch (SQLException e) {
      return Failures.sqlState(e).equals("42P04") ? ask(port) : meaning(e);
    }
  }

  private static Answer meaning(SQLException e) {
    String state = Failures.sqlState(e);
    if (state.startsWith("28")) return Answer.OTHER;
    return state.equals("53100") ? Answer.DISK_FULL : Answer.NOTHING;
  }

  /**
   * A copied home has the password of its original, so a login proves nothing. The time at which a
   * file of the data directory came to be cannot be copied: who sees the same as we do serves this
   * directory.
   */
  private boolean isOurs(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select extract(epoch from (pg_stat_file('PG_VERSION')).change)::bigint")) {
      FileTime changed = (FileTime) Files.getAttribute(data.resolve("PG_VERSION"), "unix:ctime");
      return row.next() && row.getLong(1) == changed.toInstant().getEpochSecond();
    } catch (IOException e) {
      return false;
    }
  }

  private Connection connect(int port, String database) throws SQLException {
    var properties = new Properties();
    properties.setProperty("user", NAME);
    properties.setProperty("password", password);
    properties.setProperty("ApplicationName", NAME);
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("loginTimeout", "10");
    return new Driver().connect("jdbc:postgresql://127.0.0.1:" + port + "/" + database, properties);
  }

  @Override
  public String toString() {
    return "ServerProbe of " + data;
  }
}
