package omnipoints.points.rules;

import java.time.LocalDate;
import java.time.MonthDay;

/**
 * {@code birthday: day} or {@code month}: a member's own day or month of birth; who was born on 29
 * February has it in other years on 28 February or, as {@code leap_birthday: mar1} says, on 1
 * March. Nobody has one whose birthday is unknown.
 */
record Birthdays(boolean wholeMonth, boolean march) implements WindowKind {
  private static final MonthDay LEAP = MonthDay.of(2, 29);

  static Birthdays read(Node window) {
    return new Birthdays(
        window.at("birthday").text().equals("month"),
        window.at("leap_birthday").text().equals("mar1"));
  }

  @Override
  public boolean holds(Moment moment) {
    if (moment.birthday() == null) return false;
    LocalDate day = moment.day();
    if (wholeMonth) return day.getMonth() == moment.birthday().getMonth();
    MonthDay born = MonthDay.from(moment.birthday());
    if (born.equals(LEAP) && !day.isLeapYear())
      born = march ? MonthDay.of(3, 1) : MonthDay.of(2, 28);
    return MonthDay.from(day).equals(born);
  }

  @Override
  public Said said() {
    return wholeMonth
        ? new Said("生日当月", "in the month of one's birthday")
        : march
            ? new Said(
                "生日当天（2月29日出生者平年为3月1日）",
                "on one's birthday (of 29 February in other years on 1 March)")
            : new Said("生日当天", "on one's birthday");
  }
}
