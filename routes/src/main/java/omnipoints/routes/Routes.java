package omnipoints.routes;

import java.util.function.Consumer;
import org.apache.camel.impl.DefaultCamelContext;

/** Routes that stay: they archive files as they come, until closed. */
public final class Routes implements AutoCloseable {
  private final DefaultCamelContext context;
  private final Desk desk;

  private Routes(DefaultCamelContext context, Desk desk) {
    this.context = context;
    this.desk = desk;
  }

  /**
   * Starts polling every source every {@code settings.pollEvery()}. A file without a {@code .done}
   * is accepted once it is unchanged over {@code settings.polls()} such polls. A source whose login
   * or host key is refused is not asked again before the next start.
   *
   * @param register as in {@link Collector#collect}; called on the routes' threads, several at
   *     once. What it throws is reported as a failure, the file stays in its source and comes again
   * @param notices as in {@link Collector#collect}; the same notice is given once
   * @param failures called when a source begins to fail, not again until it has worked in between
   * @throws IllegalStateException if the inbox or archive cannot be used at all
   */
  public static Routes start(
      CollectorSettings settings,
      Consumer<Arrival> register,
      Consumer<Notice> notices,
      Consumer<SourceFailure> failures) {
    Desk desk = new Desk(settings, register, notices);
    DefaultCamelContext context = QuietCamel.context("serve");
    Routes routes = new Routes(context, desk);
    try {
      desk.archive().sweep();
      InboxFloor.look(settings, desk::say, new Leftovers());
      SourceRoutes.add(context, settings, desk, settings.pollEvery(), failures);
      context.start();
      return routes;
    } catch (Exception e) {
      routes.close();
      throw new IllegalStateException("the routes did not start: " + Faults.brief(e), e);
    }
  }

  /**
   * Stops within seconds; a file being copied is given up and stays in its source, nothing is left
   * half archived.
   */
  @Override
  public void close() {
    desk.close();
    context.stop();
  }
}
