package omnipoints.sql;

import java.util.List;

/**
 * A statement the server refused or could not finish. Names the file and statement, the SQLSTATE,
 * whose fault it is and what to do. Carries no values: details of the server that quote row content
 * are left out.
 */
public final class StatementFailed extends DatabaseFailure {

  /** Whose fault it is: the world around the program, or the program. */
  enum Kind {
    ENVIRONMENT,
    BUG
  }

  private final String statement;
  private final String sqlState;
  private final Kind kind;

  StatementFailed(
      String statement,
      String sqlState,
      Kind kind,
      String message,
      List<String> next,
      Throwable cause) {
    super(kind == Kind.ENVIRONMENT ? "DB_FAILED" : "STATEMENT_FAILED", message, next, cause);
    this.statement = statement;
    this.sqlState = sqlState;
    this.kind = kind;
  }

  /**
   * File and name of the statement, e.g. {@code statements/nightly/join.sql#inputs}, or what was
   * being done.
   */
  public String statement() {
    return statement;
  }

  /** Five characters, {@code "-----"} if the failure did not come from the server. */
  public String sqlState() {
    return sqlState;
  }

  @Override
  public boolean environment() {
    return kind == Kind.ENVIRONMENT;
  }
}
