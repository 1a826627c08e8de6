package omnipoints.jobs;

import java.time.Clock;
import java.time.LocalDate;
import java.util.function.BooleanSupplier;

/**
 * What to run.
 *
 * @param date business date D; missing dates before it are run first
 * @param acceptVersion go on with a night that was begun under other code, mappings or programme
 * @param stopping asked before every step; true ends the night as STOPPED, restartable
 */
public record NightRequest(
    LocalDate date,
    boolean acceptVersion,
    Progress progress,
    CrashPoints crash,
    Clock clock,
    BooleanSupplier stopping) {

  /** A plain run of a date. */
  public static NightRequest of(LocalDate date, Progress progress) {
    return new NightRequest(
        date, false, progress, CrashPoints.NONE, Clock.systemUTC(), () -> false);
  }

  /** The same with a named crash point. */
  public NightRequest crashingAt(CrashPoints points) {
    return new NightRequest(date, acceptVersion, progress, points, clock, stopping);
  }
}
