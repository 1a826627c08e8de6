package omnipoints.points.rules;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** All kinds of windows, by the first of their keys that is given. */
final class WindowKinds {
  static final Map<String, Function<Node, WindowKind>> ALL = new LinkedHashMap<>();

  static {
    ALL.put("from", DateRange::read);
    ALL.put("to", DateRange::read);
    ALL.put("calendar", window -> CalendarDays.read(window.at("calendar")));
    ALL.put("month_days", window -> MonthDays.read(window.at("month_days")));
    ALL.put("weekdays", window -> Weekdays.read(window.at("weekdays")));
    ALL.put("birthday", Birthdays::read);
    ALL.put("hours", window -> Hours.read(window.at("hours")));
  }

  private WindowKinds() {}
}
