package omnipoints.schedules;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import omnipoints.jobs.NightRefused;
import omnipoints.schedules.Schedule.Misfire;
import omnipoints.sql.Database;
import org.quartz.CronScheduleBuilder;
import org.quartz.CronTrigger;
import org.quartz.JobBuilder;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.Trigger.TriggerState;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.DirectSchedulerFactory;
import org.quartz.impl.SchedulerRepository;
import org.quartz.impl.jdbcjobstore.InvalidConfigurationException;
import org.quartz.impl.jdbcjobstore.JobStoreTX;
import org.quartz.impl.jdbcjobstore.PostgreSQLDelegate;
import org.quartz.impl.matchers.GroupMatcher;
import org.quartz.simpl.SimpleThreadPool;
import org.quartz.spi.OperableTrigger;
import org.quartz.utils.DBConnectionManager;

/**
 * Quartz with its store in the database (schema {@code quartz}): keeps the triggers there as the
 * calendar says, so that a time missed while nothing ran is known afterwards. Several on one
 * database fire each time once; that one process serves is kept by {@link ServeLock}.
 */
final class Timekeeper implements AutoCloseable {

  static final String GROUP = "schedules";
  static final JobKey NIGHTLY = new JobKey("nightly", GROUP);

  private static final String NAME = "omnipoints";

  /** A fire that comes later than this has missed its time. */
  private static final Duration MISFIRE_THRESHOLD = Duration.ofMinutes(1);

  private static final AtomicInteger POOLS = new AtomicInteger();

  private final Scheduler quartz;
  private final Schedules schedules;
  private final ZoneId installation;
  private final Clock clock;

  private Timekeeper(Scheduler quartz, Schedules schedules, ZoneId installation, Clock clock) {
    this.clock = clock;
    this.quartz = quartz;
    this.schedules = schedules;
    this.installation = installation;
  }

  /**
   * Brings the store to the calendar and begins to fire; times missed meanwhile are made up for as
   * the calendar says.
   *
   * @param clock tells which times are still to come; Quartz itself fires by the clock of the
   *     machine
   * @throws NightRefused exit 2: a schedule will never fire again
   */
  static Timekeeper start(
      Schedules schedules, ZoneId installation, Database database, Clock clock, Runner runner) {
    refuseWhatIsOver(schedules, installation, clock.instant());
    Timekeeper timekeeper = null;
    try {
      timekeeper = new Timekeeper(quartz(database), schedules, installation, clock);
      timekeeper.quartz.setJobFactory(
          (bundle, quartz) -> new ProposeNight(schedules, installation, runner));
      timekeeper.keep(clock.instant());
      timekeeper.quartz.start();
      return timekeeper;
    } catch (SchedulerException e) {
      if (timekeeper != null) timekeeper.close();
      throw failed(e);
    }
  }

  private static void refuseWhatIsOver(Schedules schedules, ZoneId installation, Instant now) {
    List<String> over =
        schedules.all().stream()
            .filter(schedule -> schedule.next(now, installation).isEmpty())
            .map(
                schedule ->
                    schedule.name() + ": cron '" + schedule.cron() + "' has no time to come")
            .toList();
    if (over.isEmpty()) return;
    throw new NightRefused(
        2,
        "SETUP",
        String.join("; ", over),
        List.of("correct or remove it in schedules.yaml of the home"));
  }

  private static Scheduler quartz(Database database) throws SchedulerException {
    String pool = NAME + "-" + POOLS.incrementAndGet();
    DBConnectionManager.getInstance().addConnectionProvider(pool, new SharedPool(database));
    DirectSchedulerFactory.getInstance()
        .createScheduler(
            NAME, instance(), new SimpleThreadPool(1, Thread.NORM_PRIORITY), store(pool));
    Scheduler quartz = SchedulerRepository.getInstance().lookup(NAME);
    // The name is that of the triggers in the database; it must not keep a second one from this
    // JVM.
    SchedulerRepository.getInstance().remove(NAME);
    return quartz;
  }

  /** Who of several on one database: host, process, and which of that process. */
  private static String instance() {
    String host = System.getenv().getOrDefault("HOSTNAME", "localhost");
    return host + "-" + ProcessHandle.current().pid() + "-" + POOLS.get();
  }

  private static JobStoreTX store(String pool) {
    var store = new JobStoreTX();
    store.setDataSource(pool);
    store.setTablePrefix(QuartzTables.PREFIX);
    // Whoever else keeps time on this database: one of us fires.
    store.setIsClustered(true);
    // Job data as text: no Java object of today has to be read by the program of tomorrow.
    store.setUseProperties("true");
    store.setMisfireThreshold(MISFIRE_THRESHOLD.toMillis());
    try {
      store.setDriverDelegateClass(PostgreSQLDelegate.class.getName());
    } catch (InvalidConfigurationException e) {
      throw new IllegalStateException(e);
    }
    return store;
  }

