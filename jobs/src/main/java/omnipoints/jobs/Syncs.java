package omnipoints.jobs;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import omnipoints.routes.Pause;
import omnipoints.routes.pull.SyncFacts;
import omnipoints.routes.pull.SyncSettings;
import omnipoints.routes.pull.Syncer;
import omnipoints.sql.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells platforms over HTTP what members may spend, as of the last night whose files are written:
 * the difference to what each took last. It is done after a night, outside its lock, or by hand; it
 * fails no night. One process does it at a time.
 */
public final class Syncs {

  private static final Logger LOG = LoggerFactory.getLogger(Syncs.class);

  /** A member whom a platform refused in so many nights is asked for by hand, or once he moves. */
  private static final int ATTEMPTS = 3;

  private static final int STILL_SENDING = 7;

  private Syncs() {}

  /**
   * What became of one platform.
   *
   * @param due requests that were to be sent, or would be
   * @param taken members whose points it took
   * @param refused members it refused
   * @param unanswered members of whom nobody knows
   * @param stopped why it ended before all were told; empty: they were
   */
  public record Sent(
      String platform, int due, int taken, int refused, int unanswered, String stopped) {}

  /**
   * How one platform stands.
   *
   * @param taken requests it took so far
   * @param open members whose points it was not told, or does not take
   * @param unanswered of them, those of whom nobody knows
   * @param lastNight the last night of which it took something, or null
   */
  public record Standing(
      String platform,
      boolean api,
      long taken,
      long open,
      long unanswered,
      LocalDate lastNight,
      List<Left> left) {}

  /**
   * A request that is not settled.
   *
   * @param theirs what the platform says the member has, or null
   */
  public record Left(
      String platform,
      String requestNo,
      String memberId,
      LocalDate night,
      long before,
      long points,
      String state,
      int attempts,
      String reason,
      Long theirs) {}

  /** After a night: what is due, quietly. */
  static void afterNight(Home home, Database database, Clock clock) {
    if (home.config().sync().byApi().isEmpty()) return;
    try {
      for (Sent sent : send(home, database, clock, Pause.real(), null, ATTEMPTS))
        if (!sent.stopped().isEmpty()) LOG.warn("sync.{}: {}", sent.platform(), sent.stopped());
    } catch (RuntimeException e) {
      // The night is closed and delivered: whatever it is, the next one tells what is left.
      LOG.warn("sync: {}", e.getMessage());
    }
  }

  /**
   * Tells the platforms what the last night says.
   *
   * @param platformOrNull one of them only
   * @throws NightRefused exit 2: nobody is told over HTTP; exit 7: another process does it; exit 8:
   *     no night has anything to tell yet
   */
  public static List<Sent> send(Home home, Database database, Clock clock, String platformOrNull) {
    return send(home, database, clock, Pause.real(), platformOrNull, Integer.MAX_VALUE);
  }

  static List<Sent> send(
      Home home, Database database, Clock clock, Pause pause, String platformOrNull, int attempts) {
    List<SyncConfig.Platform> platforms = platforms(home, platformOrNull);
    List<Sent> all = new ArrayList<>();
    try (Connection holding = database.connection()) {
      if (!holds(holding))
        throw new NightRefused(
            STILL_SENDING,
            "STILL_SENDING",
            "another process tells platforms right now",
            List.of("./omnipoints sync status"));
      try {
        for (SyncConfig.Platform platform : platforms)
          all.add(tell(home, database, clock, pause, platform, attempts));
      } finally {
        SyncRows.SQL.statement("release").list(holding, Map.of(), row -> row.getBoolean(1));
      }
    } catch (SQLException e) {
      throw Database.failure("telling platforms", e);
    }
    return all;
  }

  private static boolean holds(Connection connection) {
    return SyncRows.SQL
        .statement("try")
        .one(connection, Map.of(), row -> row.getBoolean(1))
        .orElse(false);
  }

  private static Sent tell(
      Home home,
      Database database,
      Clock clock,
      Pause pause,
      SyncConfig.Platform platform,
      int attempts) {
    var rows = new SyncRows(database, clock, platform.word(), attempts);
    SyncSettings settings = settings(home, platform);
    var syncer = new Syncer(settings, rows, clock, pause);
    int repeated = settings.repeats() ? rows.unanswered().size() : 0;
    Syncer.End again = syncer.again();
    rows.plan(params(home, platform));
    int due = rows.due().size();
    String stopped = again.stoppedOrNull();
    Syncer.End end = new Syncer.End(0, 0, stopped);
    if (stopped == null) end = syncer.run();
    else rows.stopped(stopped);
    return new Sent(
        platform.word(),
        repeated + due,
        again.taken() + end.taken(),
        again.refused() + end.refused(),
        rows.unanswered().size(),
        end.stoppedOrNull() == null ? "" : end.stoppedOrNull());
  }

