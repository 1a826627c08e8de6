package omnipoints.sql;

import java.util.List;

/**
 * Something about the database that a person has to know: what happened, and what to type next.
 * Messages never carry values of rows, parameters or passwords.
 */
public abstract sealed class DatabaseFailure extends RuntimeException
    permits DatabaseUnreachable, StatementFailed, StatementsRefused, MigrationFailed {

  private final String code;
  private final transient List<String> next;

  DatabaseFailure(String code, String message, List<String> next, Throwable cause) {
    super(message, cause);
    this.code = code;
    this.next = List.copyOf(next);
  }

  /**
   * Stable code in capitals, e.g. {@code DB_UNREACHABLE}; the {@code code} of the error object of
   * {@code --json}.
   */
  public String code() {
    return code;
  }

  /** What a person can do now, commands first; never empty. */
  public List<String> next() {
    return next;
  }

  /**
   * True if the world around the program has to change (database, disk); false if the program is
   * wrong.
   */
  public abstract boolean environment();
}
