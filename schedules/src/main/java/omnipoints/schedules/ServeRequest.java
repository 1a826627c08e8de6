package omnipoints.schedules;

import java.time.Clock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import omnipoints.jobs.CrashPoints;
import omnipoints.jobs.Progress;

/**
 * How to serve.
 *
 * @param stopping asked several times a second and before every step of a night; true ends serving
 * @param events told of everything that happens, on several threads but never at once
 * @param progress of running nights
 */
public record ServeRequest(
    BooleanSupplier stopping,
    Consumer<ServeEvent> events,
    Progress progress,
    CrashPoints crash,
    Clock clock) {

  /** Without crash points. */
  public ServeRequest(
      BooleanSupplier stopping, Consumer<ServeEvent> events, Progress progress, Clock clock) {
    this(stopping, events, progress, CrashPoints.NONE, clock);
  }
}
