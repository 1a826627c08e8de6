package omnipoints.sql;

import java.util.List;

/**
 * The schema could not be brought to the state this program needs; the database is as it was
 * before.
 */
public final class MigrationFailed extends DatabaseFailure {

  MigrationFailed(String message, List<String> next, Throwable cause) {
    super("MIGRATION_FAILED", message, next, cause);
  }

  @Override
  public boolean environment() {
    return true;
  }
}
