package omnipoints.schedules;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import org.quartz.CronExpression;

/**
 * One line of the calendar: a job and its times.
 *
 * @param name unique in the calendar, e.g. {@code nightly}
 * @param cron six or seven fields as Quartz reads them; known to be parsable
 * @param ownZone zone the cron is read in, empty = that of the installation
 * @param misfire what follows a time that passed unused
 * @param deadline time of the day, in the zone of the cron, by which the night has to be closed
 * @param holidays days, in that zone, on which no time comes; the next night runs what is missing
 */
record Schedule(
    String name,
    Job job,
    String cron,
    Optional<ZoneId> ownZone,
    Misfire misfire,
    Optional<LocalTime> deadline,
    Set<LocalDate> holidays) {

  /** One without deadline and holidays. */
  Schedule(String name, Job job, String cron, Optional<ZoneId> ownZone, Misfire misfire) {
    this(name, job, cron, ownZone, misfire, Optional.empty(), Set.of());
  }

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
    CronExpression expression = expression(installation);
    Date at = expression.getTimeAfter(Date.from(after));
    while (at != null && holiday(at.toInstant(), installation)) at = expression.getTimeAfter(at);
    return Optional.ofNullable(at).map(Date::toInstant);
  }

  /** Whether a time falls on a day on which none comes. */
  boolean holiday(Instant at, ZoneId installation) {
    return holidays.contains(at.atZone(zone(installation)).toLocalDate());
  }

  /** The last time that has come, empty if none ever did. */
  Optional<Instant> last(Instant now, ZoneId installation) {
    CronExpression expression = expression(installation);
    // Quartz looks strictly before, and in whole seconds.
    Date at = expression.getTimeBefore(Date.from(Instant.ofEpochSecond(now.getEpochSecond() + 1)));
    while (at != null && holiday(at.toInstant(), installation)) at = expression.getTimeBefore(at);
    return Optional.ofNullable(at).map(Date::toInstant);
  }

  /** When the night of a time has to be closed, empty if nobody says so. */
  Optional<Instant> deadline(Instant fired, ZoneId installation) {
    return deadline.map(
        time -> {
          ZonedDateTime start = fired.atZone(zone(installation));
          ZonedDateTime end = start.toLocalDate().atTime(time).atZone(start.getZone());
          if (end.isBefore(start))
            end = start.toLocalDate().plusDays(1).atTime(time).atZone(start.getZone());
          return end.toInstant();
        });
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
