package omnipoints.points.rules;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** {@code month_days: [18]}: these days of every month that has them. */
record MonthDays(TreeSet<Integer> days) implements WindowKind {

  static MonthDays read(Node days) {
    return new MonthDays(
        days.entries().stream().map(Node::number).collect(Collectors.toCollection(TreeSet::new)));
  }

  @Override
  public boolean holds(Moment moment) {
    return days.contains(moment.day().getDayOfMonth());
  }

  @Override
  public Said said() {
    List<String> each = days.stream().map(String::valueOf).toList();
    return new Said(
        "每月" + String.join("、", each.stream().map(day -> day + "日").toList()),
        "on day " + String.join(", ", each) + " of the month");
  }
}
