package omnipoints.points;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When each kind of window is open; moments are local to the installation. */
class WindowKindsTest {
  private static final Map<String, String> LISTS =
      Map.of("calendars/spring_festival.csv", "date\n2026-02-16\n2026-02-17\n");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      # a date as an end includes that day
      {from: 2026-11-02, to: 2026-11-08} | at=2026-11-01T23:59:59 | closed
      {from: 2026-11-02, to: 2026-11-08} | at=2026-11-02T00:00:00 | open
      {from: 2026-11-02, to: 2026-11-08} | at=2026-11-08T23:59:59 | open
      {from: 2026-11-02, to: 2026-11-08} | at=2026-11-09T00:00:00 | closed
      {from: 2026-11-02} | at=2030-01-01T00:00:00 | open
      {to: 2026-11-08} | at=2026-01-01T00:00:00 | open
      # a moment as an end is excluded
      {from: 2026-11-11T20:00, to: 2026-11-12T02:00:30} | at=2026-11-11T19:59:59 | closed
      {from: 2026-11-11T20:00, to: 2026-11-12T02:00:30} | at=2026-11-11T20:00:00 | open
      {from: 2026-11-11T20:00, to: 2026-11-12T02:00:30} | at=2026-11-12T02:00:29 | open
      {from: 2026-11-11T20:00, to: 2026-11-12T02:00:30} | at=2026-11-12T02:00:30 | closed
      {month_days: [18, 31]} | at=2026-05-18T00:00:00 | open
      {month_days: [18, 31]} | at=2026-05-19T00:00:00 | closed
      {month_days: [18, 31]} | at=2026-04-30T10:00:00 | closed
      # 2026-11-04 is a Wednesday
      {weekdays: [WED]} | at=2026-11-04T00:00:00 | open
      {weekdays: [WED]} | at=2026-11-05T00:00:00 | closed
      {weekdays: [SAT, SUN]} | at=2026-11-08T23:59:59 | open
      {hours: "09:00-12:00"} | at=2026-11-04T08:59:59 | closed
      {hours: "09:00-12:00"} | at=2026-11-04T09:00:00 | open
      {hours: "09:00-12:00"} | at=2026-11-04T12:00:00 | closed
      {hours: "18:00-24:00"} | at=2026-11-04T23:59:59 | open
      {hours: "18:00-24:00"} | at=2026-11-05T00:00:00 | closed
      # over midnight it belongs to the day it began
      {hours: "22:00-02:00"} | at=2026-11-05T01:59:59 | open
      {hours: "22:00-02:00"} | at=2026-11-05T02:00:00 | closed
      {hours: "22:00-02:00", weekdays: [WED]} | at=2026-11-05T01:00:00 | open
      {hours: "22:00-02:00", weekdays: [WED]} | at=2026-11-04T01:00:00 | closed
      {hours: "22:00-02:00", to: 2026-11-04} | at=2026-11-05T01:00:00 | open
      {hours: "22:00-02:00", from: 2026-11-04} | at=2026-11-04T01:00 | closed
      {hours: "22:00-02:00", from: 2026-11-04} | at=2026-11-05T01:00 | open
      # a moment is a moment, whatever day it belongs to
      {hours: "22:00-02:00", from: 2026-11-04T00:30} | at=2026-11-04T01:00 | open
      {hours: "22:00-02:00", to: 2026-11-05T01:00} | at=2026-11-05T01:00 | closed
      {hours: "22:00-02:00", month_days: [4]} | at=2026-11-05T01:00 | open
      {hours: "22:00-02:00", calendar: spring_festival} | at=2026-02-18T01:00 | open
      {hours: "22:00-02:00", calendar: spring_festival} | at=2026-02-16T01:00 | closed
      {hours: "22:00-02:00", birthday: day} | at=2026-05-21T01:00 birthday=1990-05-20 | open
      {hours: "22:00-02:00", birthday: day} | at=2026-05-20T01:00 birthday=1990-05-20 | closed
      {hours: "22:00-02:00", birthday: month} | at=2026-06-01T01:00 birthday=1990-05-20 | open
      {calendar: spring_festival} | at=2026-02-17T08:00:00 | open
      {calendar: spring_festival} | at=2026-02-18T08:00:00 | closed
      {birthday: day} | at=2026-05-20T08:00:00 birthday=1990-05-20 | open
      {birthday: day} | at=2026-05-21T00:00:00 birthday=1990-05-20 | closed
      {birthday: month} | at=2026-05-31T08:00:00 birthday=1990-05-20 | open
      {birthday: day} | at=2026-05-20T08:00:00 | closed
      {birthday: day} | at=2026-05-20T08:00:00 nobody=1 | closed
      # born on 29 February
      {birthday: day} | at=2026-02-28T08:00:00 birthday=2000-02-29 | open
      {birthday: day} | at=2026-03-01T08:00:00 birthday=2000-02-29 | closed
      {birthday: day, leap_birthday: mar1} | at=2026-02-28T08:00:00 birthday=2000-02-29 | closed
      {birthday: day, leap_birthday: mar1} | at=2026-03-01T08:00:00 birthday=2000-02-29 | open
      {birthday: day, leap_birthday: mar1} | at=2028-02-29T08:00:00 birthday=2000-02-29 | open
      {birthday: day} | at=2028-02-28T08:00:00 birthday=2000-02-29 | closed
      # all that is given holds together
      {weekdays: [WED], hours: "09:00-12:00"} | at=2026-11-04T13:00:00 | closed
      """)
  void a_window_is(String window, String facts, String is) {
    Program program =
        RuleText.program("rules: [{id: r, window: " + window + ", times: 2}]\n", LISTS);
    boolean doubled = RuleText.worth(program, facts).startsWith("400 ");
    assertThat(doubled ? "open" : "closed").as(window + " " + facts).isEqualTo(is);
  }
}
