package omnipoints.bench;

import java.util.concurrent.locks.LockSupport;
import omnipoints.routes.simulator.Simulator;

/** Looks at a simulated platform while it is pulled: when the first and the last call came. */
final class Pace implements AutoCloseable {
  private static final long EVERY_NANOS = 50_000_000;

  private final Simulator platform;
  private final Thread watching;
  private volatile boolean stopped;
  private volatile long first;
  private volatile long last;
  private long calls;

  Pace(Simulator platform) {
    this.platform = platform;
    watching = new Thread(this::watch, "pace");
    watching.setDaemon(true);
    watching.start();
  }

  private void watch() {
    while (!stopped) {
      look();
      LockSupport.parkNanos(EVERY_NANOS);
    }
  }

  private void look() {
    long now = platform.calls();
    if (now == calls) return;
    last = System.nanoTime();
    if (calls == 0) first = last;
    calls = now;
  }

  /** Seconds between them. */
  double seconds() {
    return (last - first) / 1e9;
  }

  @Override
  public void close() {
    stopped = true;
    LockSupport.unpark(watching);
    try {
      watching.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    look();
  }
}
