package omnipoints.schedules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import omnipoints.files.yaml.Problem;
import omnipoints.files.yaml.SetupFailed;
import omnipoints.schedules.Schedule.Job;
import omnipoints.schedules.Schedule.Misfire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quartz.CronExpression;

class SchedulesTest {

  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  @TempDir Path home;

  @Test
  void the_shipped_calendar_runs_the_night_at_half_past_two() {
    assertThat(Schedules.load(home).all())
        .containsExactly(
            new Schedule(
                "nightly", Job.NIGHTLY, "0 30 2 * * ?", Optional.empty(), Misfire.FIRE_ONCE));
  }

  @Test
  void a_calendar_of_the_home_replaces_the_shipped_one() throws IOException {
    Files.writeString(
        home.resolve("schedules.yaml"),
        "early: {job: nightly, cron: 0 0 1 * * ?, zone: Europe/Berlin, misfire: skip, date: previous_day}\n");
    assertThat(Schedules.load(home).all())
        .containsExactly(
            new Schedule(
                "early",
                Job.NIGHTLY,
                "0 0 1 * * ?",
                Optional.of(ZoneId.of("Europe/Berlin")),
                Misfire.SKIP));
  }

  @Test
  void all_problems_are_told_at_once_with_file_and_line() {
    String page =
        """
        nightly:
          job: daily
          cron: "30 2 * * *"
          zone: Asia/Peking
          misfire: twice
          at: noon
        Second:
          job: nightly
          cron: "0 0 0 30 2 ?"
          date: previous_day
        third: true
        """;
    String fields =
        "the fields are second minute hour day-of-month month day-of-week, one of the two days is ?;"
            + " \"0 30 2 * * ?\" is every day at 02:30, \"0 0 5 ? * MON-FRI\" 05:00 on working days";
    assertThatThrownBy(() -> Schedules.parse("schedules.yaml", page))
        .isInstanceOf(SetupFailed.class)
        .satisfies(
            refused ->
                assertThat(
                        ((SetupFailed) refused)
                            .problems().stream().map(Problem::toString).sorted().toList())
                    .containsExactly(
                        "schedules.yaml:11: third: must be a mapping of keys",
                        "schedules.yaml:1: nightly: date is missing",
                        "schedules.yaml:2: job: must be one of nightly",
                        "schedules.yaml:3: cron: '30 2 * * *' is not readable: Unexpected end of expression; "
                            + fields,
                        "schedules.yaml:4: zone: 'Asia/Peking' is neither installation nor a zone such as Asia/Shanghai",
                        "schedules.yaml:5: misfire: must be one of fire_once, skip",
                        "schedules.yaml:6: nightly: unknown key 'at'; known are job, cron, zone, misfire, date, deadline, holidays",
                        "schedules.yaml:7: 'Second' is no name: small letters, digits and _, a letter first",
                        "schedules.yaml:9: cron: '0 0 0 30 2 ?' names a day that never comes; "
                            + fields));
  }

  @Test
  void the_examples_of_the_message_can_be_typed() {
    assertThatThrownBy(() -> Schedules.parse("s", "n: {job: nightly, cron: x, date: previous_day}"))
        .satisfies(
            refused ->
                Pattern.compile("\"([^\"]+)\"")
                    .matcher(refused.getMessage())
                    .results()
                    .forEach(
                        example ->
                            assertThatCode(() -> new CronExpression(example.group(1)))
                                .doesNotThrowAnyException()));
  }

  @Test
  void an_empty_or_broken_page_is_refused() {
    assertThatThrownBy(() -> Schedules.parse("s.yaml", ""))
        .hasMessageContaining("s.yaml:1: the file is empty");
    assertThatThrownBy(() -> Schedules.parse("s.yaml", "a: ["))
        .hasMessageContaining("s.yaml:1: no valid YAML");
    assertThatThrownBy(() -> Schedules.parse("s.yaml", "- a"))
        .hasMessageContaining("the calendar: must be a mapping");
  }

