package omnipoints.points.rules;

import java.time.LocalDate;
import java.time.LocalDateTime;

/**
 * One kind of time in which a rule holds. Each is one small file and one line in {@link
 * WindowKinds}.
 */
interface WindowKind {

  boolean holds(Moment moment);

  Said said();

  /**
   * When something happened.
   *
   * @param day the date of {@code at}; the one before it in the small hours of a window that runs
   *     over midnight
   * @param birthday of whoever it happened to, null where nobody told
   */
  record Moment(LocalDate day, LocalDateTime at, LocalDate birthday) {}
}
