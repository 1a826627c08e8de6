package omnipoints.routes;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waiting, as something that can be replaced: tests write files instead of waiting. */
@FunctionalInterface
public interface Pause {

  /** Waits that long. */
  void await(Duration duration) throws InterruptedException;

  /** Waits on the clock of this machine. */
  static Pause real() {
    // A latch nobody opens: like sleeping, but interruption is the only other way out.
    return duration -> {
      boolean opened = new CountDownLatch(1).await(duration.toMillis(), TimeUnit.MILLISECONDS);
      assert !opened;
    };
  }
}
