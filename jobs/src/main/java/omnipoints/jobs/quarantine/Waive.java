package omnipoints.jobs.quarantine;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import omnipoints.jobs.Home;
import omnipoints.jobs.NightRefused;
import omnipoints.jobs.RunLock;
import omnipoints.sql.Database;

/**
 * Gives rejects up: they stay unread for good, and their orders are decided without them by the
 * next open night. What else their deliveries say of those orders was withheld and is read by the
 * next night that collects. Writes as a night writes, under the run lock, so that none decides in
 * between.
 *
 * <p>What was rejected for a limit has no other fault: waived, it is let in as it is. The next
 * night that collects reads the row again, and later ones do not stop it for as much.
 */
public final class Waive {

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private Waive() {}

  /**
   * What was done.
   *
   * @param waived the rejects
   * @param letIn those of them that were above a limit, and others of the same orders: they are
   *     read again and not given up
   * @param settled ids that were not open any more, left alone
   * @param unparked orders that the next open night decides
   * @param parked orders that wait for other rejects of theirs
   * @param withheld rows of their orders that the next night that collects reads
   * @param night the next open night, null before the first night is closed and when nothing was
   *     waived
   */
  public record Outcome(
      List<String> waived,
      List<String> letIn,
      List<String> settled,
      List<String> unparked,
      List<String> parked,
      int withheld,
      LocalDate night) {}

  private record Unfinished(LocalDate night, boolean merged) {}

