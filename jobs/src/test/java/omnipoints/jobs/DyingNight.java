package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import omnipoints.sql.Database;

/**
 * A night that stands still for ever at a crash point, and whose connections the server then cuts:
 * to everybody else it is a process that died there, without a rollback, a deleted part file or a
 * flushed buffer. Much cheaper than a JVM.
 */
final class DyingNight implements AutoCloseable {

  private final TestHome home;
  private final Database database;
  private final CountDownLatch there = new CountDownLatch(1);
  private final FutureTask<NightOutcome> run;

  DyingNight(TestHome home, String date, String wanted) {
    this(home, date, "at " + wanted, wanted::equals);
  }

  /** Dies at the n-th point it comes by, whatever that is. */
  static DyingNight atPoint(TestHome home, String date, int n) {
    var passed = new AtomicInteger();
    return new DyingNight(home, date, "at point " + n, point -> passed.incrementAndGet() == n);
  }

  private DyingNight(TestHome home, String date, String when, Predicate<String> dies) {
    this.home = home;
    home.numberApart();
    this.database = Database.open(home.database.url());
    NightRequest request =
        NightRequest.of(LocalDate.parse(date), Progress.SILENT)
            .crashingAt(
                point -> {
                  if (dies.test(point)) standStill();
                });
    run = new FutureTask<>(() -> Nightly.run(home.home(), database, request));
    Thread thread = new Thread(run, "dies " + when);
    thread.setDaemon(true);
    thread.start();
  }

  private void standStill() {
    there.countDown();
    while (true) LockSupport.park();
  }

  void diesAt(String point) {
    try {
      while (!there.await(50, TimeUnit.MILLISECONDS)) {
        if (run.isDone()) run.get();
        assertThat(run.isDone()).as("the night went by without reaching %s", point).isFalse();
      }
    } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException("on the way to " + point, e);
    }
    home.cutConnections();
  }

  /** Whether it died; else it ended before it came so far. */
  boolean died() {
    try {
      while (!there.await(20, TimeUnit.MILLISECONDS)) {
        if (!run.isDone()) continue;
        run.get();
        return false;
      }
      home.cutConnections();
      return true;
    } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
