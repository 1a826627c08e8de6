package omnipoints.routes.pull;

import java.time.Duration;

/** What an answer means for the pull. An answer that no table knows is never tried for ever. */
sealed interface Verdict {
  /** The page is good. */
  record Good() implements Verdict {}

  /** It may work later: after {@code after}, or with growing patience where that is zero. */
  record Later(Duration after, String why) implements Verdict {}

  /** The token is over: a new one, once. */
  record Renew(String why) implements Verdict {}

  /** The window has more than the platform gives at once. */
  record Narrower(String why) implements Verdict {}

  /** The cursor is stale: the window begins anew. */
  record Anew(String why) implements Verdict {}

  /** Nobody but a person can help. */
  record Person(String why, String next) implements Verdict {}

  /** Fine. */
  static Verdict good() {
    return new Good();
  }

  /** Again with growing patience. */
  static Verdict later(String why) {
    return new Later(Duration.ZERO, why);
  }

  /** Too many at once: after a pause that no platform is known to find too short. */
  static Verdict often(String code) {
    return new Later(Duration.ofSeconds(10), "rate limit, " + code);
  }

  /** The calls of a day are used up: the night after goes on where this one ends. */
  static Verdict usedUp(String code) {
    return new Person(
        code + ": the calls of today are used up",
        "nothing: the next night goes on; or ask for a larger quota");
  }

  /** A code that no table lists. */
  static Verdict unknown(String code) {
    return new Person(
        "unknown error code " + code, "look the code up in the platform's documentation");
  }
}
