package omnipoints.points.rules;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/** When a rule holds, by the event's own time: all its kinds together. */
record Window(List<WindowKind> kinds) {
  static final Window ALWAYS = new Window(List.of());

  static Window read(Node window) {
    if (window.has("leap_birthday") && !window.has("birthday"))
      window.problem("leap_birthday says something beside birthday only; add birthday: day");
    var kinds = new ArrayList<WindowKind>();
    WindowKinds.ALL.forEach(
        (key, read) -> {
          boolean given = window.has(key) && !(key.equals("to") && window.has("from"));
          if (given) kinds.add(read.apply(window));
        });
    return new Window(kinds);
  }

  boolean holds(Facts facts) {
    if (kinds.isEmpty()) return true;
    LocalDate birthday = facts.member() == null ? null : facts.member().birthday();
    var moment = new WindowKind.Moment(day(facts.at()), facts.at(), birthday);
    for (WindowKind kind : kinds) if (!kind.holds(moment)) return false;
    return true;
  }

  /** Whether it holds then for somebody: a birthday is somebody's every day. */
  boolean open(LocalDateTime at) {
    var moment = new WindowKind.Moment(day(at), at, null);
    for (WindowKind kind : kinds)
      if (!(kind instanceof Birthdays) && !kind.holds(moment)) return false;
    return true;
  }

  /** The moments of a day at which it may begin to hold. */
  List<LocalDateTime> begins(LocalDate day) {
    var moments = new ArrayList<LocalDateTime>(List.of(day.atStartOfDay()));
    for (WindowKind kind : kinds) {
      if (kind instanceof Hours hours) moments.add(day.atTime(hours.from()));
      if (kind instanceof DateRange range && range.fromMoment() != null)
        moments.add(day.atTime(range.fromMoment().toLocalTime()));
    }
    return moments;
  }

  private LocalDate day(LocalDateTime at) {
    for (WindowKind kind : kinds) if (kind instanceof Hours hours) return hours.day(at);
    return at.toLocalDate();
  }

  /** Its first day, null where it has no begin. */
  LocalDate first() {
    for (WindowKind kind : kinds) if (kind instanceof DateRange range) return range.first();
    return null;
  }

  /** The first moment after all of it, null while it has no end. */
  LocalDateTime end() {
    for (WindowKind kind : kinds) if (kind instanceof DateRange range) return end(range);
    return null;
  }

  /** The small hours behind its last day belong to that day. */
  private LocalDateTime end(DateRange range) {
    LocalDateTime end = range.end();
    if (range.toDay() == null) return end;
    for (WindowKind kind : kinds)
      if (kind instanceof Hours hours && hours.overMidnight()) return end.with(hours.to());
    return end;
  }

  /** {@code ""} where it is always open. */
  Said said() {
    return Said.joined(kinds.stream().map(WindowKind::said).toList(), new Said("，", ", "));
  }
}
