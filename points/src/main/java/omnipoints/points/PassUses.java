package omnipoints.points;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import omnipoints.facts.CodePoints;

/** How long passes that are good so many times are held, once they are used. */
public final class PassUses {
  private PassUses() {}

  /**
   * A pass that somebody was given.
   *
   * @param from inclusive, null: since ever
   * @param to exclusive, null: open
   * @param uses null for any number
   */
  public record Given(Instant from, Instant to, Long uses) {
    /** Whether it is held then. */
    public boolean covers(Instant at) {
      return (from == null || !at.isBefore(from)) && (to == null || at.isBefore(to));
    }

    private Instant end() {
      return to == null ? Instant.MAX : to;
    }

    private Instant begin() {
      return from == null ? Instant.MIN : from;
    }
  }

  /** A use that was not taken back. */
  public record Use(String useNo, Instant at) {}

  /**
   * @param held what was given, each with the end it has by its uses: still held at its last one
   * @param uncovered numbers of uses for which nothing was held
   */
  public record Held(List<Given> held, List<String> uncovered) {}

  /** Counts the uses of one pass of one member: in order of time, what ends first goes first. */
  public static Held count(List<Given> given, List<Use> uses) {
    List<Given> all = new ArrayList<>(given);
    all.sort(
        Comparator.comparing(Given::end)
            .thenComparing(Given::begin)
            .thenComparing(one -> one.uses() == null ? Long.MAX_VALUE : one.uses()));
    List<Use> inOrder = new ArrayList<>(uses);
    inOrder.sort(Comparator.comparing(Use::at).thenComparing(Use::useNo, CodePoints::compare));
    long[] left = new long[all.size()];
    for (int i = 0; i < left.length; i++)
      left[i] = all.get(i).uses() == null ? Long.MAX_VALUE : all.get(i).uses();
    List<String> uncovered = new ArrayList<>();
    for (Use use : inOrder) {
      int by = 0;
      while (by < left.length && (left[by] == 0 || !all.get(by).covers(use.at()))) by++;
      if (by == left.length) {
        uncovered.add(use.useNo());
        continue;
      }
      Given one = all.get(by);
      if (one.uses() != null && --left[by] == 0)
        all.set(by, new Given(one.from(), use.at().plusNanos(1_000), one.uses()));
    }
    return new Held(all, uncovered);
  }
}
