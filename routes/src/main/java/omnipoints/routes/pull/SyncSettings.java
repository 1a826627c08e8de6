package omnipoints.routes.pull;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How a platform is told, and how patiently.
 *
 * @param home {@code secrets/} is below it
 * @param house what its requests say of the house, empty where they say nothing
 * @param gatewayOrNull another address than the platform's own: a sandbox, a simulator
 * @param callsPerSecond 0: what the platform allows
 * @param budget it ends after that time, wherever it is
 * @param countsOnce the house knows that a request which comes twice counts once, although the
 *     platform does not say so
 */
public record SyncSettings(
    Path home,
    String platform,
    String house,
    String gatewayOrNull,
    int callsPerSecond,
    Duration budget,
    boolean countsOnce) {

  /** Throws IllegalArgumentException if secrets would travel in the open. */
  public SyncSettings {
    if (gatewayOrNull != null && !PullSettings.safe(gatewayOrNull))
      throw new IllegalArgumentException(
          "'" + gatewayOrNull + "' is no https address; only this machine may be called by http");
  }

  /** Whether a request may be sent again of which nobody knows what became. */
  public boolean repeats() {
    SyncFacts facts = SyncFacts.of(platform);
    return countsOnce || facts.states() || facts.countsOnce();
  }
}
