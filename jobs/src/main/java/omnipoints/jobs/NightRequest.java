package omnipoints.jobs;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.BooleanSupplier;

/**
 * What to run.
 *
 * @param date business date D; missing dates before it are run first
 * @param acceptVersion go on with a night that was begun under other code, mappings or programme,
 *     or after the rules of closed nights changed
 * @param future run a date although the clock says it is still to come
 * @param clock says what today is, nothing else
 * @param stopping asked before every step; true ends the night as STOPPED, restartable
 * @param without channels of which the requested date misses nothing; dates before it are not meant
 * @param shuffle how rows are cut between two steps; the books do not depend on it
 */
public record NightRequest(
    LocalDate date,
    boolean acceptVersion,
    boolean future,
    Progress progress,
    CrashPoints crash,
    Clock clock,
    BooleanSupplier stopping,
    Without without,
    Shuffle shuffle) {

  /** One whose rows are shuffled as usual. */
  public NightRequest(
      LocalDate date,
      boolean acceptVersion,
      boolean future,
      Progress progress,
      CrashPoints crash,
      Clock clock,
      BooleanSupplier stopping) {
    this(
        date,
        acceptVersion,
        future,
        progress,
        crash,
        clock,
        stopping,
        Without.NOTHING,
        Shuffle.USUAL);
  }

  /** A plain run of a date, as of its end. */
  public static NightRequest of(LocalDate date, Progress progress) {
    return new NightRequest(
        date,
        false,
        false,
        progress,
        CrashPoints.NONE,
        Clock.fixed(date.atTime(23, 0).toInstant(ZoneOffset.UTC), ZoneOffset.UTC),
        () -> false);
  }

  /** The same with a named crash point. */
  public NightRequest crashingAt(CrashPoints points) {
    return new NightRequest(
        date, acceptVersion, future, progress, points, clock, stopping, without, shuffle);
  }

  /** The same with rows cut otherwise. */
  NightRequest shuffling(Shuffle as) {
    return new NightRequest(
        date, acceptVersion, future, progress, crash, clock, stopping, without, as);
  }

  /** The same, closed without some channels. */
  public NightRequest without(Without some) {
    return new NightRequest(
        date, acceptVersion, future, progress, crash, clock, stopping, some, shuffle);
  }

  /** The same that ends, as if somebody asked it to stop, when something is reached. */
  NightRequest until(Progress seeing, BooleanSupplier reached) {
    return new NightRequest(
        date,
        acceptVersion,
        future,
        seeing,
        crash,
        clock,
        () -> reached.getAsBoolean() || stopping.getAsBoolean(),
        without,
        shuffle);
  }

  /** Today in the zone of the home. */
  LocalDate today(Home home) {
    return LocalDate.ofInstant(clock.instant(), home.config().zone());
  }

  /** Whether a date is still to come. */
  boolean ahead(LocalDate night, Home home) {
    return night.isAfter(today(home));
  }
}
