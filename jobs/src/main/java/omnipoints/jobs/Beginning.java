package omnipoints.jobs;

import java.sql.Connection;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import omnipoints.mappings.Channels;
import omnipoints.points.ProgramRefused;
import omnipoints.points.Programme;
import omnipoints.sql.Script;
import omnipoints.sql.Statements;

/**
 * A night that is begun, or taken up again: the rules it runs under are pinned, and nothing of them
 * has changed unseen.
 *
 * @param previous the last closed night, {@link Night#NEVER} before the first
 * @param programme its versions, with those that have booked and are no longer among the files
 */
record Beginning(LocalDate previous, Programme programme, Pins pins) {

  private static final Script SQL = Statements.job("run").step("nights");

  /** What a night would run under. */
  record Rules(Home home, Channels channels, Programme files, String code) {}

  private record Known(String program, String programHash, String zone, String accepted) {}

  /**
   * In one transaction under the run lock.
   *
   * @throws NightRefused exit 8: rules of closed nights, or those the night was begun under,
   *     changed and the request does not accept it; exit 2: versions do not follow one another
   */
  static Beginning of(Connection connection, LocalDate date, Rules rules, NightRequest request) {
    BookedVersions booked = BookedVersions.of(connection, rules.files().name());
    Programme programme = joined(booked, rules.files());
    Map<String, Object> params = params(date, rules, programme);
    Optional<Known> begun = known(connection, "as_begun", date);
    boolean asBegun =
        begun.isPresent()
            && begun.get().programHash().equals(programme.hash())
            && begun.get().zone().equals(params.get("zone"));
    List<Change> sinceClosed = asBegun ? List.of() : sinceClosed(connection, date, rules, booked);
    run(connection, "begin", params);
    List<String> sinceBegun =
        SQL.statement("changed").list(connection, only(params, "changed"), row -> row.getString(1));
    if (!request.acceptVersion()) refuse(date, sinceBegun, sinceClosed);
    List<String> accepted = accepted(sinceBegun, sinceClosed);
    if (request.future() && request.ahead(date, rules.home()))
      accepted.add("run before its date by --future");
    if (date.equals(request.date())) without(connection, date, request.without(), accepted);
    accepted.removeIf(begun.map(Known::accepted).orElse("")::contains);
    params.put("accepted", String.join("; ", accepted));
    run(connection, "resume", params);
    run(connection, "resume_closed", params);
    LocalDate previous =
        SQL.statement("previous")
            .list(connection, Map.of("night", date), row -> Columns.date(row, 1))
            .get(0);
    return new Beginning(previous, programme, Pins.of(connection, programme));
  }

  private static void without(
      Connection connection, LocalDate date, Without without, List<String> accepted) {
    if (without.channels().isEmpty()) return;
    accepted.add(without.said());
    SQL.statement("without")
        .run(
            connection,
            Map.of("night", date, "channels", without.channels(), "reason", without.reason()));
  }

  private static Programme joined(BookedVersions booked, Programme files) {
    try {
      return booked.with(files);
    } catch (ProgramRefused e) {
      var problems = new SetupProblems();
      problems.add(e);
      throw problems.refusal();
    }
  }

  private static Map<String, Object> params(LocalDate date, Rules rules, Programme programme) {
    var params = new HashMap<String, Object>();
    params.put("night", date);
    params.put("run", Batch.runId(date));
    params.put("code_hash", rules.code());
    params.put("mappings_hash", rules.channels().hash());
    params.put("program_hash", programme.hash());
    params.put("program", programme.name());
    params.put("program_version", programme.ofNight(date).version());
    params.put("zone", rules.home().config().zone().getId());
    return params;
  }

  /** What changed of the rules that closed nights were decided by. */
  private static List<Change> sinceClosed(
      Connection connection, LocalDate date, Rules rules, BookedVersions booked) {
    Optional<LocalDate> last =
        SQL.statement("last_closed")
            .one(connection, Map.of("night", date), row -> Columns.date(row, "night"));
    if (last.isEmpty()) return List.of();
    Known closed = known(connection, "as_begun", last.get()).orElseThrow();
    var changes = new ArrayList<Change>();
    HomeConfig config = rules.home().config();
    String zone = config.zone().getId();
    if (!closed.zone().isEmpty() && !closed.zone().equals(zone)) {
      changes.add(
          new Change(
              "zone " + closed.zone() + " became " + zone,
              config.at("zone")
                  + ": the zone is "
                  + zone
                  + ", but nights until "
                  + last.get()
                  + " were closed in "
                  + closed.zone()
                  + "; put it back"));
    }
    if (!closed.program().equals(rules.files().name())) {
      changes.add(
          new Change(
              "programme " + closed.program() + " became " + rules.files().name(),
              config.at("programme")
                  + ": the programme is "
                  + rules.files().name()
                  + ", but nights until "
                  + last.get()
                  + " were closed under "
                  + closed.program()
                  + "; put it back, and write new rules as its next version"));
    }
    changes.addAll(booked.changes(rules.files(), last.get()));
    return changes;
  }

  private static void refuse(LocalDate date, List<String> sinceBegun, List<Change> sinceClosed) {
    var said = new ArrayList<String>();
    if (!sinceBegun.isEmpty())
      said.add(
          "night "
              + date
              + " was begun under another version of: "
              + String.join(", ", sinceBegun));
    for (Change change : sinceClosed) said.add(change.message());
    if (said.isEmpty()) return;
    throw new NightRefused(
        8,
        sinceBegun.isEmpty() ? "RULES_CHANGED" : "VERSION_CHANGED",
        String.join("; ", said),
        List.of(
            "put the former version back and ./omnipoints restart " + date,
            "./omnipoints restart " + date + " --accept-version   (the close records it)"));
  }

  /** What the close will say was accepted. */
  private static List<String> accepted(List<String> sinceBegun, List<Change> sinceClosed) {
    var all = new ArrayList<String>();
    if (!sinceBegun.isEmpty()) all.add("continued under another version by --accept-version");
    for (Change change : sinceClosed) all.add(change.what() + " by --accept-version");
    return all;
  }

  private static Optional<Known> known(Connection connection, String statement, LocalDate night) {
    return SQL.statement(statement)
        .one(
            connection,
            Map.of("night", night),
            row ->
                new Known(
                    row.getString("program"),
                    row.getString("program_hash"),
                    row.getString("zone"),
                    row.getString("accepted")));
  }

  private static void run(Connection connection, String statement, Map<String, Object> params) {
    SQL.statement(statement).run(connection, only(params, statement));
  }

  private static Map<String, Object> only(Map<String, Object> params, String statement) {
    var some = new HashMap<>(params);
    some.keySet().retainAll(SQL.statement(statement).parameters());
    return some;
  }
}
