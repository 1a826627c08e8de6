package omnipoints.schedules;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import omnipoints.jobs.PassedOn;
import omnipoints.jobs.Progress;
import omnipoints.routes.Routes;

/**
 * The routes that stay, and rest while a night collects: two collectors at one file would both
 * register it, one of them perhaps after the input was frozen, and the next night would be told of
 * a duplicate that nobody sent.
 */
final class OpenRoutes implements AutoCloseable {

  private final Supplier<Routes> opening;
  private final BooleanSupplier stopping;
  private Routes routes;

  OpenRoutes(Supplier<Routes> opening, BooleanSupplier stopping) {
    this.opening = opening;
    this.stopping = stopping;
    this.routes = opening.get();
  }

  synchronized void rest() {
    if (routes == null) return;
    routes.close();
    routes = null;
  }

  synchronized void resume() {
    if (routes != null || stopping.getAsBoolean()) return;
    routes = opening.get();
  }

  @Override
  public void close() {
    rest();
  }

  /** Rests during the step collect, and passes everything on. */
  Progress around(Progress progress) {
    return new PassedOn(progress) {
      @Override
      public void step(String name) {
        if (name.equals("collect")) rest();
        else resume();
        super.step(name);
      }
    };
  }
}
