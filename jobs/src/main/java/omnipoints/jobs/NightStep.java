package omnipoints.jobs;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * One step of the night. Running it again after a crash must end in the same rows: it either does
 * everything in one transaction together with its done-marker, or builds tables and files of its
 * own from nothing.
 */
interface NightStep {

  /** Name in the design, in the statements folder, in logs and in status. */
  String name();

  /**
   * Work outside the final transaction, into tables or files nobody else reads before the step is
   * done.
   */
  default Counts prepare(Night night) throws SQLException {
    return Counts.NOTHING;
  }

  /** How long the final transaction waits for tables that others use; null: as long as it takes. */
  default LockPatience patience(Night night) {
    return null;
  }

  /** The final transaction; the done-marker is written in it. */
  Counts apply(Night night, Connection connection, Counts prepared) throws SQLException;
}
