package omnipoints.schedules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Date;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import omnipoints.sql.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.TriggerBuilder;

class TimekeeperTest {

  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  private static final String NIGHTLY =
      "nightly: {job: nightly, cron: 0 30 2 * * ?, date: previous_day}";
  private static final String SKIPPING =
      "nightly: {job: nightly, cron: 0 30 2 * * ?, misfire: skip, date: previous_day}";

  private final BlockingQueue<LocalDate> runs = new LinkedBlockingQueue<>();
  private final BlockingQueue<Instant> again = new LinkedBlockingQueue<>();
  private TestDatabase database;

  @BeforeEach
  void open() {
    database = TestDatabase.fresh(QuartzTables.SCHEMA);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void a_fire_runs_the_day_before_its_scheduled_time_and_not_before_now() throws Exception {
    try (Timekeeper timekeeper = start(NIGHTLY)) {
      timekeeper
          .quartz()
          .scheduleJob(
              TriggerBuilder.newTrigger()
                  .forJob(Timekeeper.NIGHTLY)
                  .usingJobData(ProposeNight.SCHEDULE, "nightly")
                  .startAt(Date.from(OffsetDateTime.parse("2026-03-01T02:30:00+08:00").toInstant()))
                  .withSchedule(
                      SimpleScheduleBuilder.simpleSchedule()
                          .withMisfireHandlingInstructionIgnoreMisfires())
                  .build());
      assertThat(nextRun()).isEqualTo("2026-02-28");
    }
  }

  @Test
  void a_fire_by_hand_runs_the_date_that_was_due_last() throws Exception {
    Schedule schedule = Schedules.parse("s", NIGHTLY).all().get(0);
    LocalDate before = schedule.businessDate(Instant.now(), SHANGHAI);
    try (Timekeeper timekeeper = start(NIGHTLY)) {
      timekeeper.quartz().triggerJob(Timekeeper.NIGHTLY, data());
      assertThat(nextRun()).isBetween(before, before.plusDays(1));
    }
  }

  private static org.quartz.JobDataMap data() {
    var data = new org.quartz.JobDataMap();
    data.put(ProposeNight.SCHEDULE, "nightly");
    return data;
  }

  @Test
  void times_missed_while_nothing_ran_are_made_up_for_once() throws Exception {
    start(NIGHTLY).close();
    missedFor(3);
    Schedule schedule = Schedules.parse("s", NIGHTLY).all().get(0);
    LocalDate before = schedule.businessDate(Instant.now(), SHANGHAI);
    try (Timekeeper timekeeper = start(NIGHTLY)) {
      assertThat(nextRun()).isBetween(before, before.plusDays(1));
      assertThat(timekeeper.next().get(0).at()).isAfter(Instant.now());
    }
    assertThat(runs).isEmpty();
  }

  @Test
  void times_missed_while_nothing_ran_are_skipped_if_the_calendar_says_so() throws Exception {
    start(SKIPPING).close();
    missedFor(3);
    try (Timekeeper timekeeper = start(SKIPPING)) {
      assertThat(timekeeper.next().get(0).at()).isAfter(Instant.now());
    }
    assertThat(runs).isEmpty();
  }

  @Test
  void a_changed_definition_replaces_the_trigger_and_keeps_when_it_fired_last() throws Exception {
    start(NIGHTLY).close();
    execute("update quartz.qrtz_triggers set prev_fire_time = 1767205800000");
    start(
            "nightly: {job: nightly, cron: 0 0 5 * * ?, zone: Europe/Berlin, misfire: skip, date: previous_day}")
        .close();
    assertThat(
            rows(
                "select cron_expression || ' ' || time_zone_id || ' ' || misfire_instr || ' ' || prev_fire_time"
                    + " from quartz.qrtz_triggers join quartz.qrtz_cron_triggers using (sched_name, trigger_name)"))
        .isEqualTo("0 0 5 * * ? Europe/Berlin 2 1767205800000");
    assertThat(runs).isEmpty();
  }

  @Test
  void an_unchanged_definition_leaves_the_trigger_alone() throws Exception {
    start(NIGHTLY).close();
    execute("update quartz.qrtz_triggers set description = 'untouched'");
    start(NIGHTLY).close();
    assertThat(rows("select description from quartz.qrtz_triggers")).isEqualTo("untouched");
  }

  @Test
  void a_time_missed_under_the_old_definition_is_not_lost_with_it() throws Exception {
    start(NIGHTLY).close();
    missedFor(3);
    try (Timekeeper timekeeper = start(NIGHTLY.replace("30 2", "40 2"))) {
      assertThat(nextRun()).isNotNull();
      assertThat(timekeeper.next().get(0).at()).isAfter(Instant.now());
    }
    assertThat(runs).isEmpty();
  }

  @Test
  void a_schedule_taken_from_the_calendar_leaves_the_store() throws Exception {
    start(NIGHTLY + "\nsecond: {job: nightly, cron: 0 0 5 * * ?, date: previous_day}").close();
    assertThat(rows("select count(*) from quartz.qrtz_triggers")).isEqualTo("2");
    start(NIGHTLY).close();
    assertThat(rows("select string_agg(trigger_name, ',') from quartz.qrtz_triggers"))
        .isEqualTo("nightly");
  }

  @Test
  void a_night_whose_process_was_killed_is_proposed_again_with_its_own_date() throws Exception {
    start(NIGHTLY).close();
    long scheduled = OffsetDateTime.parse("2026-01-10T02:30:00+08:00").toInstant().toEpochMilli();
    execute(
        "insert into quartz.qrtz_fired_triggers select sched_name, 'e1', trigger_name, trigger_group, 'omnipoints', "
            + (scheduled + 5)
            + ", "
            + scheduled
            + ", 5, 'EXECUTING', job_name, job_group, true, true"
            + " from quartz.qrtz_triggers");
    try (Timekeeper timekeeper = start(NIGHTLY)) {
      assertThat(nextRun()).isEqualTo("2026-01-09");
      assertThat(timekeeper.next()).hasSize(1);
    }
  }

  @Test
  void a_night_that_waits_is_proposed_again_with_its_own_date() throws Exception {
    again.add(Instant.now());
    try (Timekeeper timekeeper = start(NIGHTLY)) {
      timekeeper.quartz().triggerJob(Timekeeper.NIGHTLY, data());
      LocalDate first = nextRun();
      assertThat(nextRun()).isEqualTo(first);
    }
    assertThat(runs).isEmpty();
  }

  @Test
  void of_two_on_one_database_each_time_is_fired_by_one() throws Exception {
    try (Timekeeper one = start(NIGHTLY);
        Timekeeper other = start(NIGHTLY)) {
      assertThat(other.next()).isEqualTo(one.next());
      Date soon = Date.from(Instant.now().plusSeconds(1));
      for (int day = 1; day <= 20; day++)
        one.quartz()
            .scheduleJob(
                TriggerBuilder.newTrigger()
                    .forJob(Timekeeper.NIGHTLY)
                    .usingJobData(ProposeNight.NIGHT, String.format("2026-01-%02d", day))
                    .startAt(soon)
                    .build());
      var seen = new TreeSet<LocalDate>();
      for (int n = 0; n < 20; n++) assertThat(seen.add(nextRun())).isTrue();
      assertThat(seen.first()).isEqualTo("2026-01-01");
      assertThat(seen.last()).isEqualTo("2026-01-20");
      assertThat(runs.poll(2, TimeUnit.SECONDS)).isNull();
      assertThat(rows("select count(distinct instance_name) from quartz.qrtz_scheduler_state"))
          .isEqualTo("2");
    }
  }

  @Test
  void a_schedule_with_no_time_to_come_is_refused() {
    assertThatThrownBy(
            () -> start("old: {job: nightly, cron: 0 0 3 * * ? 2020, date: previous_day}"))
        .hasMessage("old: cron '0 0 3 * * ? 2020' has no time to come");
  }

  private Timekeeper start(String calendar) {
    return Timekeeper.start(
        Schedules.parse("schedules.yaml", calendar),
        SHANGHAI,
        database.database(),
        Clock.systemUTC(),
        date -> {
          runs.add(date);
          return Optional.ofNullable(again.poll());
        });
  }

  private LocalDate nextRun() throws InterruptedException {
    return runs.poll(20, TimeUnit.SECONDS);
  }

  /** As if nothing had been serving since so many days. */
  private void missedFor(int days) throws SchedulerException {
    execute(
        "update quartz.qrtz_triggers set start_time = 0, prev_fire_time = next_fire_time - 86400000::bigint * "
            + (days + 1)
            + ", next_fire_time = next_fire_time - 86400000::bigint * "
            + days);
  }

  private String rows(String sql) {
    try (var connection = database.database().connection();
        var statement = connection.createStatement();
        var result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void execute(String sql) {
    try (var connection = database.database().connection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
