package omnipoints.sql;

import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * A JDBC URL and how to speak of it without its password.
 *
 * @param place {@code host:port/name}
 */
record JdbcUrl(String url, String place) {

  private static final List<String> NEXT =
      List.of(
          "./omnipoints db start",
          "if database.url is set in omnipoints.yaml: check host, port, user and that the server runs");

  static JdbcUrl of(String url) {
    Properties parsed = url == null ? null : Driver.parseURL(url, new Properties());
    if (parsed == null) {
      throw new DatabaseUnreachable(
          "database.url is not a PostgreSQL JDBC URL",
          List.of(
              "write database.url in omnipoints.yaml as jdbc:postgresql://HOST:PORT/NAME?user=USER&password=…"));
    }
    String host = PGProperty.PG_HOST.getOrDefault(parsed);
    String port = PGProperty.PG_PORT.getOrDefault(parsed);
    return new JdbcUrl(url, host + ":" + port + "/" + PGProperty.PG_DBNAME.getOrDefault(parsed));
  }

  DatabaseUnreachable unreachable(SQLException e) {
    String state = Failures.sqlState(e);
    String why =
        switch (state.substring(0, 2)) {
          case "28" -> "refuses the login";
          case "3D" -> "has no database of that name";
          case "53" -> state.equals("53100") ? "has a full disk" : "has no free connection";
          case "57" -> "is starting up or shutting down";
          default -> "does not answer";
        };
    List<String> next =
        state.equals("53100")
            ? List.of("free disk space of the database, then repeat the command")
            : NEXT;
    return new DatabaseUnreachable(
        "the database at " + place + " " + why + " (SQLSTATE " + state + ")", next, null);
  }

  @Override
  public String toString() {
    return place;
  }
}
