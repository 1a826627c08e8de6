package omnipoints.points.tiers;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What enters a level.
 *
 * @param all all of which are met
 * @param any one of which is met, all of its bounds; empty where there are no alternatives
 */
record Enter(List<Bound> all, List<List<Bound>> any) {
  /** The first level asks for nothing. */
  static final Enter NOTHING = new Enter(List.of(), List.of());

  boolean met(Figures figures) {
    return met(all, figures) && (any.isEmpty() || any.stream().anyMatch(one -> met(one, figures)));
  }

  private static boolean met(List<Bound> bounds, Figures figures) {
    return bounds.stream().allMatch(bound -> bound.met(figures));
  }

  /** Every bound, of alternatives too. */
  Stream<Bound> bounds() {
    return Stream.concat(all.stream(), any.stream().flatMap(List::stream));
  }

  /** The most it asks of a measure; levels are ordered by it. */
  long floor(Measure measure) {
    return bounds()
        .filter(bound -> bound.measure() == measure)
        .mapToLong(Bound::from)
        .max()
        .orElse(0);
  }

  /** Whether it asks at least as much of every measure. */
  boolean atLeast(Enter other) {
    return Stream.of(Measure.values()).allMatch(m -> floor(m) >= other.floor(m));
  }

  Set<Measure> measures() {
    Set<Measure> measures = EnumSet.noneOf(Measure.class);
    bounds().forEach(bound -> measures.add(bound.measure()));
    return measures;
  }

  /** What is there of what it asks for: a number, or {@code paid_net_fen=1|orders=2} of several. */
  String progress(Figures figures) {
    Set<Measure> measures = measures();
    if (measures.size() == 1) return String.valueOf(figures.of(measures.iterator().next()));
    return String.join("|", measures.stream().map(m -> m.word() + "=" + figures.of(m)).toList());
  }

  /** What is missing, in the same form; alternatives stand apart by {@code /}. */
  String missing(Figures figures) {
    return told(bound -> bound.missing(figures));
  }

  /** What it asks for, in the same form. */
  String asked() {
    return told(Bound::from);
  }

  private String told(Function<Bound, Long> number) {
    boolean one = measures().size() == 1;
    var parts = new ArrayList<String>();
    if (!all.isEmpty()) parts.add(told(all, number, one));
    if (!any.isEmpty())
      parts.add(String.join("/", any.stream().map(bounds -> told(bounds, number, one)).toList()));
    return String.join("|", parts);
  }

  private static String told(List<Bound> bounds, Function<Bound, Long> number, boolean plain) {
    return String.join(
        "|",
        bounds.stream()
            .map(b -> (plain ? "" : b.measure().word() + "=") + number.apply(b))
            .toList());
  }
}
