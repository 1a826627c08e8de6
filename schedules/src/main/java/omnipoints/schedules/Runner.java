package omnipoints.schedules;

import java.time.LocalDate;

/** Runs what the calendar proposes. */
@FunctionalInterface
interface Runner {

  /**
   * Runs the night of a date, or finds that there is nothing to run. Called on the scheduler's only
   * worker thread.
   */
  void run(LocalDate businessDate);
}
