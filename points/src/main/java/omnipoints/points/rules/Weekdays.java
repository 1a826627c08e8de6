package omnipoints.points.rules;

import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code weekdays: [WED]}: these days of every week. */
record Weekdays(Set<DayOfWeek> days) implements WindowKind {

  static Weekdays read(Node days) {
    var set = EnumSet.noneOf(DayOfWeek.class);
    for (String day : days.texts())
      for (DayOfWeek one : DayOfWeek.values()) if (one.name().startsWith(day)) set.add(one);
    return new Weekdays(set);
  }

  @Override
  public boolean holds(Moment moment) {
    return days.contains(moment.day().getDayOfWeek());
  }

  @Override
  public Said said() {
    return new Said(
        "每" + named(TextStyle.SHORT, Locale.SIMPLIFIED_CHINESE, "、"),
        "every " + named(TextStyle.FULL, Locale.ENGLISH, ", "));
  }

  private String named(TextStyle style, Locale locale, String between) {
    return days.stream()
        .map(day -> day.getDisplayName(style, locale))
        .collect(Collectors.joining(between));
  }
}
