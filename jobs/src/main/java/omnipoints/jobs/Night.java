package omnipoints.jobs;

import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import omnipoints.mappings.Channels;
import omnipoints.points.Program;
import omnipoints.points.Programme;
import omnipoints.sql.Database;
import omnipoints.sql.Script;
import omnipoints.sql.Statements;

/**
 * Everything the steps of one night may use.
 *
 * @param date the business date D that is run
 * @param previous the last closed night, {@link #NEVER} before the first
 * @param programme the versions of the rules side by side
 * @param pins the decisions that lines pin
 * @param clock says whether a deadline is still to come, nothing else
 * @param collects whether this night looks into folders and servers, or only runs with what was
 *     frozen for it
 */
record Night(
    LocalDate date,
    LocalDate previous,
    boolean collects,
    Home home,
    Database database,
    Channels channels,
    Programme programme,
    Pins pins,
    Tokens tokens,
    RunLock lock,
    Progress progress,
    CrashPoints crash,
    BooleanSupplier stopping,
    Clock clock,
    Shuffle shuffle) {

  /** Before every night. */
  static final LocalDate NEVER = LocalDate.of(1, 1, 1);

  private static final Statements NIGHTLY = Statements.job("nightly");

  ZoneId zone() {
    return home.config().zone();
  }

  /** The version in force tonight; orders follow that of their own date. */
  Program rules() {
    return programme.ofNight(date);
  }

  /** Whoever bought before the first version claims by it. */
  private LocalDate claimFrom(Program version) {
    return version.equals(programme.versions().get(0)) ? NEVER : version.effectiveFrom();
  }

  /** D+1T00:00 of the installation: facts from here on are not decided tonight. */
  Instant cut() {
    return date.plusDays(1).atStartOfDay(zone()).toInstant();
  }

  /** Where the rows of this run lie between read and join. */
  Scratch scratch() {
    Path folder = home.scratch().resolve(date.toString()).resolve(Long.toString(lock.epoch()));
    String made =
        "night " + date + " epoch " + lock.epoch() + " mappings " + channels.hash() + "\n";
    return new Scratch(folder, made, shuffle.ranges());
  }

  String suffix() {
    return "n" + date.format(DateTimeFormatter.BASIC_ISO_DATE);
  }

  /** The statements of a step. */
  static Script script(String step) {
    return NIGHTLY.step(step);
  }

  /** The parameters of a script that follow from the night, by the names they have everywhere. */
  Map<String, Object> params(Script script) {
    var all = new HashMap<String, Object>();
    all.put("night", date);
    all.put("previous", previous);
    all.put("cut", cut());
    all.put("zone", zone().getId());
    all.put("claim_from", programme.versions().stream().map(this::claimFrom).toList());
    all.put("claim_days", programme.versions().stream().map(v -> v.claim().days()).toList());
    all.put("claim", rules().claim().days());
    all.put("match_days", rules().returns().matchDays());
    all.put("program_version", rules().version());
    all.put("hq", List.copyOf(home().config().staff().hq()));
    all.put("told_by_api", home().config().sync().byApi());
    all.put("rules_ask", programme.asksFacts());
    all.put("rates_ask", programme.asks("return_rate"));
    all.put("charges", programme.charges());
    all.put("standings_ask", programme.asks("pass", "tag", "segment"));
    all.put("slots", programme.slotRules());
    all.put("refills", programme.refillRules());
    all.put("ladders", programme.ladderRules());
    all.put("ladder_late", programme.ladderLateDays());
    all.put("limits", programme.limitRules());
    all.put("friend_limits", programme.friendLimitRules());
    all.put("member_limits", programme.memberLimitRules());
    all.keySet().retainAll(script.parameters());
    return all;
  }

  /** Runs a named statement of a script with the night's parameters; returns the rows it wrote. */
  long run(Connection connection, Script script, String statement) {
    progress.doing(statement);
    return script.statement(statement).run(connection, params(script));
  }

  /**
   * Runs, in file order, all statements of a script whose names begin so; returns the rows they
   * wrote.
   */
  long runAll(Connection connection, Script script, String prefix) {
    long rows = 0;
    for (String statement : script.names())
      if (statement.startsWith(prefix)) rows += run(connection, script, statement);
    return rows;
  }

  /**
   * Runs statements once for every leaf that the first one finds, so that what is asked of few is
   * not looked for in all that has been.
   *
   * @param leaves gives the leaves; the others have one as parameter {@code leaf}
   * @return rows they wrote
   */
  long runByLeaf(Connection connection, Script script, String leaves, String... statements) {
    Map<String, Object> params = params(script);
    List<LocalDate> found =
        script.statement(leaves).list(connection, params, row -> Columns.date(row, "leaf"));
    long rows = 0;
    for (String statement : statements) {
      progress.doing(statement);
      for (LocalDate leaf : found) {
        params.put("leaf", leaf);
        rows += script.statement(statement).run(connection, params);
      }
    }
    return rows;
  }
}
