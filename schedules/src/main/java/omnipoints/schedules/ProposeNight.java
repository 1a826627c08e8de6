package omnipoints.schedules;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

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

  private final Schedules schedules;
  private final ZoneId installation;
  private final Runner runner;

  ProposeNight(Schedules schedules, ZoneId installation, Runner runner) {
    this.schedules = schedules;
    this.installation = installation;
    this.runner = runner;
  }

  @Override
  public void execute(JobExecutionContext context) {
    Instant scheduled = context.getScheduledFireTime().toInstant();
    String name = context.getMergedJobDataMap().getString(SCHEDULE);
    runner.run(
        schedules
            .named(name == null ? "" : name)
            .map(schedule -> schedule.businessDate(scheduled, installation))
            .orElseGet(() -> dayBefore(scheduled)));
  }

  /** For a fire that a killed process left behind and whose schedule is gone since. */
  private LocalDate dayBefore(Instant scheduled) {
    return scheduled.atZone(installation).toLocalDate().minusDays(1);
  }
}
