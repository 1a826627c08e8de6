package omnipoints.jobs;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Work of a night on a thread of its own, begun when this is made. Progress and crash points are
 * told by the thread of the night, not from here.
 */
final class Beside<T> {

  private final CompletableFuture<T> running;

  private Beside(CompletableFuture<T> running) {
    this.running = running;
  }

  static <T> Beside<T> get(Supplier<T> work) {
    return new Beside<>(CompletableFuture.supplyAsync(work));
  }

  static Beside<Void> run(Runnable work) {
    return new Beside<>(CompletableFuture.runAsync(work));
  }

  /** Waits for its end, whatever that is: nothing of it goes on behind the caller. */
  void await() {
    running.handle((done, failed) -> null).join();
  }

  /** Waits for what it comes to; what it threw is thrown as it was. */
  T result() {
    try {
      return running.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failed) throw failed;
      throw e;
    }
  }
}
