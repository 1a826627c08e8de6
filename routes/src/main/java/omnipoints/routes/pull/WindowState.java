package omnipoints.routes.pull;

import java.time.Instant;

/**
 * How far the pull of one window is. Grain: one per (channel, shop, api, from, to).
 *
 * @param from first moment of change that is asked for
 * @param to first moment that is not
 * @param cursor the page to be asked next, empty before the first one
 * @param pages pages taken so far
 * @param rows orders or cases in them
 * @param declared how many the platform says there are, null if it does not
 * @param bytes of the pages, all of them durable
 * @param reason why it is not proven; empty while nothing is wrong, and once it is proven
 * @param attempts how often it was begun
 */
public record WindowState(
    String channel,
    String shop,
    String api,
    Instant from,
    Instant to,
    State state,
    String cursor,
    int pages,
    long rows,
    Long declared,
    long bytes,
    String reason,
    int attempts) {

  /** Closed list. */
  public enum State {
    /** To be asked, or in the middle of it. */
    OPEN,
    /** Everything the platform has of it was taken, and that is known. */
    PROVEN,
    /** Something may be missing; it is asked again by the next pull. */
    INCOMPLETE
  }

  static WindowState fresh(String channel, String shop, String api, Window window) {
    return new WindowState(
        channel, shop, api, window.from(), window.to(), State.OPEN, "", 0, 0, null, 0, "", 1);
  }

  Window window() {
    return new Window(from, to);
  }

  /** From the beginning, whatever was taken before. */
  WindowState again() {
    return new WindowState(
        channel, shop, api, from, to, State.OPEN, "", 0, 0, null, 0, "", attempts + 1);
  }

  WindowState at(String cursor, int pages, long rows, Long declared, long bytes) {
    return new WindowState(
        channel,
        shop,
        api,
        from,
        to,
        State.OPEN,
        cursor,
        pages,
        rows,
        declared,
        bytes,
        "",
        attempts);
  }

  WindowState ended(State state, String reason) {
    return new WindowState(
        channel, shop, api, from, to, state, cursor, pages, rows, declared, bytes, reason,
        attempts);
  }
}
