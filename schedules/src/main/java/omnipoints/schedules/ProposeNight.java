package omnipoints.schedules;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Date;
import java.util.Optional;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;

/**
 * What Quartz runs: it proposes a business date. Whether that night is run is decided by the run
 * lock and the nights in the database, so a proposal made twice is harmless.
 */
@DisallowConcurrentExecution
final class ProposeNight implements Job {

  /**
   * Key of a trigger's data under which the name of its schedule stands; recovered and manual fires
   * keep it.
   */
  static final String SCHEDULE = "schedule";

  /** Key of the business date itself, where a night that waited is proposed again. */
  static final String NIGHT = "night";

  /** Group of the triggers that propose a waiting night again. */
  static final String WAITING = "waiting";

  private final Schedules schedules;
  private final ZoneId installation;
  private final Runner runner;

  ProposeNight(Schedules schedules, ZoneId installation, Runner runner) {
    this.schedules = schedules;
    this.installation = installation;
    this.runner = runner;
  }

  @Override
  public void execute(JobExecutionContext context) throws JobExecutionException {
    if (onHoliday(context)) return;
    LocalDate night = night(context);
    Optional<Instant> again = runner.run(night);
    if (again.isEmpty()) return;
    try {
      context.getScheduler().scheduleJob(again(night, again.get()));
    } catch (SchedulerException e) {
      throw new JobExecutionException(e);
    }
  }

  /** A night that waits is looked at again on any day. */
  private boolean onHoliday(JobExecutionContext context) {
    String name = context.getMergedJobDataMap().getString(SCHEDULE);
    if (name == null || context.getMergedJobDataMap().containsKey(NIGHT)) return false;
    Instant at = context.getScheduledFireTime().toInstant();
    return schedules.named(name).filter(one -> one.holiday(at, installation)).isPresent();
  }

  private LocalDate night(JobExecutionContext context) {
    Instant scheduled = context.getScheduledFireTime().toInstant();
    String night = context.getMergedJobDataMap().getString(NIGHT);
    if (night != null) return LocalDate.parse(night);
    String name = context.getMergedJobDataMap().getString(SCHEDULE);
    return schedules
        .named(name == null ? "" : name)
        .map(schedule -> schedule.businessDate(scheduled, installation))
        .orElseGet(() -> dayBefore(scheduled));
  }

  private static Trigger again(LocalDate night, Instant at) {
    return TriggerBuilder.newTrigger()
        .withIdentity(night + " " + at.getEpochSecond(), WAITING)
        .forJob(Timekeeper.NIGHTLY)
        .usingJobData(NIGHT, night.toString())
        .startAt(Date.from(at))
        .withSchedule(
            SimpleScheduleBuilder.simpleSchedule().withMisfireHandlingInstructionFireNow())
        .build();
  }

  /** For a fire that a killed process left behind and whose schedule is gone since. */
  private LocalDate dayBefore(Instant scheduled) {
    return scheduled.atZone(installation).toLocalDate().minusDays(1);
  }
}
