package omnipoints.jobs;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Hands values, in order, to one thread that writes them while the caller decides the next ones.
 * What fails there fails the caller at its next call.
 *
 * @param <T> what is written
 */
final class WriteBehind<T> implements AutoCloseable {

  private static final int AHEAD = 512;

  private final BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>(AHEAD);
  private final Consumer<T> write;
  private final Thread thread;
  private volatile boolean over;
  private volatile Throwable failed;

  WriteBehind(String name, Consumer<T> write) {
    this.write = write;
    this.thread = new Thread(this::run, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      while (!over) queue.take().run();
    } catch (InterruptedException e) {
      // closed before its time: what is left is not wanted
    } catch (RuntimeException | Error e) {
      failed = e;
    }
  }

  /** Waits while the writer is far behind. */
  void put(T value) {
    offer(() -> write.accept(value));
  }

  /** Returns when everything is written. */
  void finish() {
    offer(() -> over = true);
    join();
    refuseFailed();
  }

  private void offer(Runnable task) {
    try {
      do refuseFailed();
      while (!queue.offer(task, 100, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void refuseFailed() {
    if (failed instanceof RuntimeException e) throw e;
    if (failed instanceof Error e) throw e;
  }

  private void join() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) Thread.currentThread().interrupt();
  }

  /** Ends the writer, whatever is left. */
  @Override
  public void close() {
    over = true;
    thread.interrupt();
    join();
  }
}
