package omnipoints.routes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;

/** The routes of all configured sources. */
final class SourceRoutes {
  private SourceRoutes() {}

  /**
   * Adds one route per source to a context that is not started yet.
   *
   * @param every how often the routes poll by themselves; null = only when told to
   * @param failures called when a source begins to fail, not again until it has worked in between
   */
  static List<SourceRoute> add(
      CamelContext context,
      CollectorSettings settings,
      Desk desk,
      Duration every,
      Consumer<SourceFailure> failures)
      throws Exception {
    List<SourceRoute> routes = new ArrayList<>();
    for (Transport source : settings.sources()) {
      Watch watch = new Watch(desk, source.channel(), settings.polls(), failures);
      String id =
          "source-" + (routes.size() + 1) + "-" + source.channel().replaceAll("[^a-z0-9_]", "");
      SourceRoute route;
      if (source instanceof SftpSource sftp) {
        route = new SftpRoute(id, sftp, settings.secrets(), watch, every);
      } else {
        route = new FolderRoute(id, (FolderSource) source, settings.inbox(), watch, every);
      }
      context.addRoutes(route);
      routes.add(route);
    }
    return routes;
  }
}