  /** The cron stands in the zone of the second column, the installation is Asia/Shanghai. */
  @ParameterizedTest
  @CsvSource({
    // on time
    "0 30 2 * * ?, Asia/Shanghai, 2026-01-10T02:30:00+08:00, 2026-01-09",
    "0 30 2 * * ?, Asia/Shanghai, 2026-03-01T02:30:00+08:00, 2026-02-28",
    "0 30 2 * * ?, Asia/Shanghai, 2028-03-01T02:30:00+08:00, 2028-02-29",
    "0 30 2 * * ?, Asia/Shanghai, 2026-01-01T02:30:00+08:00, 2025-12-31",
    // made up for later: the last time that had come counts, not the day it is now
    "0 30 2 * * ?, Asia/Shanghai, 2026-01-10T10:00:00+08:00, 2026-01-09",
    "0 30 2 * * ?, Asia/Shanghai, 2026-01-11T00:30:00+08:00, 2026-01-09",
    "0 30 2 * * ?, Asia/Shanghai, 2026-01-11T02:29:59+08:00, 2026-01-09",
    // a cron of another zone proposes dates of the installation
    "0 30 2 * * ?, Europe/Berlin, 2026-01-10T02:30:00+01:00, 2026-01-09",
    "0 0 20 * * ?, America/New_York, 2026-01-10T20:00:00-05:00, 2026-01-10",
    // in the hour that does not exist nothing is due (that night comes with the next one); in the
    // double hour, once
    "0 30 2 * * ?, Europe/Berlin, 2026-03-29T12:00:00+02:00, 2026-03-27",
    "0 30 2 * * ?, Europe/Berlin, 2026-10-25T12:00:00+01:00, 2026-10-24",
    // rare times
    "0 0 3 1 1 ?, Asia/Shanghai, 2026-07-01T00:00:00+08:00, 2025-12-31",
    "0 0 3 29 2 ?, Asia/Shanghai, 2026-07-01T00:00:00+08:00, 2024-02-28",
  })
  void the_business_date_is_the_day_before_the_last_due_time(
      String cron, String zone, OffsetDateTime fired, LocalDate expected) {
    var schedule =
        new Schedule("s", Job.NIGHTLY, cron, Optional.of(ZoneId.of(zone)), Misfire.FIRE_ONCE);
    assertThat(schedule.businessDate(fired.toInstant(), SHANGHAI)).isEqualTo(expected);
    Instant moment = fired.toInstant().plusMillis(999);
    assertThat(schedule.businessDate(moment, SHANGHAI)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{1} of {0} after {2}: {3}")
  @CsvSource({
    "0 30 2 * * ?, 08:00, 2026-01-10T02:30:00+08:00, 2026-01-10T08:00:00+08:00",
    // of the next morning where the time of the day is over
    "0 0 23 * * ?, 07:30, 2026-01-10T23:00:00+08:00, 2026-01-11T07:30:00+08:00",
  })
  void a_deadline_is_the_next_time_of_that_name(
      String cron, LocalTime deadline, OffsetDateTime fired, OffsetDateTime expected) {
    var schedule =
        new Schedule(
            "s",
            Job.NIGHTLY,
            cron,
            Optional.empty(),
            Misfire.FIRE_ONCE,
            Optional.of(deadline),
            Set.of());
    assertThat(schedule.deadline(fired.toInstant(), SHANGHAI)).contains(expected.toInstant());
  }

  @Test
  void a_wrong_deadline_and_a_wrong_holiday_are_told_with_their_lines() {
    assertThatThrownBy(
            () ->
                Schedules.parse(
                    "schedules.yaml",
                    "nightly:\n  job: nightly\n  cron: 0 30 2 * * ?\n  date: previous_day\n"
                        + "  deadline: soon\n  holidays: [2026-10-32]\n"))
        .hasMessageContaining("schedules.yaml:5: deadline: 'soon' is no time such as '08:00'")
        .hasMessageContaining("schedules.yaml:6: holidays: \"2026-10-32\" is no date");
  }
}
