package omnipoints.routes;

import java.time.Duration;

/**
 * What a server has to bring while it is waited for, so that one that drips holds up no night.
 *
 * @param bytesPerSecond on average
 * @param over how much waiting is looked at together
 */
public record LeastRate(long bytesPerSecond, Duration over) {

  /** A kilobyte a second over a minute: a tenth of what the slowest lines bring. */
  public static final LeastRate USUAL = new LeastRate(1024, Duration.ofMinutes(1));

  /** Whether so many bytes are too few for so much waiting. */
  boolean isMissed(long bytes, long waitedNanos) {
    return waitedNanos >= over.toNanos() && bytes < bytesPerSecond * (waitedNanos / 1e9);
  }
}
