package omnipoints.schedules;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import omnipoints.jobs.Home;
import omnipoints.jobs.NightRefused;
import omnipoints.jobs.Progress;
import omnipoints.sql.Database;

/**
 * Serves in a process of its own; a night that reaches the given point says so and waits there for
 * the signal.
 */
final class ServeInChild {

  static final String HOLDING = "HOLDING";

  private ServeInChild() {}

  /** Arguments: home, JDBC URL, crash point to hold at. */
  public static void main(String[] args) {
    var stopping = new AtomicBoolean();
    var over = new CountDownLatch(1);
    var exit = new int[1];
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stopping.set(true);
                  try {
                    over.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  Runtime.getRuntime().halt(exit[0]);
                }));
    try (Database database = Database.open(args[1])) {
      Serve.run(
          Home.open(Path.of(args[0])),
          database,
          new ServeRequest(
              stopping::get,
              System.out::println,
              Progress.SILENT,
              point -> hold(point, args[2], stopping),
              Clock.systemUTC()));
    } catch (NightRefused e) {
      System.out.println(e.code() + " " + e.getMessage() + " " + e.next());
      exit[0] = e.exit();
    } finally {
      over.countDown();
    }
  }

  private static void hold(String point, String wanted, AtomicBoolean stopping) {
    if (!point.equals(wanted)) return;
    System.out.println(HOLDING);
    while (!stopping.get()) LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
  }
}
