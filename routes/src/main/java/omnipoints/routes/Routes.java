package omnipoints.routes;

import java.util.function.Consumer;

/** Routes that stay: they archive files as they come, until closed. */
public final class Routes implements AutoCloseable {
  private Routes() {}

  /**
   * Starts polling every source every {@code settings.pollEvery()}.
   *
   * @param register as in {@link Collector#collect}; called on the routes' threads. What it throws is reported as a
   *     failure, the file stays in its source and comes again
   * @param notices as in {@link Collector#collect}; the same notice about the same file is given once
   * @param failures called when a source begins to fail, once per kind until it works again
   */
  public static Routes start(CollectorSettings settings, Consumer<Arrival> register, Consumer<Notice> notices,
      Consumer<SourceFailure> failures) {
    throw new UnsupportedOperationException("being built: " + settings + register + notices + failures);
  }

  /** Stops within seconds; a file being copied is given up and stays in its source, nothing is left half archived. */
  @Override
  public void close() {}
}
