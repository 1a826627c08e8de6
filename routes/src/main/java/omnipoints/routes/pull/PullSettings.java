package omnipoints.routes.pull;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What to pull of one channel, and how patiently.
 *
 * @param home {@code inbox/}, {@code pull/} and {@code secrets/} are below it
 * @param gatewayOrNull another address than the platform's own: a sandbox, a simulator
 * @param callsPerSecond 0: what the platform allows
 * @param back how far the first pull of a shop reaches back
 * @param points whether the points that the platform's customers hold are pulled, where it tells
 * @param budget a pull ends after that time, wherever it is; the next one goes on there
 */
public record PullSettings(
    Path home,
    String channel,
    String gatewayOrNull,
    int callsPerSecond,
    Duration back,
    Duration budget,
    boolean points) {

  /** Throws IllegalArgumentException if secrets would travel in the open. */
  public PullSettings {
    if (gatewayOrNull != null && !safe(gatewayOrNull))
      throw new IllegalArgumentException(
          "'" + gatewayOrNull + "' is no https address; only this machine may be called by http");
  }

  /** Whether secrets may be sent there: by https, or to this very machine. */
  public static boolean safe(String gateway) {
    try {
      URI uri = new URI(gateway);
      boolean loopback = "127.0.0.1".equals(uri.getHost()) || "localhost".equals(uri.getHost());
      return uri.getHost() != null
          && ("https".equals(uri.getScheme()) || loopback && "http".equals(uri.getScheme()));
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
