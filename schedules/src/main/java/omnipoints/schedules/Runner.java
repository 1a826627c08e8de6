package omnipoints.schedules;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/** Runs what the calendar proposes. */
@FunctionalInterface
interface Runner {

  /**
   * Runs the night of a date, or finds that there is nothing to run. Called on the scheduler's only
   * worker thread.
   *
   * @return when to propose the same date again, empty if that is not needed
   */
  Optional<Instant> run(LocalDate businessDate);
}
