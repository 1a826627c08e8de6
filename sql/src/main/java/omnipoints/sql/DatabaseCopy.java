package omnipoints.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * A copy of a database on the same server, to try something in; dropped on close. The server copies
 * files, so nobody may be connected to the original meanwhile.
 */
public final class DatabaseCopy implements AutoCloseable {

  private static final String SUFFIX = "_dry_run";
  private static final String IN_USE = "55006";
  private static final String NOT_ALLOWED = "42501";

  private final String server;
  private final String name;
  private final String url;

  private DatabaseCopy(String server, String name, String url) {
    this.server = server;
    this.name = name;
    this.url = url;
  }

  /**
   * Copies it.
   *
   * @param original its JDBC URL
   * @throws DatabaseUnreachable somebody is connected to it or to a copy that is there, or the
   *     login may not create databases
   */
  public static DatabaseCopy of(String original) {
    String from = PGProperty.PG_DBNAME.getOrDefault(Driver.parseURL(original, new Properties()));
    String name = from + SUFFIX;
    var copy = new DatabaseCopy(named(original, "postgres"), name, named(original, name));
    try (Connection server = connect(copy.server)) {
      copy.dropLeftOver(server);
      Database.execute(
          server,
          "copy the database",
          "create database \"" + name + "\" template \"" + from + "\" strategy file_copy");
    } catch (StatementFailed e) {
      throw explained(e);
    } catch (SQLException e) {
      throw JdbcUrl.of(original).unreachable(e);
    }
    return copy;
  }

  /**
   * One that a killed process has left; the server knows within seconds that its sessions are gone.
   *
   * @throws DatabaseUnreachable somebody is at work in it
   */
  private void dropLeftOver(Connection server) {
    try {
      Database.execute(server, "drop the copy", "drop database if exists \"" + name + "\"");
    } catch (StatementFailed e) {
      if (!IN_USE.equals(e.sqlState())) throw e;
      throw new DatabaseUnreachable(
          "a copy of this database is in use: another dry run is at work",
          List.of("wait for it to end, then repeat this command"));
    }
  }

  private static RuntimeException explained(StatementFailed e) {
    if (IN_USE.equals(e.sqlState()))
      return new DatabaseUnreachable(
          "the database cannot be copied while others are connected to it",
          List.of("stop serve and other commands on this home, then repeat this command"));
    if (NOT_ALLOWED.equals(e.sqlState()))
      return new DatabaseUnreachable(
          "the database cannot be copied: its user may not create databases",
          List.of("give that user CREATEDB, or try the night in a home restored from a backup"));
    return e;
  }

  /** JDBC URL of the copy. */
  public String url() {
    return url;
  }

  private void drop() {
    try (Connection connection = connect(server)) {
      Database.execute(
          connection, "drop the copy", "drop database if exists \"" + name + "\" with (force)");
    } catch (SQLException e) {
      throw JdbcUrl.of(server).unreachable(e);
    }
  }

  @Override
  public void close() {
    drop();
  }

  private static Connection connect(String url) throws SQLException {
    return new Driver().connect(url, new Properties());
  }

  private static String named(String url, String name) {
    return url.replaceFirst("(//[^/]+/)[^?]*", "$1" + name);
  }
}
