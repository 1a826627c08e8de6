package omnipoints.points.rules;

import java.time.LocalDate;
import java.util.Set;

/** {@code calendar: spring_festival}: the dates of a file beside the programme. */
record CalendarDays(String name, Set<LocalDate> dates) implements WindowKind {

  static CalendarDays read(Node calendar) {
    Set<LocalDate> dates = calendar.lists().calendar(calendar.text());
    if (dates == null) {
      calendar.problem(
          "there is no calendar '"
              + calendar.text()
              + "'; give its dates in programs/calendars/"
              + calendar.text()
              + ".csv, column date");
      return new CalendarDays(calendar.text(), Set.of());
    }
    if (dates.isEmpty()) calendar.problem("the calendar " + calendar.text() + " has no date");
    return new CalendarDays(calendar.text(), dates);
  }

  @Override
  public boolean holds(Moment moment) {
    return dates.contains(moment.day());
  }

  @Override
  public Said said() {
    return new Said("「" + name + "」期间", "on the days of " + name);
  }
}