  private static SyncSettings settings(Home home, SyncConfig.Platform platform) {
    SyncConfig.Target target = home.config().sync().platforms().get(platform);
    SyncConfig.Api api = target.apiOrNull();
    return new SyncSettings(
        home.dir(),
        platform.word(),
        target.house(),
        api.urlOrNull(),
        api.callsPerSecond(),
        api.budget(),
        api.countsOnce());
  }

  private static Map<String, Object> params(Home home, SyncConfig.Platform platform) {
    Map<String, Object> params = new HashMap<>();
    params.put("platform", platform.word());
    params.put("kind", platform.kind);
    params.put("zone", home.config().zone().getId());
    params.put("levels", SyncFacts.of(platform.word()).levels());
    return params;
  }

  /** What would be sent now; nothing is changed. */
  public static List<Sent> wouldSend(
      Home home, Database database, Clock clock, String platformOrNull) {
    List<Sent> all = new ArrayList<>();
    for (SyncConfig.Platform platform : platforms(home, platformOrNull)) {
      var rows = new SyncRows(database, clock, platform.word(), Integer.MAX_VALUE);
      boolean repeats = settings(home, platform).repeats();
      int unanswered = rows.unanswered().size();
      int due = database.undone(connection -> planned(connection, home, platform));
      all.add(new Sent(platform.word(), due + (repeats ? unanswered : 0), 0, 0, unanswered, ""));
    }
    return all;
  }

  private static int planned(Connection connection, Home home, SyncConfig.Platform platform) {
    SyncRows.planning(connection, params(home, platform));
    return SyncRows.due(connection, platform.word(), Integer.MAX_VALUE).size();
  }

  private static List<SyncConfig.Platform> platforms(Home home, String platformOrNull) {
    List<SyncConfig.Platform> platforms = new ArrayList<>();
    home.config()
        .sync()
        .platforms()
        .forEach(
            (platform, target) -> {
              boolean asked = platformOrNull == null || platformOrNull.equals(platform.word());
              if (asked && target.apiOrNull() != null) platforms.add(platform);
            });
    if (platforms.isEmpty())
      throw new NightRefused(
          2,
          "NOT_TOLD",
          (platformOrNull == null ? "no platform is" : platformOrNull + " is not")
              + " told over HTTP what members may spend",
          List.of("say transport: api below sync.<platform> in omnipoints.yaml"));
    return platforms;
  }

  /** The last night whose files are written; null: there is none. */
  public static LocalDate lastNight(Database database) {
    return database.inTransaction(
        connection ->
            SyncRows.SQL
                .statement("last_extract")
                .list(connection, Map.of(), row -> Columns.date(row, 1))
                .get(0));
  }

  /** How every platform of the home stands. */
  public static List<Standing> standings(Home home, Database database) {
    List<Standing> all = new ArrayList<>();
    home.config()
        .sync()
        .platforms()
        .forEach(
            (platform, target) ->
                all.add(
                    database.inTransaction(
                        connection -> standing(connection, platform, target.apiOrNull() != null))));
    return all;
  }

  private static Standing standing(
      Connection connection, SyncConfig.Platform platform, boolean api) {
    Map<String, Object> of = Map.of("platform", platform.word());
    List<Left> left =
        SyncRows.SQL.statement("left").list(connection, of, row -> left(platform.word(), row));
    return SyncRows.SQL
        .statement("counts")
        .one(
            connection,
            of,
            row ->
                new Standing(
                    platform.word(),
                    api,
                    row.getLong("taken"),
                    row.getLong("open"),
                    row.getLong("unanswered"),
                    Columns.date(row, "last_night"),
                    left))
        .orElseThrow();
  }

  private static Left left(String platform, ResultSet row) throws SQLException {
    return new Left(
        platform,
        row.getString("request_no"),
        row.getString("member_id"),
        Columns.date(row, "night"),
        row.getLong("before_points"),
        row.getLong("points"),
        row.getString("state"),
        row.getInt("attempts"),
        row.getString("reason"),
        Columns.number(row, "theirs"));
  }

  /**
   * Says what became of a request that has no answer: somebody looked at the platform.
   *
   * @param because who says so, and why
   * @return whether there was such a request without an answer
   */
  public static boolean settle(
      Database database,
      Clock clock,
      String platform,
      String number,
      boolean taken,
      String because) {
    var rows = new SyncRows(database, clock, platform, Integer.MAX_VALUE);
    return database.inTransaction(
        connection ->
            taken
                ? rows.taken(connection, number, null, because)
                : rows.refused(connection, number, because));
  }
}
