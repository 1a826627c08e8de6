package omnipoints.routes.pull;

import java.time.Duration;

/**
 * One query of a platform that is asked window by window.
 *
 * @param name what comes of it: {@code orders}, {@code after_sales}
 * @param windowMax the longest window the platform answers
 * @param lag how old a change has to be before the platform shows it for sure
 * @param details the list tells numbers only: each is asked for by itself
 * @param revisit zero where windows are of the time of change. Where a platform lists by the time
 *     of creation only, each pull asks so far back again, because nothing else tells of later
 *     changes
 */
public record Api(
    String name, Duration windowMax, Duration lag, boolean details, Duration revisit) {

  /** What customers hold there at the moment of asking; its windows are as long as need be. */
  static final String POINTS = "points";

  Api(String name, Duration windowMax, Duration lag, boolean details) {
    this(name, windowMax, lag, details, Duration.ZERO);
  }
}
