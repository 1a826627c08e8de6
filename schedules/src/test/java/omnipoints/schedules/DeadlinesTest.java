package omnipoints.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import omnipoints.jobs.NightRequest;
import omnipoints.jobs.Nightly;
import omnipoints.jobs.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A night that is not closed in time is said, once. */
class DeadlinesTest {
  private static final String CALENDAR =
      "nightly: {job: nightly, cron: '0 30 2 * * ?', date: previous_day, deadline: '08:00',"
          + " holidays: [2026-01-05]}\n";

  @TempDir Path dir;

  private static Instant at(String time) {
    return OffsetDateTime.parse(time + ":00+08:00").toInstant();
  }

  private static void run(ServingHome home, String night) {
    Nightly.run(
        home.home(),
        home.database.database(),
        NightRequest.of(LocalDate.parse(night), Progress.SILENT));
  }

  @Test
  void a_night_is_late_after_its_deadline_unless_it_is_closed() throws SQLException {
    try (ServingHome home = new ServingHome(dir, CALENDAR)) {
      var deadlines =
          new Deadlines(
              Schedules.load(home.dir), ZoneId.of("Asia/Shanghai"), home.database.database());
      assertThat(deadlines.passed(at("2026-01-02T09:00"))).as("nothing ran here yet").isEmpty();
      run(home, "2026-01-01");
      assertThat(deadlines.passed(at("2026-01-02T09:00"))).as("closed").isEmpty();
      assertThat(deadlines.passed(at("2026-01-03T07:59"))).as("not yet").isEmpty();
      assertThat(deadlines.passed(at("2026-01-03T08:00")))
          .containsExactly(
              new ServeEvent.DeadlinePassed(LocalDate.parse("2026-01-02"), at("2026-01-03T08:00")));
      assertThat(deadlines.passed(at("2026-01-03T08:01"))).as("said before").isEmpty();
      run(home, "2026-01-03");
      assertThat(deadlines.passed(at("2026-01-05T09:00"))).as("a holiday").isEmpty();
    }
  }
}
