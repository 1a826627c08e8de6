package omnipoints.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import omnipoints.mappings.Channels;
import omnipoints.points.Program;
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
      return new Nightly(home, database, request).run();
    } catch (SQLException e) {
      throw new NightRefused(
          9, "DB_FAILED", e.getMessage(), List.of("./omnipoints restart " + request.date()));
    }
  }

  private record Begun(LocalDate night, boolean finished, boolean closed) {}

  private NightOutcome run() throws SQLException {
    KeptExtract.mendLast(home, database);
    if (begun().stream()
        .anyMatch(night -> night.night().equals(request.date()) && night.finished())) {
      return outcome(request.date(), false);
    }
    Setup setup = Setup.load(home);
    try (RunLock lock = RunLock.take(database, request.clock(), PATIENCE)) {
      String code = CodeHash.compute();
      Batch batch = batch();
      List<LocalDate> dates = plan(begun());
      for (LocalDate date : dates) {
        request.progress().night(date, dates.size());
        runNight(date, lock, setup.channels(), setup.program(), code, batch);
      }
    }
    return outcome(request.date(), true);
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
                      Rows.date(row, "night"),
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

  private void runNight(
      LocalDate date, RunLock lock, Channels channels, Program program, String code, Batch batch)
      throws SQLException {
    LocalDate previous = begin(date, lock, channels, program, code);
    var night =
        new Night(
            date,
            previous,
            date.equals(request.date()),
            home,
            database,
            channels,
            program,
            Tokens.of(home),
            lock,
            request.progress(),
            request.crash(),
            request.stopping());
    try {
      batch.run(night, NightlyJob.steps());
    } catch (Exception e) {
      NightRefused refused = refusal(date, e);
      fail(night, refused);
      throw refused;
    } finally {
      request.progress().over();
    }
  }

  private LocalDate begin(
      LocalDate date, RunLock lock, Channels channels, Program program, String code) {
    return database.inTransaction(
        connection -> {
          lock.fence(connection);
          var params = new HashMap<String, Object>();
          params.put("night", date);
          params.put("run", Batch.runId(date));
          params.put("code_hash", code);
          params.put("mappings_hash", channels.hash());
          params.put("program_hash", program.hash());
          params.put("program", program.name());
          params.put("program_version", program.version());
          SQL.statement("begin").run(connection, only(params, "begin"));
          refuseOtherVersion(connection, params, date);
          SQL.statement("resume").run(connection, only(params, "resume"));
          return SQL.statement("previous")
              .list(connection, Map.of("night", date), row -> Rows.date(row, 1))
              .get(0);
        });
  }

  private static Map<String, Object> only(Map<String, Object> params, String statement) {
    var some = new HashMap<>(params);
    some.keySet().retainAll(SQL.statement(statement).parameters());
    return some;
  }

  private void refuseOtherVersion(
      Connection connection, Map<String, Object> params, LocalDate date) {
    List<String> changed =
        SQL.statement("changed").list(connection, only(params, "changed"), row -> row.getString(1));
    if (changed.isEmpty() || request.acceptVersion()) return;
    throw new NightRefused(
        8,
        "VERSION_CHANGED",
        "night " + date + " was begun under another version of: " + String.join(", ", changed),
        List.of(
            "./omnipoints restart " + date + " --accept-version   (the close records it)",
            "or put the former version back and ./omnipoints restart " + date));
  }

  private static NightRefused refusal(LocalDate date, Exception failure) {
    if (failure instanceof NightRefused refused) return refused;
    if (failure instanceof DatabaseFailure database) {
      var next = new ArrayList<>(database.next());
      next.add("./omnipoints restart " + date);
      return because(
          new NightRefused(
              database.environment() ? 9 : 4, database.code(), database.getMessage(), next),
          failure);
    }
    String message =
        failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    boolean disk =
        failure instanceof java.io.UncheckedIOException || failure instanceof java.io.IOException;
    return because(
        new NightRefused(
            disk ? 9 : 4,
            disk ? "CANNOT_WRITE" : "STEP_FAILED",
            "night " + date + " failed: " + message,
            List.of("./omnipoints status " + date, "./omnipoints restart " + date)),
        failure);
  }

  private static NightRefused because(NightRefused refused, Exception cause) {
    refused.initCause(cause);
    return refused;
  }

  /** Best effort: when the database is gone, the night is found interrupted later. */
  private static void fail(Night night, NightRefused refused) {
    if (refused.code().equals("LOCK_LOST")) return;
    String state = refused.exit() == 5 ? "STOPPED" : "FAILED";
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
                            refused.getMessage()));
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
      boolean red =
          SQL.statement("red")
              .one(
                  connection,
                  Map.of("night", date, "reject_percent", home.config().rejectPercent()),
                  row -> row.getBoolean(1))
              .orElse(false);
      return new NightOutcome(date, red ? 3 : 0, ran);
    }
  }
}
