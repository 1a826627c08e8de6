package omnipoints.jobs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import omnipoints.jobs.HomeConfig.ApiConfig;
import omnipoints.jobs.HomeConfig.ChannelConfig;
import omnipoints.routes.Pause;
import omnipoints.routes.SourceFailure;
import omnipoints.routes.pull.PullSettings;
import omnipoints.routes.pull.Puller;
import omnipoints.routes.pull.WindowState;
import omnipoints.sql.Database;

/** The channels of a home that are pulled by API: into the inbox, from where they are collected. */
public final class Pulls {
  private Pulls() {}

  /**
   * Pulls every such channel.
   *
   * @param ended takes each window as it ends
   * @return what has to be mended before a channel can be pulled at all
   */
  static List<SourceFailure> run(
      Home home, Database database, Clock clock, Consumer<WindowState> ended) {
    List<SourceFailure> failures = new ArrayList<>();
    for (ChannelConfig channel : home.config().channels().values()) {
      if (channel.api() != null)
        failures.addAll(puller(home, database, clock, channel, ended).run());
    }
    return failures;
  }

  private static Puller puller(
      Home home,
      Database database,
      Clock clock,
      ChannelConfig channel,
      Consumer<WindowState> ended) {
    ApiConfig api = channel.api();
    PullSettings settings =
        new PullSettings(
            home.dir(),
            channel.code(),
            api.url(),
            api.callsPerSecond(),
            Duration.ofDays(api.backDays()),
            Duration.ofMinutes(api.minutes()),
            !channel.points().equals(HomeConfig.PointsConfig.NONE));
    return new Puller(settings, new PullWindows(database), clock, Pause.real(), ended);
  }

  /** Every window of every channel, by channel, shop, query and time. */
  public static List<WindowState> windows(Database database) {
    return new PullWindows(database).all();
  }

  /**
   * Plans a stretch of time anew for all shops of the channels that are pulled; the next night
   * pulls it.
   *
   * @param channelOrNull one channel only
   * @throws NightRefused exit 2: no such channel is pulled by API
   */
  public static void backfill(
      Home home, Database database, Clock clock, String channelOrNull, Instant from, Instant to) {
    List<ChannelConfig> pulled =
        home.config().channels().values().stream()
            .filter(channel -> channel.api() != null)
            .filter(channel -> channelOrNull == null || channel.code().equals(channelOrNull))
            .toList();
    if (pulled.isEmpty())
      throw new NightRefused(
          2,
          "NOT_PULLED",
          (channelOrNull == null ? "no channel" : "channel " + channelOrNull + " is not one that")
              + " is pulled by API",
          List.of("say transport: api below channels.<code> in omnipoints.yaml"));
    for (ChannelConfig channel : pulled)
      puller(home, database, clock, channel, window -> {}).backfill(from, to);
  }
}