  private void keep(Instant now) throws SchedulerException {
    quartz.addJob(
        JobBuilder.newJob(ProposeNight.class)
            .withIdentity(NIGHTLY)
            .storeDurably()
            .requestRecovery()
            .build(),
        true);
    for (Schedule schedule : schedules.all()) keep(schedule, now);
    Set<String> wanted = schedules.all().stream().map(Schedule::name).collect(Collectors.toSet());
    for (TriggerKey key : quartz.getTriggerKeys(GroupMatcher.triggerGroupEquals(GROUP))) {
      if (!wanted.contains(key.getName())) quartz.unscheduleJob(key);
    }
  }

  private void keep(Schedule schedule, Instant now) throws SchedulerException {
    CronTrigger wanted = trigger(schedule, null);
    Trigger there = quartz.getTrigger(wanted.getKey());
    if (there == null) {
      quartz.scheduleJob(wanted);
    } else if (!same(there, wanted)) {
      CronTrigger successor = trigger(schedule, since(there, now));
      ((OperableTrigger) successor).setPreviousFireTime(there.getPreviousFireTime());
      quartz.rescheduleJob(there.getKey(), successor);
    } else if (quartz.getTriggerState(there.getKey()) == TriggerState.ERROR) {
      quartz.resetTriggerFromErrorState(there.getKey());
    }
  }

  /**
   * A time that the old definition missed is not lost with it: the new one then counts from the
   * last fire on.
   */
  private static Date since(Trigger old, Instant now) {
    Date next = old.getNextFireTime();
    if (next == null || next.toInstant().isAfter(now)) return null;
    Date last = old.getPreviousFireTime();
    return last == null ? old.getStartTime() : new Date(last.getTime() + 1000);
  }

  private CronTrigger trigger(Schedule schedule, Date from) {
    CronScheduleBuilder cron =
        CronScheduleBuilder.cronSchedule(schedule.cron())
            .inTimeZone(TimeZone.getTimeZone(schedule.zone(installation)));
    TriggerBuilder<CronTrigger> trigger =
        TriggerBuilder.newTrigger()
            .withIdentity(schedule.name(), GROUP)
            .forJob(NIGHTLY)
            .usingJobData(ProposeNight.SCHEDULE, schedule.name())
            .withSchedule(
                schedule.misfire() == Misfire.SKIP
                    ? cron.withMisfireHandlingInstructionDoNothing()
                    : cron.withMisfireHandlingInstructionFireAndProceed());
    return (from == null ? trigger : trigger.startAt(from)).build();
  }

  private static boolean same(Trigger there, CronTrigger wanted) {
    return there instanceof CronTrigger cron
        && cron.getCronExpression().equals(wanted.getCronExpression())
        && cron.getTimeZone().getID().equals(wanted.getTimeZone().getID())
        && cron.getMisfireInstruction() == wanted.getMisfireInstruction()
        && cron.getJobKey().equals(wanted.getJobKey())
        && cron.getJobDataMap().equals(wanted.getJobDataMap());
  }

  /** What comes next, by schedule, in the order of the calendar. */
  List<ServeEvent.Due> next() {
    var next = new ArrayList<ServeEvent.Due>();
    for (Schedule schedule : schedules.all()) {
      nextOf(schedule)
          .ifPresent(
              at ->
                  next.add(
                      new ServeEvent.Due(
                          schedule.name(), at, schedule.businessDate(at, installation))));
    }
    return next;
  }

  private Optional<Instant> nextOf(Schedule schedule) {
    try {
      Trigger trigger = quartz.getTrigger(new TriggerKey(schedule.name(), GROUP));
      Optional<Instant> at =
          Optional.ofNullable(trigger).map(Trigger::getNextFireTime).map(Date::toInstant);
      // What was missed is made up for, or skipped, in the background: it is no time to come.
      Instant now = clock.instant();
      boolean none =
          at.isPresent() && (at.get().isBefore(now) || schedule.holiday(at.get(), installation));
      return none ? schedule.next(now, installation) : at;
    } catch (SchedulerException e) {
      throw failed(e);
    }
  }

  /** For tests: fires and looks by hand. */
  Scheduler quartz() {
    return quartz;
  }

  /** Fires no more and waits for a running job to end. */
  @Override
  public void close() {
    try {
      quartz.shutdown(true);
    } catch (SchedulerException e) {
      throw failed(e);
    }
  }

  private static NightRefused failed(SchedulerException e) {
    var refused =
        new NightRefused(
            9,
            "SCHEDULER_FAILED",
            "the scheduler cannot use its tables in schema quartz: " + e.getMessage(),
            List.of("./omnipoints db start", "repeat this command"));
    refused.initCause(e);
    return refused;
  }
}
