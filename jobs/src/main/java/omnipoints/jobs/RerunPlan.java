package omnipoints.jobs;

import java.sql.Connection;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import omnipoints.sql.Script;
import omnipoints.sql.Statements;

/**
 * What going on with a night, or doing a part of it again, would do, step by step; made before
 * anything is done.
 *
 * @param state of the night as it stands
 * @param closed whether its books are final
 * @param files of deliveries that have arrived and would become part of the night
 * @param reason why nothing would be booked a second time
 */
public record RerunPlan(
    LocalDate date,
    String run,
    String state,
    boolean closed,
    List<Step> steps,
    List<String> files,
    String reason) {

  static final Script SQL = Statements.job("run").step("rerun");

  private static final String COLLECT = "collect";
  private static final String IDENTIFY = "identify";
  private static final List<String> STEPS =
      NightlyJob.steps().stream().map(NightStep::name).toList();

  /** Of a closed night: what reads its books only. */
  private static final List<String> AFTER_CLOSE = List.of("reconcile", "extract", "deliver");

  /** What happens to a step. */
  public enum Action {
    KEPT,
    REDONE,
    NEW
  }

  /**
   * One step.
   *
   * @param rows it has written and that are kept, or written again; 0 where it was not done yet
   */
  public record Step(String name, Action action, long rows) {}

  /** One that was begun. */
  record Known(String state, long written) {
    boolean done() {
      return state.equals("DONE");
    }
  }

  /** The night as it stands. */
  record Standing(
      LocalDate date,
      String run,
      String state,
      boolean closed,
      boolean last,
      Map<String, Known> steps) {
    /** One that was never begun: all of it is to come. */
    static Standing never(LocalDate date) {
      return new Standing(date, Batch.runId(date), "MISSING", false, false, Map.of());
    }

    boolean done(String step) {
      return steps.containsKey(step) && steps.get(step).done();
    }
  }

  /**
   * Plans to do a night again from a step on.
   *
   * @param only that step alone, which only what follows a close allows
   * @throws NightRefused exit 8: no such night, or the step cannot be done again; 2: no such step;
   *     7: a night runs
   */
  static RerunPlan rerun(Connection connection, LocalDate date, String from, boolean only) {
    if (!STEPS.contains(from))
      throw new NightRefused(
          2,
          "NO_SUCH_STEP",
          "there is no step " + from + "; there are " + String.join(", ", STEPS),
          List.of("./omnipoints status " + date));
    refuseWhileRunning(connection);
    return again(connection, date, from, only);
  }

  private static RerunPlan again(Connection connection, LocalDate date, String from, boolean only) {
    Standing night = standing(connection, date);
    return night.closed() ? closed(night, from, only) : open(connection, night, from, only);
  }

  private static RerunPlan closed(Standing night, String from, boolean only) {
    if (!night.done("deliver"))
      throw new NightRefused(
          8,
          "NOT_DELIVERED",
          "night "
              + night.date()
              + " is closed and not handed over yet: nothing is to be done again",
          List.of("./omnipoints restart " + night.date()));
    if (!AFTER_CLOSE.contains(from))
      throw new NightRefused(
          8,
          "NIGHT_CLOSED",
          "night "
              + night.date()
              + " is closed and never changes: of it only "
              + String.join(", ", AFTER_CLOSE)
              + " can be done again; corrected or late input books its difference in the next night",
          List.of(
              "./omnipoints rerun " + night.date() + " --from extract", "./omnipoints nightly"));
    if (from.equals("reconcile") && !night.last())
      throw new NightRefused(
          8,
          "REPORTS_MOVED_ON",
          "the reports of "
              + night.date()
              + " tell breaks as they stood then; only those of the last closed night can be written again",
          List.of("./omnipoints rerun " + night.date() + " --from extract"));
    var steps = new ArrayList<Step>();
    for (String step : STEPS) {
      boolean again =
          AFTER_CLOSE.contains(step)
              && (only ? step.equals(from) : STEPS.indexOf(step) >= STEPS.indexOf(from));
      steps.add(
          new Step(step, again ? Action.REDONE : Action.KEPT, night.steps().get(step).written()));
    }
    return new RerunPlan(
        night.date(),
        night.run(),
        night.state(),
        true,
        steps,
        List.of(),
        "no entry is added: the night is closed, files and reports are written from its books");
  }

  private static RerunPlan open(Connection connection, Standing night, String asked, boolean only) {
    if (only)
      throw new NightRefused(
          8,
          "NOT_CLOSED",
          "the steps after "
              + asked
              + " rest on it: of a night that is not closed, do it again from there on",
          List.of("./omnipoints rerun " + night.date() + " --from " + asked));
    int at = STEPS.indexOf(asked);
    boolean thaws = at < STEPS.indexOf(IDENTIFY);
    if (at <= STEPS.indexOf(IDENTIFY) && night.done(IDENTIFY))
      throw new NightRefused(
          8,
          "MEMBERS_KNOWN",
          "night "
              + night.date()
              + " has found its members: its input stays as it is; what is missing or corrected books"
              + " its difference in the next night",
          List.of(
              "./omnipoints restart " + night.date(),
              "./omnipoints rerun " + night.date() + " --from post"));
    String from = thaws ? COLLECT : asked;
    for (String before : STEPS.subList(0, STEPS.indexOf(from)))
      if (!night.done(before))
        throw new NightRefused(
            8,
            "STEP_NOT_REACHED",
            "night " + night.date() + " has not come to " + from + ": " + before + " is not done",
            List.of("./omnipoints restart " + night.date()));
    return new RerunPlan(
        night.date(),
        night.run(),
        night.state(),
        false,
        steps(night, STEPS.indexOf(from)),
        from.equals(COLLECT) ? files(connection, "waiting_files", Map.of()) : List.of(),
        "nothing of this night is in the books before it closes: every entry is booked once");
  }

  /**
   * Looks again under the run lock: since the plan was made another process may have gone on with
   * the night, or closed it.
   *
   * @throws NightRefused exit 8: what the plan says would be done is no longer what it would do
   */
  void refuseIfStale(Connection connection) {
    String from = redone().get(0);
    RerunPlan now = again(connection, date, from, closed && redone().size() == 1);
    if (now.closed() == closed && now.steps().equals(steps)) return;
    throw new NightRefused(
        8,
        "NIGHT_WENT_ON",
        "night " + date + " has gone on since this plan was made; nothing was done",
        List.of("./omnipoints rerun " + date + " --from " + from + " --dry-run"));
  }

  /** Plans to finish a night. */
  static RerunPlan restart(Connection connection, LocalDate date) {
    Standing night = begun(connection, date).orElseGet(() -> Standing.never(date));
    int first = 0;
    while (first < STEPS.size() && night.done(STEPS.get(first))) first++;
    return new RerunPlan(
        date,
        night.run(),
        night.state(),
        night.closed(),
        steps(night, first),
        night.done(COLLECT) ? List.of() : files(connection, "waiting_files", Map.of()),
        night.closed()
            ? "no entry is added: the night is closed"
            : "nothing of this night is in the books before it closes: every entry is booked once");
  }

  private static List<Step> steps(Standing night, int from) {
    var steps = new ArrayList<Step>();
    for (int i = 0; i < STEPS.size(); i++) {
      Known known = night.steps().get(STEPS.get(i));
      Action action = i < from ? Action.KEPT : known == null ? Action.NEW : Action.REDONE;
      steps.add(new Step(STEPS.get(i), action, known == null ? 0 : known.written()));
    }
    return steps;
  }

  /** Steps that are done again although they were done. */
  List<String> redone() {
    return steps.stream().filter(step -> step.action() != Action.KEPT).map(Step::name).toList();
  }

  boolean redoes(String step) {
    return redone().contains(step);
  }

  /** One sentence for the record. */
  String said() {
    return "again from " + redone().get(0);
  }

  static List<String> files(Connection connection, String statement, Map<String, Object> params) {
    return SQL.statement(statement).list(connection, params, row -> row.getString(1));
  }

  static void refuseWhileRunning(Connection connection) {
    if (!running(connection)) return;
    throw new NightRefused(
        7,
        "ALREADY_RUNNING",
        "a night is running",
        List.of("./omnipoints status", "wait for it to end, or ./omnipoints stop RUN"));
  }

  static boolean running(Connection connection) {
    return SQL.statement("running")
        .one(connection, Map.of(), row -> row.getBoolean(1))
        .orElse(false);
  }

  /**
   * @throws NightRefused exit 8: the night was never begun
   */
  static Standing standing(Connection connection, LocalDate date) {
    return begun(connection, date)
        .orElseThrow(
            () ->
                new NightRefused(
                    8,
                    "NO_SUCH_RUN",
                    "night " + date + " was never begun",
                    List.of("./omnipoints nightly --date " + date)));
  }

  private static Optional<Standing> begun(Connection connection, LocalDate date) {
    Map<String, Known> steps = new HashMap<>();
    SQL.statement("steps")
        .forEachRow(
            connection,
            Map.of("night", date),
            row ->
                steps.put(
                    row.getString("step"),
                    new Known(row.getString("state"), row.getLong("written"))));
    return SQL.statement("night")
        .one(
            connection,
            Map.of("night", date),
            row ->
                new Standing(
                    date,
                    row.getString("run"),
                    row.getString("state"),
                    row.getBoolean("closed"),
                    row.getBoolean("last_closed"),
                    steps));
  }
}
