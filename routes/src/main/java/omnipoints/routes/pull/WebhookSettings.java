package omnipoints.routes.pull;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Set;

/**
 * Where messages of platforms are taken.
 *
 * @param home {@code archive/}, {@code pushed/} and {@code secrets/} are below it
 * @param address the network it listens to; loopback unless somebody says otherwise
 * @param port 0: any free one
 * @param channels those that are pulled: a message only leads to a pull
 */
public record WebhookSettings(Path home, InetAddress address, int port, Set<String> channels) {
  public WebhookSettings {
    channels = Set.copyOf(channels);
  }
}