  /** The rejects that would be waived, writing nothing. */
  public static List<Reject> plan(Database database, Reject.Selection selection) {
    try (Connection connection = database.connection()) {
      return Reject.select(connection, selection).stream().filter(Reject::open).toList();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /**
   * Waives the open ones of the selected rejects.
   *
   * @throws NightRefused 7 a night is running, or somebody has settled some of them meanwhile; 8 a
   *     night that has looked at them is not finished, or no mapping reads their file any more; 9
   *     their file is not in the archive
   */
  public static Outcome run(
      Home home,
      Database database,
      Clock clock,
      Reject.Selection selection,
      String actor,
      String because) {
    List<Reject> open = plan(database, selection);
    Set<String> limits = aboveLimits(database, open);
    if (limits.isEmpty()) return giveUp(home, database, clock, selection, actor, because);
    Replay.plan(home, database, new ReplayRequest(Reject.Selection.of(limits), Map.of(), false))
        .register(database, clock.instant(), actor, because);
    Set<String> others = new TreeSet<>();
    if (selection.byId()) others.addAll(selection.ids());
    else open.forEach(reject -> others.add(reject.id()));
    others.removeAll(limits);
    Outcome rest = giveUp(home, database, clock, Reject.Selection.of(others), actor, because);
    List<String> waived = new ArrayList<>(rest.waived());
    waived.addAll(limits);
    return new Outcome(
        waived,
        List.copyOf(limits),
        rest.settled(),
        rest.unparked(),
        rest.parked(),
        rest.withheld(),
        rest.night());
  }

  private static Set<String> aboveLimits(Database database, List<Reject> open) {
    List<String> ids = open.stream().map(Reject::id).toList();
    try (Connection connection = database.connection()) {
      return new TreeSet<>(
          Reject.SQL
              .statement("above_limits")
              .list(connection, Map.of("ids", ids), row -> row.getString(1)));
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static Outcome giveUp(
      Home home,
      Database database,
      Clock clock,
      Reject.Selection selection,
      String actor,
      String because) {
    try (RunLock lock = RunLock.take(database, clock, PATIENCE)) {
      List<Reject> open = plan(database, selection);
      refuseWaiting(open);
      List<WithheldRows> withheld = WithheldRows.of(home, database, open);
      withheld.forEach(rows -> rows.archive(home));
      return database.inTransaction(
          connection -> {
            lock.fence(connection);
            Replay.SETTLE.statement("alone").run(connection, Map.of());
            return waive(connection, clock, selection, withheld, actor, because);
          });
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static Outcome waive(
      Connection connection,
      Clock clock,
      Reject.Selection selection,
      List<WithheldRows> withheld,
      String actor,
      String because) {
    List<Reject> open = new ArrayList<>();
    List<String> settled = new ArrayList<>();
    for (Reject reject : Reject.select(connection, selection)) {
      if (reject.open()) open.add(reject);
      else if (selection.byId()) settled.add(reject.id());
    }
    List<String> ids = open.stream().map(Reject::id).toList();
    if (ids.isEmpty()) return new Outcome(ids, List.of(), settled, List.of(), List.of(), 0, null);
    refuseChanged(open, withheld);
    LocalDate night = nextOpen(connection);
    var params = new HashMap<String, Object>(Map.of("ids", ids));
    params.put("night", night);
    Replay.SETTLE.statement("waive").run(connection, params);
    List<String> unparked =
        Replay.SETTLE.statement("unparked").list(connection, params, row -> row.getString(1));
    List<String> parked =
        Replay.SETTLE
            .statement("still_parked")
            .list(connection, Map.of("ids", ids), row -> row.getString(1));
    for (WithheldRows rows : withheld) {
      rows.register(connection);
      act(connection, clock, rows, actor, because);
    }
    int rows = withheld.stream().mapToInt(WithheldRows::rows).sum();
    return new Outcome(ids, List.of(), settled, unparked, parked, rows, night);
  }

  // The withheld rows were composed for the rejects as they stood then.
  private static void refuseChanged(List<Reject> open, List<WithheldRows> withheld) {
    Set<Reject> planned = new HashSet<>();
    withheld.forEach(rows -> planned.addAll(rows.givenUp()));
    if (planned.equals(Set.copyOf(open))) return;
    throw new NightRefused(
        7,
        "CHANGED_MEANWHILE",
        "somebody has settled some of these rejects meanwhile; nothing was waived",
        List.of("repeat the command", "./omnipoints quarantine list"));
  }

  // The night would read what was just given up.
  private static void refuseWaiting(List<Reject> open) {
    List<String> waiting =
        open.stream()
            .filter(reject -> reject.last().waiting() || reject.last().taken() != null)
            .map(Reject::id)
            .toList();
    if (waiting.isEmpty()) return;
    throw new NightRefused(
        8,
        "REPLAY_WAITS",
        "a replay waits for the next night: " + String.join(", ", waiting),
        List.of("./omnipoints nightly", "./omnipoints quarantine show " + waiting.get(0)));
  }

  private static LocalDate nextOpen(Connection connection) {
    Optional<Unfinished> unfinished =
        Replay.SETTLE
            .statement("unfinished")
            .one(
                connection,
                Map.of(),
                row ->
                    new Unfinished(
                        row.getObject("night", LocalDate.class), row.getBoolean("merged")));
    if (unfinished.isPresent()) {
      LocalDate night = unfinished.get().night();
      if (!unfinished.get().merged()) return night;
      throw new NightRefused(
          8,
          "NIGHT_UNFINISHED",
          "night " + night + " has looked at these rejects and is not finished",
          List.of("./omnipoints restart " + night + "   then repeat this command"));
    }
    return Replay.SETTLE
        .statement("next_open")
        .one(connection, Map.of(), row -> row.getObject("night", LocalDate.class))
        .orElseThrow();
  }

  private static void act(
      Connection connection, Clock clock, WithheldRows withheld, String actor, String because) {
    List<Reject> open = withheld.givenUp();
    var params = new HashMap<String, Object>();
    params.put("ids", open.stream().map(Reject::id).toList());
    params.put("rows", Collections.nCopies(open.size(), 0));
    params.put("before", open.stream().map(Reject::recordMasked).toList());
    params.put("after", Collections.nCopies(open.size(), ""));
    params.put("action", "WAIVE");
    params.put("at", clock.instant());
    params.put("actor", actor);
    params.put("because", because);
    params.put("sha256", withheld.sha256());
    Replay.SETTLE.statement("act").run(connection, params);
  }

  private static NightRefused failed(SQLException e) {
    return new NightRefused(
        9, "DB_FAILED", e.getMessage(), List.of("./omnipoints quarantine list"));
  }
}
