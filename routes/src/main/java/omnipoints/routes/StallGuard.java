package omnipoints.routes;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Cuts a connection whose server has stopped answering although it is alive: keep-alives are
 * answered by another part of it, so neither TCP nor SSH ever notices. Used by one thread at a
 * time.
 */
final class StallGuard {
  private final Duration longest;
  private final Runnable cut;
  private boolean looking;
  private boolean waiting;
  private boolean stalled;
  private long waitingSince;

  /** {@code cut} must make the waiting call fail; it is called on another thread. */
  StallGuard(Duration longest, Runnable cut) {
    this.longest = longest;
    this.cut = cut;
  }

  /** Waits for an answer of the server. */
  <T> T during(Supplier<T> call) {
    begin();
    try {
      return call.get();
    } finally {
      end();
    }
  }

  synchronized void begin() {
    waiting = true;
    waitingSince = System.nanoTime();
    if (!looking) {
      looking = true;
      lookAfter(longest.toNanos());
    }
  }

  synchronized void end() {
    waiting = false;
  }

  /** Whether the last connection was cut because of silence. */
  synchronized boolean isStalled() {
    return stalled;
  }

  synchronized void reset() {
    stalled = false;
  }

  private void lookAfter(long nanos) {
    CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS).execute(this::look);
  }

  private void look() {
    synchronized (this) {
      // Looking ends when nobody waits: the next call begins it again.
      looking = waiting;
      if (!waiting) {
        return;
      }
      long left = longest.toNanos() - (System.nanoTime() - waitingSince);
      if (left > 0) {
        lookAfter(left);
        return;
      }
      looking = false;
      stalled = true;
    }
    cut.run();
  }
}
