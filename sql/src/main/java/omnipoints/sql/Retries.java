package omnipoints.sql;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * How often a transaction that met another one is run, and how long to wait before each further
 * time: a random part of {@code base × 2^n}, so that two that met do not meet again.
 *
 * @param attempts runs in total, at least 1
 * @param pause how to wait; tests record instead
 */
public record Retries(
    int attempts, Duration base, RandomGenerator random, Consumer<Duration> pause) {

  /** Three runs, up to 50 and 100 ms apart. */
  public static Retries with(RandomGenerator random) {
    return new Retries(
        3, Duration.ofMillis(50), random, wait -> LockSupport.parkNanos(wait.toNanos()));
  }

  void pauseAfter(int attempt) {
    long most = base.toNanos() << (attempt - 1);
    pause.accept(Duration.ofNanos(random.nextLong(most) + 1));
  }
}
