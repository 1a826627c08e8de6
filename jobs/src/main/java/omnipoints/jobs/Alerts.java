package omnipoints.jobs;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import omnipoints.routes.alert.Chat;
import omnipoints.routes.alert.Chat.Sent;
import omnipoints.routes.alert.Message;
import omnipoints.sql.Database;
import omnipoints.sql.DatabaseFailure;
import omnipoints.sql.Script;
import omnipoints.sql.Statements;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages to people: one digest per finished night, one message per new problem. They are written
 * to an outbox in the database first and sent from there, at least once, again with growing pauses
 * until they are taken or a day has passed. Failing to write or send them fails nothing.
 */
public final class Alerts {

  private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);
  private static final Script SQL = Statements.job("run").step("alerts");

  /** With the digest and the message that counts the rest, what goes out within a minute. */
  private static final int PROBLEMS_TOLD = 8;

  private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
  private static final int DOUBLINGS = 6;
  private static final Duration GIVEN_UP_AFTER = Duration.ofDays(1);

  /** Ends that somebody asked for, or that nobody has to do anything about yet. */
  private static final Set<String> NO_PROBLEM =
      Set.of(NightRefused.WAITING, "STOPPED", "FUTURE_DATE", "BEFORE_FIRST_NIGHT");

  private static final int RUNS_ELSEWHERE = 7;

  private Alerts() {}

  /** Tells that a night ended without closing, once per reason. */
  static void failed(Home home, Database database, NightRequest request, NightRefused why) {
    if (NO_PROBLEM.contains(why.code()) || why.exit() == RUNS_ELSEWHERE) return;
    LocalDate night = request.date();
    Clock clock = request.clock();
    home.config()
        .alerts()
        .forEach(
            (target, of) ->
                quietly(
                    () ->
                        database.transact(
                            connection ->
                                put(
                                    connection,
                                    clock,
                                    target,
                                    new AlertText(of.chinese()).failed(night, why)))));
    send(home, database, clock);
  }

  /** Puts down that a night is not closed by its deadline, once. */
  public static void late(
      Home home, Database database, Clock clock, LocalDate night, Instant deadline) {
    home.config()
        .alerts()
        .forEach(
            (target, of) ->
                quietly(
                    () ->
                        database.transact(
                            connection ->
                                put(
                                    connection,
                                    clock,
                                    target,
                                    new AlertText(of.chinese())
                                        .late(night, deadline.atZone(home.config().zone()))))));
  }

  /** Puts down what is new of finished nights, and sends what is due, as fast as is allowed. */
  public static void send(Home home, Database database, Clock clock) {
    home.config()
        .alerts()
        .forEach(
            (target, of) ->
                quietly(
                    () -> {
                      database.transact(connection -> gather(connection, clock, target, of));
                      Chat chat = Chat.of(home.secrets(), target, of.kind());
                      while (sendOne(database, clock, target, of, chat))
                        LOG.debug("told {}", target);
                    }));
  }

  private interface Work {
    void run() throws SQLException;
  }

  private static void quietly(Work work) {
    try {
      work.run();
    } catch (SQLException | DatabaseFailure | IllegalArgumentException e) {
      LOG.warn("alerts: {}", e.getMessage());
    }
  }

  private record Finished(LocalDate night, int exit) {}

  private static void gather(Connection connection, Clock clock, String target, AlertConfig of) {
    List<Finished> untold =
        SQL.statement("untold")
            .list(
                connection,
                Map.of("target", target),
                row -> new Finished(Columns.date(row, "night"), row.getInt("exit_code")));
    var text = new AlertText(of.chinese());
    for (Finished night : untold) {
      put(connection, clock, target, digest(connection, night, text));
      problems(connection, night.night(), text).forEach(one -> put(connection, clock, target, one));
    }
  }

  private static Message digest(Connection connection, Finished night, AlertText text) {
    Map<String, Object> of = Map.of("night", night.night());
    var opened = new TreeMap<String, Long>();
    SQL.statement("opened")
        .forEachRow(
            connection, of, row -> opened.put(row.getString("type"), row.getLong("opened")));
    return text.digest(
        night.night(),
        night.exit(),
        SQL.statement("points")
            .one(
                connection,
                of,
                row ->
                    new AlertText.Points(
                        row.getLong("earned"),
                        row.getLong("released"),
                        row.getLong("clawed_back"),
                        row.getLong("redeemed"),
                        row.getLong("expired")))
            .orElseThrow(),
        SQL.statement("rows")
            .one(
                connection,
                of,
                row ->
                    new AlertText.Rows(
                        row.getLong("files"), row.getLong("rows_in"), row.getLong("rejected")))
            .orElseThrow(),
        SQL.statement("missing").list(connection, of, row -> row.getString(1)),
        opened);
  }

  private static List<Message> problems(Connection connection, LocalDate night, AlertText text) {
    List<AlertText.Problem> all =
        SQL.statement("problems")
            .list(
                connection,
                Map.of("night", night),
                row ->
                    new AlertText.Problem(
                        row.getString("id"),
                        row.getString("type"),
                        row.getString("channel"),
                        row.getString("shop")));
    var told =
        new ArrayList<>(
            all.stream().limit(PROBLEMS_TOLD).map(one -> text.problem(night, one)).toList());
    if (all.size() > PROBLEMS_TOLD) told.add(text.more(night, all.size() - PROBLEMS_TOLD));
    return told;
  }

  private static void put(Connection connection, Clock clock, String target, Message message) {
    SQL.statement("put")
        .run(
            connection,
            Map.of(
                "target", target,
                "key", message.key(),
                "kind", message.kind(),
                "night", message.night(),
                "title", message.title(),
                "body", message.text(),
                "now", clock.instant()));
  }

  private record Due(Message message, int attempts, Instant madeAt) {}

  /** Sends one message; false: none is due, this minute is full, or it was not taken. */
  private static boolean sendOne(
      Database database, Clock clock, String target, AlertConfig of, Chat chat) {
    return database.inTransaction(
        connection -> {
          Instant now = clock.instant();
          Map<String, Object> at = Map.of("target", target, "now", now);
          long lately =
              SQL.statement("sent_lately").one(connection, at, row -> row.getLong(1)).orElse(0L);
          if (lately >= of.perMinute()) return false;
          Due due = SQL.statement("due").one(connection, at, Alerts::due).orElse(null);
          if (due == null) return false;
          Sent sent = chat.send(due.message(), now);
          var params =
              new HashMap<String, Object>(Map.of("target", target, "key", due.message().key()));
          if (sent.taken()) {
            params.put("now", now);
            SQL.statement("sent").run(connection, params);
            return true;
          }
          Instant next = now.plus(pause(due.attempts(), sent.after()));
          params.put("next_at", next);
          params.put("reason", sent.reason());
          params.put("given_up", now.isAfter(due.madeAt().plus(GIVEN_UP_AFTER)));
          SQL.statement("later").run(connection, params);
          SQL.statement("rest").run(connection, Map.of("target", target, "next_at", next));
          LOG.warn("alerts.{}: {} was not taken: {}", target, due.message().key(), sent.reason());
          return false;
        });
  }

  private static Due due(ResultSet row) throws SQLException {
    return new Due(
        new Message(
            row.getString("key"),
            row.getString("kind"),
            Columns.date(row, "night"),
            row.getString("title"),
            row.getString("body")),
        row.getInt("attempts"),
        Columns.instant(row, "made_at"));
  }

  /** 1, 2, 4 … minutes to an hour; longer where the receiver says so. */
  static Duration pause(int attempts, Duration asked) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts, DOUBLINGS));
    if (pause.compareTo(LONGEST_PAUSE) > 0) pause = LONGEST_PAUSE;
    return pause.compareTo(asked) < 0 ? asked : pause;
  }
}
