package omnipoints.routes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Cuts a connection whose server has stopped answering although it is alive: keep-alives are
 * answered by another part of it, so neither TCP nor SSH ever notices. Also one whose server
 * answers, but brings too little in the time it is waited for. Used by one thread at a time.
 */
final class StallGuard {
  /** What an answer that is no part of a file counts: many small files are not slow. */
  static final int ANSWER = 1024;

  private final Duration longest;
  private final LeastRate least;
  private final Runnable cut;
  private boolean looking;
  private boolean waiting;
  private boolean stalled;
  private long waitingSince;
  private long waited;
  private long brought;
  private String slow;

  /** {@code cut} must make the waiting call fail; it is called on another thread, too. */
  StallGuard(Patience patience, Runnable cut) {
    this.longest = patience.silence();
    this.least = patience.least();
    this.cut = cut;
  }

  /** Waits for an answer of the server. */
  <T> T during(Supplier<T> call) {
    begin();
    T answer;
    try {
      answer = call.get();
    } catch (RuntimeException e) {
      end(0);
      throw e;
    }
    if (end(ANSWER)) throw new UncheckedIOException(tooSlow());
    return answer;
  }

  /** What fails after {@link #end} has said that it is over. */
  IOException tooSlow() {
    return new IOException("the server " + said());
  }

  synchronized void begin() {
    waiting = true;
    waitingSince = System.nanoTime();
    if (!looking) {
      looking = true;
      lookAfter(longest.toNanos());
    }
  }

  /**
   * The server has answered, with so many bytes.
   *
   * @return whether the connection was cut, for all it brought so far is too little
   */
  boolean end(long bytes) {
    synchronized (this) {
      waiting = false;
      waited += System.nanoTime() - waitingSince;
      brought += bytes;
      if (waited < least.over().toNanos()) return false;
      if (least.isMissed(brought, waited))
        slow =
            "took or gave "
                + brought
                + " bytes in "
                + TimeUnit.NANOSECONDS.toSeconds(waited)
                + " s, fewer than "
                + least.bytesPerSecond()
                + " a second";
      waited = 0;
      brought = 0;
      if (slow == null) return false;
    }
    cut.run();
    return true;
  }

  /** Whether the last connection was cut, because of silence or because of too little. */
  synchronized boolean isStalled() {
    return stalled || slow != null;
  }

  /** Why the connection was cut, as what the server did; null if it was not. */
  synchronized String said() {
    if (slow != null) return slow;
    return stalled ? silent(longest) : null;
  }

  /** What a server did that said nothing for so long. */
  static String silent(Duration longest) {
    return "did not answer for " + longest.toSeconds() + " s";
  }

  synchronized void reset() {
    stalled = false;
    slow = null;
    waited = 0;
    brought = 0;
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
