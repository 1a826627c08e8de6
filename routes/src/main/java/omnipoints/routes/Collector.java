package omnipoints.routes;

import java.util.function.Consumer;

/** Polls every source once, to completion, and archives what arrived. */
public final class Collector {
  private final Pause pause;

  /** A collector that waits on the clock of this machine. */
  public Collector() {
    this(Pause.real());
  }

  /** A collector that waits by {@code pause} between polls and before retries. */
  public Collector(Pause pause) {
    this.pause = pause;
  }

  /**
   * Polls every source until nothing more is to be had tonight. A source that fails loses nothing of what others, or
   * itself before, brought: failures are collected and returned.
   *
   * @param settings what to poll
   * @param register called once per arrival, after its bytes are durable in the archive and <em>before</em> the file
   *     leaves its source. It must have made the arrival durable when it returns: then a kill at any moment leaves the
   *     file either in its source or registered (or both, which is a duplicate by hash). What it throws ends the
   *     collection and is thrown on; the file stays in its source
   * @param notices called with whatever an operator should know
   */
  public Collected collect(CollectorSettings settings, Consumer<Arrival> register, Consumer<Notice> notices) {
    throw new UnsupportedOperationException("being built: " + settings + register + notices + pause);
  }
}
