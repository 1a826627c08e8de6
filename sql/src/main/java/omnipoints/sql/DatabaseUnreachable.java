package omnipoints.sql;

import java.util.List;

/**
 * No usable database: nothing answers, it refuses the login, it is too old, or the local one cannot
 * be started. The message names host and port, never the password.
 */
public final class DatabaseUnreachable extends DatabaseFailure {

  DatabaseUnreachable(String message, List<String> next, Throwable cause) {
    super("DB_UNREACHABLE", message, next, cause);
  }

  DatabaseUnreachable(String message, List<String> next) {
    this(message, next, null);
  }

  @Override
  public boolean environment() {
    return true;
  }
}
