package omnipoints.jobs;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import omnipoints.jobs.HomeConfig.ChannelConfig;
import omnipoints.jobs.HomeConfig.WebhookConfig;
import omnipoints.routes.Notice;
import omnipoints.routes.pull.Webhook;
import omnipoints.routes.pull.WebhookSettings;

/** The webhook of a home, if it has one. */
public final class Pushes {
  private Pushes() {}

  /**
   * Listens for messages about the channels that are pulled by API.
   *
   * @param notices takes what an operator should know, on several threads
   * @return empty where the home does not want it
   * @throws NightRefused exit 9: the port is taken, or the address is not this machine's
   */
  public static Optional<Webhook> listen(Home home, Consumer<Notice> notices) {
    WebhookConfig webhook = home.config().webhook();
    if (webhook == null) return Optional.empty();
    try {
      return Optional.of(
          Webhook.start(
              new WebhookSettings(
                  home.dir(),
                  InetAddress.getByName(webhook.host()),
                  webhook.port(),
                  home.config().channels().values().stream()
                      .filter(channel -> channel.api() != null)
                      .map(ChannelConfig::code)
                      .collect(Collectors.toSet())),
              notices));
    } catch (IOException e) {
      throw new NightRefused(
          9,
          "WEBHOOK_UNAVAILABLE",
          "nothing can listen on "
              + webhook.host()
              + " port "
              + webhook.port()
              + ": "
              + e.getMessage(),
          List.of("say another host or port below webhook in omnipoints.yaml"));
    }
  }
}
