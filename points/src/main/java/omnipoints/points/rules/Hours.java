package omnipoints.points.rules;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;

/**
 * {@code hours: "09:00-12:00"}: from the first time of day to before the second. A range over
 * midnight belongs to the day it began, for every other kind of window beside it.
 */
record Hours(LocalTime from, LocalTime to) implements WindowKind {

  static Hours read(Node hours) {
    String text = hours.text();
    String end = text.substring(6);
    var range =
        new Hours(
            LocalTime.parse(text.substring(0, 5)),
            end.equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(end));
    if (range.from.equals(range.to) && !range.from.equals(LocalTime.MIDNIGHT))
      hours.problem(text + " holds no moment: let it end later");
    return range;
  }

  boolean overMidnight() {
    return to.isBefore(from) && !to.equals(LocalTime.MIDNIGHT);
  }

  /** The day a moment belongs to. */
  LocalDate day(LocalDateTime at) {
    boolean smallHours = overMidnight() && at.toLocalTime().isBefore(to);
    return smallHours ? at.toLocalDate().minusDays(1) : at.toLocalDate();
  }

  @Override
  public boolean holds(Moment moment) {
    LocalTime time = moment.at().toLocalTime();
    if (to.equals(LocalTime.MIDNIGHT)) return !time.isBefore(from);
    return overMidnight()
        ? !time.isBefore(from) || time.isBefore(to)
        : !time.isBefore(from) && time.isBefore(to);
  }

  @Override
  public Said said() {
    String end = to.equals(LocalTime.MIDNIGHT) ? "24:00" : to.toString();
    String next = overMidnight() ? "次日" : "";
    return new Said(
        from + "至" + next + end,
        "from " + from + " to " + end + (overMidnight() ? " of the next day" : ""));
  }
}
