package omnipoints.points.rules;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;

/**
 * {@code from}, {@code to}: a date as an end includes that day, a moment such as {@code
 * 2026-11-11T20:00} as an end is excluded, and an end that is not given is open.
 *
 * @param fromDay null where a moment or nothing is given
 */
record DateRange(
    LocalDate fromDay, LocalDateTime fromMoment, LocalDate toDay, LocalDateTime toMoment)
    implements WindowKind {

  static DateRange read(Node window) {
    Node from = window.at("from");
    Node to = window.at("to");
    var range = new DateRange(day(from), moment(from), day(to), moment(to));
    if (range.empty())
      window.problem(from.text() + " to " + to.text() + " holds no moment: let it end later");
    return range;
  }

  private static LocalDate day(Node end) {
    if (end.text().length() != 10) return null;
    try {
      return LocalDate.parse(end.text());
    } catch (DateTimeException e) {
      end.problem(end.text() + " is no date of the calendar");
      return null;
    }
  }

  private static LocalDateTime moment(Node end) {
    if (end.text().length() <= 10) return null;
    try {
      return LocalDateTime.parse(end.text());
    } catch (DateTimeException e) {
      end.problem(end.text() + " is no moment of the calendar");
      return null;
    }
  }

  private boolean empty() {
    LocalDateTime first = fromDay != null ? fromDay.atStartOfDay() : fromMoment;
    LocalDateTime end = end();
    return first != null && end != null && !first.isBefore(end);
  }

  /** Null while it is open. */
  LocalDate first() {
    return fromMoment != null ? fromMoment.toLocalDate() : fromDay;
  }

  /** The first moment after it, null while it is open. */
  LocalDateTime end() {
    return toDay != null ? toDay.plusDays(1).atStartOfDay() : toMoment;
  }

  @Override
  public boolean holds(Moment moment) {
    return (fromDay == null || !moment.day().isBefore(fromDay))
        && (toDay == null || !moment.day().isAfter(toDay))
        && (fromMoment == null || !moment.at().isBefore(fromMoment))
        && (toMoment == null || moment.at().isBefore(toMoment));
  }

  @Override
  public Said said() {
    String first = text(fromDay, fromMoment);
    String last = text(toDay, toMoment);
    if (last.isEmpty()) return new Said(first + "起", "from " + first + " on");
    Said until =
        toDay != null ? new Said(last + "（含当日）", last + " inclusive") : new Said(last + "前", last);
    if (first.isEmpty()) return new Said(until.zh() + "截止", "until " + until.en());
    return new Said(first + "至" + until.zh(), "from " + first + " to " + until.en());
  }

  private static String text(LocalDate day, LocalDateTime moment) {
    if (day != null) return day.toString();
    return moment == null ? "" : moment.toString().replace('T', ' ');
  }
}
