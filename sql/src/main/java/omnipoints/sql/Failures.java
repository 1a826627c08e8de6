package omnipoints.sql;

import java.sql.SQLException;
import java.util.List;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Turns the driver's exceptions into ours: who is at fault, what to do, and no values of rows or
 * parameters.
 */
final class Failures {

  /** The driver always tells a state: without one it is the pool that speaks of a connection. */
  private static final String NO_STATE = "-----";

  private Failures() {}

  static String sqlState(SQLException e) {
    return e.getSQLState() == null ? NO_STATE : e.getSQLState();
  }

  /**
   * True for serialization failures and deadlocks: the same transaction can succeed when run again.
   */
  static boolean worthRetrying(String sqlState) {
    return sqlState.equals("40001") || sqlState.equals("40P01");
  }

  /**
   * @param statement file and name of the statement, or what was being done
   */
  static StatementFailed of(String statement, SQLException e) {
    String state = sqlState(e);
    StatementFailed.Kind kind = kind(state);
    String message = statement + ": " + meaning(state, e) + " (SQLSTATE " + state + ")";
    return new StatementFailed(
        statement, state, kind, message, next(state, kind), withoutValues(e, state));
  }

  private static StatementFailed.Kind kind(String state) {
    boolean environment =
        switch (state.substring(0, 2)) {
          case "08", "28", "40", "53", "57", "58", "F0", "XX", "--" -> true;
          default -> state.equals("55P03") || state.equals("25006") || state.equals("42501");
        };
    return environment ? StatementFailed.Kind.ENVIRONMENT : StatementFailed.Kind.BUG;
  }

  private static String meaning(String state, SQLException e) {
    return switch (state) {
      case "53100" -> "the disk of the database is full";
      case "53200" -> "the database is out of memory";
      case "53300" -> "the database has no free connection";
      case "55P03" -> "a lock was not available in time";
      case "57014" -> "the statement was cancelled";
      case "57P01", "57P02", "57P03" -> "the database is shutting down or was restarted";
      case "25006" -> "the database is read-only";
      default ->
          state.startsWith("08") || state.equals(NO_STATE)
              ? "the connection to the database was lost"
              : serverMessage(state, e);
    };
  }

  /**
   * The server's own sentence; those of class 22 (data) quote the value they complain about, so it
   * is blanked.
   */
  private static String serverMessage(String state, SQLException e) {
    ServerErrorMessage server = e instanceof PSQLException p ? p.getServerErrorMessage() : null;
    String message =
        server == null || server.getMessage() == null ? firstLine(e) : server.getMessage();
    if (state.startsWith("22")) message = message.replaceAll("\"[^\"]*\"", "\"…\"");
    if (server != null
        && server.getConstraint() != null
        && !message.contains(server.getConstraint())) {
      message += ", constraint " + server.getConstraint();
    }
    if (server != null && state.startsWith("42") && server.getPosition() > 0) {
      message += ", at character " + server.getPosition();
    }
    return message;
  }

  private static String firstLine(SQLException e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return message.lines().findFirst().orElse("");
  }

  private static List<String> next(String state, StatementFailed.Kind kind) {
    if (state.equals("53100"))
      return List.of("free disk space of the database, then ./omnipoints restart DATE");
    if (state.startsWith("53"))
      return List.of("lighten the database's load or raise its limits, then restart");
    if (state.startsWith("40") || state.equals("55P03")) {
      return List.of("./omnipoints restart DATE when the other session is done");
    }
    if (kind == StatementFailed.Kind.ENVIRONMENT) {
      return List.of(
          "./omnipoints db start", "./omnipoints restart DATE once the database answers");
    }
    return List.of(
        "this is a defect: report the message above; nothing of this transaction was kept");
  }

  /** Keeps the stack, drops the text: messages and details of the driver quote values. */
  private static SQLException withoutValues(SQLException e, String state) {
    var bare = new SQLException(e.getClass().getSimpleName() + " " + state, state);
    bare.setStackTrace(e.getStackTrace());
    return bare;
  }
}
