package omnipoints.routes.pull;

import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Asks for the orders that messages named, each by itself, and lays the answers into the inbox as
 * one file. What the platform would not give is asked again by the next pull: the windows of its
 * lists bring it, too.
 */
final class NamedPull {
  private static final String NAME = "pushed";

  /** As many in one pull at most: a file and a stretch of time that stay small. */
  private static final int MOST = 2_000;

  private final Platform platform;
  private final Asking asking;
  private final Path home;

  NamedPull(Platform platform, Asking asking, Path home) {
    this.platform = platform;
    this.asking = asking;
    this.home = home;
  }

  void run(String shop) {
    NamedOrders named = new NamedOrders(home, platform.channel(), shop);
    Map<String, String> asked = new LinkedHashMap<>();
    // The file is named by the time of this pull; a shop is pulled by one process at a time.
    Instant now = Instant.ofEpochSecond(asking.now().getEpochSecond());
    WindowState file =
        WindowState.fresh(platform.channel(), shop, NAME, new Window(now, now.plusSeconds(1)));
    Map<String, String> all = named.all();
    if (all.isEmpty()) return;
    try (Spool spool = Spool.open(home, file)) {
      spool.cut(0);
      for (Map.Entry<String, String> order : all.entrySet()) {
        if (asked.size() == MOST) break;
        try {
          String number = order.getKey();
          spool.add(asking.ask(keys -> platform.order(number, keys, asking.now())).bytes());
          asked.put(number, order.getValue());
        } catch (Asking.NoAnswer e) {
          // It stays named.
        } catch (Asking.OutOfTime e) {
          break;
        }
      }
      spool.force();
      spool.handOver();
    }
    asked.forEach(named::asked);
  }
}
