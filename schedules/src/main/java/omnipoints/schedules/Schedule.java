package omnipoints.schedules;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Date;
import java.util.Optional;
import java.util.TimeZone;
import org.quartz.CronExpression;

/**
 * One line of the calendar: a job and its times.
 *
 * @param name unique in the calendar, e.g. {@code nightly}
 * @param cron six or seven fields as Quartz reads them; known to be parsable
 * @param ownZone zone the cron is read in, empty = that of the installation
 * @param misfire what follows a time that passed unused
 */
record Schedule(String name, Job job, String cron, Optional<ZoneId> ownZone, Misfire misfire) {

  /** What can be run. */
  enum Job {
    NIGHTLY
  }

  /** What follows a time that passed while nothing served, or while the job still ran. */
  enum Misfire {
    FIRE_ONCE,
    SKIP
  }

  /** The zone the cron is read in. */
  ZoneId zone(ZoneId installation) {
    return ownZone.orElse(installation);
  }

  /** The first time after an instant, empty if there is none for ever. */
  Optional<Instant> next(Instant after, ZoneId installation) {
    return Optional.ofNullable(expression(installation).getTimeAfter(Date.from(after)))
        .map(Date::toInstant);
  }

  /**
   * The business date that a fire stands for: the day before its time, in the installation's zone.
   * A fire that comes late counts as the last time of the cron that had come by then: made up for
   * at half past midnight, a missed 02:30 is still that of the day before, whose date is over, and
   * not that of today.
   *
   * @param fired when the fire was due, or when it was made up for
   */
  LocalDate businessDate(Instant fired, ZoneId installation) {
    // Quartz looks strictly before, and in whole seconds.
    Date before =
        expression(installation)
            .getTimeBefore(Date.from(Instant.ofEpochSecond(fired.getEpochSecond() + 1)));
    Instant due = before == null ? fired : before.toInstant();
    return due.atZone(installation).toLocalDate().minusDays(1);
  }

  CronExpression expression(ZoneId installation) {
    try {
      CronExpression expression = new CronExpression(cron);
      expression.setTimeZone(TimeZone.getTimeZone(zone(installation)));
      return expression;
    } catch (java.text.ParseException e) {
      throw new IllegalStateException("was parsable when it was read: " + cron, e);
    }
  }
}
