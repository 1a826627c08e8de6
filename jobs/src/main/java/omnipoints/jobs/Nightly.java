package omnipoints.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import omnipoints.sql.Database;
import omnipoints.sql.DatabaseFailure;
import omnipoints.sql.Script;
import omnipoints.sql.Statements;

/**
 * Runs nights in date order, each to its end: the same call begins a night, finishes an interrupted
 * one, and prints nothing new for a finished one.
 */
public final class Nightly {

  private static final Script SQL = Statements.job("run").step("nights");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Failures after which there is nothing to ask for figures, or another process tells them. */
  private static final Set<String> OUT_OF_REACH = Set.of("DB_UNREACHABLE", "LOCK_LOST");

  private final Home home;
  private final Database database;
  private final NightRequest request;

  private Nightly(Home home, Database database, NightRequest request) {
    this.home = home;
    this.database = database;
    this.request = request;
  }

  /**
   * Runs the night of the requested date and, before it, every date that is missing.
   *
   * @param database open and migrated; not closed here
   * @throws NightRefused with the exit code of the outside contract: 7 another process runs, 8
   *     refused by policy, 9 environment, 5 stopped, 4 failed and restartable
   */
  public static NightOutcome run(Home home, Database database, NightRequest request) {
    try {
      NightOutcome outcome = new Nightly(home, database, request).run();
      if (outcome.ran()) {
        Metrics.write(home, database);
        Alerts.send(home, database, request.clock());
        Syncs.afterNight(home, database, request.clock());
      }
      return outcome;
    } catch (NightRefused e) {
      if (!OUT_OF_REACH.contains(e.code())) Alerts.failed(home, database, request, e);
      throw e;
    } catch (SQLException e) {
      throw NightFailure.of(request.date(), e, database);
    } catch (DatabaseFailure e) {
      // before the first step, or after the last one: a server that went away is told like between
      if (e.environment()) throw NightFailure.of(request.date(), e, database);
      throw e;
    }
  }

  private record Begun(LocalDate night, boolean finished, boolean closed) {}

  private NightOutcome run() throws SQLException {
    KeptExtract.mendLast(home, database);
    List<Begun> known = begun();
    if (known.stream()
        .anyMatch(night -> night.night().equals(request.date()) && night.finished())) {
      return outcome(request.date(), false);
    }
    refuseFuture(known);
    Setup setup = Setup.load(home);
    try (RunLock lock = RunLock.take(database, request.clock(), PATIENCE)) {
      var rules =
          new Beginning.Rules(home, setup.channels(), setup.programme(), CodeHash.ofRunning());
      Batch batch = batch();
      List<LocalDate> dates = plan(begun());
      for (LocalDate date : dates) {
        request.progress().night(date, dates.size());
        runNight(date, lock, rules, batch);
      }
    }
    return outcome(request.date(), true);
  }

  /**
   * A slip in a date must not close decades. A date that was begun was let through before.
   *
   * @throws NightRefused exit 8
   */
  private void refuseFuture(List<Begun> known) {
    boolean begun = known.stream().anyMatch(night -> night.night().equals(request.date()));
    if (begun || request.future() || !request.ahead(request.date(), home)) return;
    LocalDate today = request.today(home);
    throw new NightRefused(
        8,
        "FUTURE_DATE",
        request.date() + " is after today, " + today + " in " + home.config().zone(),
        List.of(
            "./omnipoints nightly --date " + today.minusDays(1),
            "./omnipoints nightly --date "
                + request.date()
                + " --future   (runs every date until then; the close records it)"));
  }

  private Batch batch() {
    try {
      return new Batch(database);
    } catch (DatabaseFailure e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private List<Begun> begun() throws SQLException {
    try (Connection connection = database.connection()) {
      return SQL.statement("begun")
          .list(
              connection,
              Map.of(),
              row ->
                  new Begun(
                      Columns.date(row, "night"),
                      row.getBoolean("finished"),
                      row.getBoolean("closed")));
    }
  }

  /** Unfinished and missing dates up to the requested one, in order. */
  private List<LocalDate> plan(List<Begun> begun) {
    if (begun.isEmpty()) return List.of(request.date());
    LocalDate first = begun.get(0).night();
    if (request.date().isBefore(first)) {
      throw new NightRefused(
          8,
          "BEFORE_FIRST_NIGHT",
          request.date() + " is before the first night of this home, " + first,
          List.of("./omnipoints status " + first));
    }
    LocalDate from =
        begun.stream()
            .filter(night -> !night.finished())
            .map(Begun::night)
            .findFirst()
            .orElse(begun.get(begun.size() - 1).night().plusDays(1));
    var dates = new ArrayList<LocalDate>();
    for (LocalDate date = from; !date.isAfter(request.date()); date = date.plusDays(1))
      dates.add(date);
    return dates;
  }

  private void runNight(LocalDate date, RunLock lock, Beginning.Rules rules, Batch batch)
      throws SQLException {
    Beginning opened =
        database.inTransaction(
            connection -> {
              lock.fence(connection);
              return Beginning.of(connection, date, rules, request);
            });
    var night =
        new Night(
            date,
            opened.previous(),
            date.equals(request.date()),
            home,
            database,
            rules.channels(),
            opened.programme(),
            opened.pins(),
            Tokens.of(home),
            lock,
            request.progress(),
            request.crash(),
            request.stopping(),
            request.clock(),
            request.shuffle());
    try {
      batch.run(night, NightlyJob.steps());
      Scratch.clear(home.scratch().resolve(date.toString()));
      Fold.afterNight(database, lock);
    } catch (Exception e) {
      NightRefused refused = NightFailure.of(date, e, database);
      fail(night, refused);
      if (!OUT_OF_REACH.contains(refused.code())) Metrics.write(home, database);
      throw refused;
    } finally {
      request.progress().over();
    }
  }

  /** Best effort: when the database is gone, the night is found interrupted later. */
  private static void fail(Night night, NightRefused refused) {
    if (refused.code().equals("LOCK_LOST")) return;
    String state =
        switch (refused.exit()) {
          case 5 -> "STOPPED";
          case 10 -> "WAITING";
          default -> "FAILED";
        };
    try {
      night
          .database()
          .transact(
              connection -> {
                night.lock().fence(connection);
                SQL.statement("failed")
                    .run(
                        connection,
                        Map.of(
                            "night",
                            night.date(),
                            "state",
                            state,
                            "message",
                            refused.getMessage(),
                            "advice",
                            String.join("\n", refused.next())));
                SQL.statement("failed_step")
                    .run(
                        connection,
                        Map.of(
                            "night",
                            night.date(),
                            "state",
                            state,
                            "message",
                            refused.getMessage()));
              });
    } catch (DatabaseFailure | NightRefused e) {
      refused.addSuppressed(e);
    }
  }

  private NightOutcome outcome(LocalDate date, boolean ran) throws SQLException {
    try (Connection connection = database.connection()) {
      return NightOutcome.of(connection, date, ran);
    }
  }
}
