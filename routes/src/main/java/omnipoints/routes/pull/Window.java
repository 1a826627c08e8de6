package omnipoints.routes.pull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A stretch of time, its end excluded, both to the second. */
public record Window(Instant from, Instant to) {
  /**
   * What is still to be asked, oldest first: from where the last window ended, reaching back by the
   * lag of the platform's index, in pieces no longer than it answers. What is asked again and again
   * is cut at the same moments each time. Empty if that is the future.
   *
   * @param known until when everything was planned before
   */
  static List<Window> after(Instant known, Instant now, Api api) {
    Instant end = Instant.ofEpochSecond(now.minus(api.lag()).getEpochSecond());
    List<Window> windows = new ArrayList<>();
    if (!known.isBefore(end)) return windows;
    if (api.revisit().isZero()) return cut(known.minus(api.lag()), end, api.windowMax());
    long back = known.minus(api.lag()).minus(api.revisit()).getEpochSecond();
    long step = api.windowMax().toSeconds();
    return cut(Instant.ofEpochSecond(back - Math.floorMod(back, step)), end, api.windowMax());
  }

  /** The stretch in pieces of at most that length, oldest first. */
  static List<Window> cut(Instant from, Instant to, Duration longest) {
    List<Window> windows = new ArrayList<>();
    for (Instant at = from; at.isBefore(to); ) {
      Instant next = at.plus(longest);
      if (next.isAfter(to)) next = to;
      windows.add(new Window(at, next));
      at = next;
    }
    return windows;
  }

  /** Two halves; empty if it is too short to be cut. */
  List<Window> halves() {
    long seconds = Duration.between(from, to).toSeconds();
    if (seconds < 2) return List.of();
    Instant middle = from.plusSeconds(seconds / 2);
    return List.of(new Window(from, middle), new Window(middle, to));
  }
}
