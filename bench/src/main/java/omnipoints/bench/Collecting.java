package omnipoints.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets a JVM collect everything every two seconds, so that its log says what of the heap lives: the
 * collector it has leaves what died old until there is no room. Knows nothing where the JDK has no
 * jcmd.
 */
final class Collecting implements AutoCloseable {
  private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final long pid;
  private final Thread collecting;
  private volatile boolean stopped;

  Collecting(long pid) {
    this.pid = pid;
    collecting = new Thread(this::collect, "collecting");
    collecting.setDaemon(true);
    collecting.start();
  }

  private void collect() {
    LockSupport.parkNanos(EVERY_NANOS);
    while (!stopped && collected()) LockSupport.parkNanos(EVERY_NANOS);
  }

  private boolean collected() {
    try {
      new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
              Long.toString(pid),
              "GC.run")
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
      return true;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    stopped = true;
    LockSupport.unpark(collecting);
    try {
      collecting.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
