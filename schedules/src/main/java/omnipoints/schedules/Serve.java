package omnipoints.schedules;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import omnipoints.jobs.Alerts;
import omnipoints.jobs.Home;
import omnipoints.jobs.Intake;
import omnipoints.jobs.NightOutcome;
import omnipoints.jobs.NightRefused;
import omnipoints.jobs.NightRequest;
import omnipoints.jobs.Nightly;
import omnipoints.jobs.Pushes;
import omnipoints.mappings.Channels;
import omnipoints.points.Programs;
import omnipoints.routes.Arrival;
import omnipoints.routes.Routes;
import omnipoints.routes.pull.Webhook;
import omnipoints.sql.Database;
import omnipoints.sql.DatabaseFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs routes, calendar and webhook until told to stop. */
public final class Serve {

  private static final Logger LOG = LoggerFactory.getLogger(Serve.class);

  /** How soon a night that waits for a delivery is proposed again. */
  private static final Duration LOOK_FOR_FILES = Duration.ofMinutes(10);

  private static final Duration TELL_AGAIN = Duration.ofMinutes(1);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  private final Home home;
  private final Database database;
  private final ServeRequest request;
  private final AtomicLong arrivals = new AtomicLong();
  private final List<NightOutcome> nights = Collections.synchronizedList(new ArrayList<>());
  private volatile NightRefused stopped;
  private Optional<Webhook> webhook = Optional.empty();

  private Serve(Home home, Database database, ServeRequest request) {
    this.home = home;
    this.database = database;
    this.request = request;
  }

  /**
   * Archives files as they come and runs nights when they are due, until {@code request.stopping()}
   * says true. A night that fails ends nothing: it is told, and the next one finishes it first. Bad
   * setup refuses to start.
   *
   * @param database open and migrated ({@link omnipoints.jobs.Batch#SCHEMA}, {@link
   *     QuartzTables#SCHEMA}); not closed here
   * @return what was done, when no night was running at the end
   * @throws NightRefused exit 5: a running night was stopped before its next step and can be
   *     restarted; 7: another process serves on this database; 2: the calendar has no time to come;
   *     9: environment
   * @throws omnipoints.files.yaml.SetupFailed problems of mappings or calendar
   * @throws omnipoints.points.ProgramRefused problems of the programme
   */
  public static Served run(Home home, Database database, ServeRequest request) {
    return new Serve(home, database, request).run();
  }

  private Served run() {
    Schedules schedules = Schedules.load(home.dir());
    Channels.load(home.mappings());
    Programs.load(home.config().programme(), home.programs());
    try (ServeLock lock = ServeLock.take(database)) {
      tellUnfinished();
      try (OpenRoutes routes = new OpenRoutes(this::openRoutes, request.stopping());
          Timekeeper timekeeper =
              Timekeeper.start(
                  schedules,
                  home.config().zone(),
                  database,
                  request.clock(),
                  date -> night(date, routes))) {
        webhook = Pushes.listen(home, notice -> tell(new ServeEvent.Noticed(notice)));
        tell(new ServeEvent.Ready(timekeeper.next()));
        var deadlines = new Deadlines(schedules, home.config().zone(), database);
        Instant tell = request.clock().instant();
        while (!request.stopping().getAsBoolean()) {
          lock.keep();
          if (!request.clock().instant().isBefore(tell)) {
            late(deadlines);
            Alerts.send(home, database, request.clock());
            tell = request.clock().instant().plus(TELL_AGAIN);
          }
          LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
        tell(new ServeEvent.Stopping());
        routes.rest();
      } finally {
        webhook.ifPresent(Webhook::close);
      }
    }
    if (stopped != null) throw stopped;
    return new Served(arrivals.get(), List.copyOf(nights));
  }

  private Routes openRoutes() {
    return Routes.start(
        Intake.settings(home),
        this::arrived,
        notice -> tell(new ServeEvent.Noticed(notice)),
        failure -> tell(new ServeEvent.SourceFailed(failure)));
  }

  private void arrived(Arrival arrival) {
    Intake.register(database, arrival);
    arrivals.incrementAndGet();
    tell(new ServeEvent.Arrived(arrival));
  }

  private void late(Deadlines deadlines) {
    try {
      for (ServeEvent.DeadlinePassed late : deadlines.passed(request.clock().instant())) {
        tell(late);
        Alerts.late(home, database, request.clock(), late.night(), late.deadline());
      }
    } catch (SQLException | DatabaseFailure e) {
      LOG.warn("deadlines: {}", e.getMessage());
    }
  }

  /** Runs a night; says when to look again where it waits. */
  private Optional<Instant> night(LocalDate date, OpenRoutes routes) {
    tell(new ServeEvent.NightDue(date));
    try {
      NightOutcome outcome =
          Nightly.run(
              home,
              database,
              new NightRequest(
                  date,
                  false,
                  false,
                  routes.around(request.progress()),
                  request.crash(),
                  request.clock(),
                  request.stopping()));
      if (outcome.ran()) nights.add(outcome);
      tell(new ServeEvent.NightEnded(outcome));
    } catch (NightRefused e) {
      if (e.code().equals(NightRefused.WAITING)) return Optional.of(waits(date, e));
      refused(date, e);
    } catch (RuntimeException e) {
      LOG.error("night {} failed", date, e);
      refused(date, unforeseen(date, e));
    } finally {
      routes.resume();
    }
    return Optional.empty();
  }

  private Instant waits(LocalDate date, NightRefused why) {
    Instant again = request.clock().instant().plus(LOOK_FOR_FILES);
    tell(new ServeEvent.NightWaits(date, why.getMessage(), again));
    return again;
  }

  private void refused(LocalDate date, NightRefused why) {
    // One that was asked by `stop` to end is told like any other: this process goes on.
    if (why.exit() == 5 && request.stopping().getAsBoolean()) {
      stopped = why;
    } else if (why.exit() == 7) {
      tell(new ServeEvent.NightElsewhere(date, why.getMessage()));
    } else {
      tell(new ServeEvent.NightFailed(date, why));
    }
  }

  private static NightRefused unforeseen(LocalDate date, RuntimeException e) {
    var next = new ArrayList<String>();
    if (e instanceof DatabaseFailure failure) next.addAll(failure.next());
    next.add("./omnipoints restart " + date);
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return e instanceof DatabaseFailure failure
        ? new NightRefused(failure.environment() ? 9 : 4, failure.code(), message, next)
        : new NightRefused(4, "NIGHT_FAILED", "night " + date + " failed: " + message, next);
  }

  private record Unfinished(LocalDate night, String state) {}

  private void tellUnfinished() {
    List<Unfinished> unfinished;
    try (Connection connection = database.connection()) {
      unfinished =
          ServeLock.SQL
              .statement("unfinished")
              .list(
                  connection,
                  Map.of(),
                  row ->
                      new Unfinished(
                          row.getObject("night", LocalDate.class), row.getString("state")));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    unfinished.forEach(night -> tell(new ServeEvent.Unfinished(night.night(), night.state())));
  }

  private synchronized void tell(ServeEvent event) {
    request.events().accept(event);
  }
}
