package omnipoints.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The next forty times of calendars, and the business date that each stands for: over ends of
 * years, leap days, and the hours that clocks leave out or give twice.
 */
class FiringsTest {

  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx");

  private record Calendar(String cron, String zone, String after, String more) {
    Calendar(String cron, String zone, String after) {
      this(cron, zone, after, "");
    }
  }

  private static final List<Calendar> CALENDARS =
      List.of(
          new Calendar("0 30 2 * * ?", "Asia/Shanghai", "2027-12-20T00:00:00+08:00"),
          new Calendar("0 30 2 * * ?", "Asia/Shanghai", "2028-02-20T00:00:00+08:00"),
          new Calendar("0 30 2 * * ?", "Europe/Berlin", "2026-03-20T00:00:00+01:00"),
          new Calendar("0 30 2 * * ?", "Europe/Berlin", "2026-10-15T00:00:00+02:00"),
          new Calendar("0 30 1 * * ?", "America/New_York", "2026-10-20T00:00:00-04:00"),
          new Calendar("0 0 5 ? * MON-FRI", "Asia/Shanghai", "2026-12-24T00:00:00+08:00"),
          new Calendar(
              "0 30 2 * * ?",
              "Asia/Shanghai",
              "2026-09-28T00:00:00+08:00",
              ", holidays: [2026-10-01, 2026-10-02, 2026-10-03]"));

  private static List<String> firings() {
    var lines = new ArrayList<String>();
    for (Calendar of : CALENDARS) {
      Schedule schedule =
          Schedules.parse(
                  "schedules.yaml",
                  "nightly: {job: nightly, cron: '"
                      + of.cron()
                      + "', zone: "
                      + of.zone()
                      + of.more()
                      + ", date: previous_day}\n")
              .all()
              .get(0);
      lines.add("# " + of.cron() + " in " + of.zone() + of.more());
      Instant at = OffsetDateTime.parse(of.after()).toInstant();
      for (int n = 0; n < 40; n++) {
        at = schedule.next(at, SHANGHAI).orElseThrow();
        lines.add(
            TIME.format(at.atZone(ZoneId.of(of.zone())))
                + "  night "
                + schedule.businessDate(at, SHANGHAI));
      }
    }
    return lines;
  }

  @Test
  void the_next_forty_times_of_each_calendar_are_those_written_down() throws IOException {
    List<String> expected;
    try (var file = FiringsTest.class.getResourceAsStream("firings.txt")) {
      expected = new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
    assertThat(firings()).isEqualTo(expected);
  }
}
