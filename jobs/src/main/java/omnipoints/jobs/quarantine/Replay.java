package omnipoints.jobs.quarantine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import omnipoints.facts.FactRecord;
import omnipoints.facts.OrderKeys;
import omnipoints.facts.RejectReason;
import omnipoints.facts.Sha256;
import omnipoints.jobs.Home;
import omnipoints.jobs.NightRefused;
import omnipoints.jobs.Setup;
import omnipoints.jobs.quarantine.ReplayedRow.Role;
import omnipoints.mappings.LineWorth;
import omnipoints.mappings.RawRow;
import omnipoints.mappings.RawRows;
import omnipoints.routes.Archive;
import omnipoints.sql.Database;
import omnipoints.sql.Script;
import omnipoints.sql.Statements;

/**
 * Reads rejected rows again: as they stand, for after a mapping was corrected, or edited. Each file
 * they come from gives one small delivery, which the next night that collects reads like any other;
 * a reject is settled once its row was read there without one.
 *
 * <p>Planning writes nothing. Of one file at most one replay waits: a new one carries the rows of
 * the one before, which it replaces.
 */
public final class Replay {

  static final String LIMIT = RejectReason.LIMIT.name();
  static final Script SETTLE = Statements.job("quarantine").step("settle");

  private final Home home;
  private final boolean force;
  private final Set<String> limits = new HashSet<>();
  private final List<Delivery> deliveries = new ArrayList<>();
  private final List<Skipped> skipped = new ArrayList<>();

  /**
   * A delivery to be registered.
   *
   * @param rows in the order of the file they come from
   * @param waits the very same is registered already
   */
  public record Delivery(
      Reject.Source source,
      String file,
      byte[] bytes,
      String sha256,
      List<ReplayedRow> rows,
      boolean waits,
      List<SourceReplay.Known> known) {}

  /** A reject that is not replayed; {@code rejects} when it would be rejected again. */
  public record Skipped(String id, Why why, List<FactRecord.Reject> rejects) {}

  /** Why a reject is left alone. */
  public enum Why {
    REPLAYED,
    WAITING,
    STILL_REJECTED,
    /** Its file stands as a whole, and a later one takes its place. */
    SNAPSHOT
  }

  private Replay(Home home, boolean force) {
    this.home = home;
    this.force = force;
  }

  /**
   * Finds out what would be read. Of rejects chosen by filters, those that would be rejected again
   * are left out and told; those named one by one are kept.
   *
   * @throws NightRefused 2 an unknown column; 7 a night is reading one of them right now; 8 the
   *     file or row is not read by today's mapping
   */
  public static Replay plan(Home home, Database database, ReplayRequest request) {
    Replay replay = new Replay(home, request.force());
    Setup setup = Setup.load(home);
    try (Connection connection = database.connection()) {
      Map<Reject.Source, List<Reject>> bySource = new LinkedHashMap<>();
      for (Reject reject : Reject.select(connection, request.selection())) {
        if (replay.isToRead(reject, request))
          bySource.computeIfAbsent(reject.source(), source -> new ArrayList<>()).add(reject);
      }
      for (var entry : bySource.entrySet()) {
        List<SourceReplay.Known> known = known(connection, entry.getKey());
        var source = new SourceReplay(home, setup.channels(), entry.getKey(), known);
        if (RawRows.snapshot(source.recognised().document())) {
          replay.leaveSnapshot(entry.getKey(), entry.getValue(), request);
          continue;
        }
        replay.add(source, entry.getKey(), entry.getValue(), known, request);
      }
      return replay;
    } catch (SQLException e) {
      throw new NightRefused(
          9, "DB_FAILED", e.getMessage(), List.of("./omnipoints quarantine list"));
    }
  }

  // One row of it, read later, would stand for all customers of the platform.
  private void leaveSnapshot(Reject.Source source, List<Reject> rejects, ReplayRequest request) {
    if (request.selection().byId()) {
      String id = rejects.get(0).id();
      throw new NightRefused(
          8,
          "SNAPSHOT",
          source.file() + " tells all balances at once; one row of it cannot be read again",
          List.of(
              "deliver a corrected or newer file",
              "./omnipoints quarantine waive " + id + " --because 'a newer file came'"));
    }
    rejects.forEach(reject -> skipped.add(new Skipped(reject.id(), Why.SNAPSHOT, List.of())));
  }

  private boolean isToRead(Reject reject, ReplayRequest request) {
    boolean named = request.selection().byId();
    if (reject.state().equals("REPLAYED")) {
      if (named) skipped.add(new Skipped(reject.id(), Why.REPLAYED, List.of()));
      return false;
    }
    if (!named && !reject.open()) return false;
    if (reject.reason().equals(LIMIT)) {
      // What a mapping mends is read again by the hundred; what is above a limit is let in
      // knowingly.
      if (!named && !request.selection().reason().equals(LIMIT)) {
        skipped.add(new Skipped(reject.id(), Why.STILL_REJECTED, List.of()));
        return false;
      }
      limits.add(reject.id());
    }
    if (reject.last().taken() != null) {
      if (!named) {
        skipped.add(new Skipped(reject.id(), Why.WAITING, List.of()));
        return false;
      }
      throw new NightRefused(
          7,
          "NIGHT_READS_IT",
          "night " + reject.last().taken() + " has taken the replay of " + reject.id(),
          List.of("./omnipoints restart " + reject.last().taken()));
    }
    if (reject.last().waiting() && !request.edits().containsKey(reject.id())) {
      skipped.add(new Skipped(reject.id(), Why.WAITING, List.of()));
      return false;
    }
    return true;
  }

  static List<SourceReplay.Known> known(Connection connection, Reject.Source source) {
    return Reject.SQL
        .statement("of_source")
        .list(
            connection,
            Map.of(
                "channel", source.channel(),
                "shop", source.shop(),
                "document", source.document(),
                "sha256", source.sha256()),
            row ->
                new SourceReplay.Known(
                    row.getString("id"),
                    row.getInt("row"),
                    row.getString("column_name"),
                    row.getString("state"),
                    row.getString("record_masked"),
                    Reject.Replayed.of(row)));
  }

  private void add(
      SourceReplay replay,
      Reject.Source source,
      List<Reject> rejects,
      List<SourceReplay.Known> known,
      ReplayRequest request) {
    Map<Integer, Map<Integer, String>> targets = new TreeMap<>();
    for (Reject reject : rejects) {
      Map<Integer, String> cells = targets.computeIfAbsent(reject.row(), row -> new TreeMap<>());
      request
          .edits()
          .getOrDefault(reject.id(), Map.of())
          .forEach((name, edit) -> cells.put(replay.column(name, edit.seen()), edit.text()));
    }
    Set<Integer> carried =
        known.stream()
            .filter(reject -> reject.last().waiting())
            .map(SourceReplay.Known::row)
            .collect(Collectors.toCollection(TreeSet::new));
    carried.removeAll(targets.keySet());
    SourceReplay.Draft draft = replay.compose(targets, carried);
    while (!request.selection().byId() && leaveOutFailing(draft, targets)) {
      if (targets.isEmpty()) return;
      draft = replay.compose(targets, carried);
    }
    String sha256 = Sha256.hex(draft.bytes());
    boolean waits =
        known.stream()
            .anyMatch(reject -> reject.last().waiting() && reject.last().sha256().equals(sha256));
    deliveries.add(
        new Delivery(source, draft.file(), draft.bytes(), sha256, draft.rows(), waits, known));
  }

  private boolean leaveOutFailing(
      SourceReplay.Draft draft, Map<Integer, Map<Integer, String>> targets) {
    if (force) return false;
    boolean any = false;
    for (ReplayedRow row : draft.rows()) {
      if (row.role() != Role.TARGET || !row.fails()) continue;
      targets.remove(row.sourceRow());
      row.ids().forEach(id -> skipped.add(new Skipped(id, Why.STILL_REJECTED, row.rejects())));
      any = true;
    }
    return any;
  }

  public List<Delivery> deliveries() {
    return List.copyOf(deliveries);
  }

  public List<Skipped> skipped() {
    return List.copyOf(skipped);
  }

  /** The rows asked for that would be rejected again. */
  public List<ReplayedRow> stillRejected() {
    return deliveries.stream()
        .flatMap(delivery -> delivery.rows().stream())
        .filter(row -> row.role() == Role.TARGET && row.fails())
        .toList();
  }

  /**
   * Archives and registers the deliveries for the next night that collects, and writes down who did
   * what and why, masked. Those that wait already are left as they are.
   *
   * @throws NightRefused 8 STILL_REJECTED without force; 7 something changed since the plan; then
   *     nothing is registered
   */
  public void register(Database database, Instant at, String actor, String because) {
    List<ReplayedRow> failing = stillRejected();
    if (!failing.isEmpty() && !force) throw stillRejected(failing);
    List<Delivery> fresh = deliveries.stream().filter(delivery -> !delivery.waits()).toList();
    for (Delivery delivery : fresh) archive(home, delivery.bytes());
    database.transact(
        connection -> {
          SETTLE.statement("alone").run(connection, Map.of());
          for (Delivery delivery : fresh) {
            register(connection, delivery, at, actor, because);
            accept(connection, delivery);
          }
        });
  }

  private static NightRefused stillRejected(List<ReplayedRow> failing) {
    String which =
        failing.stream()
            .limit(5)
            .map(
                row ->
                    String.join(" ", row.ids())
                        + ": "
                        + row.rejects().stream()
                            .map(
                                reject ->
                                    reject.reason() + " " + reject.column() + " " + reject.value())
                            .map(String::strip)
                            .collect(Collectors.joining(", ")))
            .collect(Collectors.joining("; "));
    String id = failing.get(0).ids().get(0);
    return new NightRefused(
        8,
        "STILL_REJECTED",
        failing.size() + " row(s) would be rejected again: " + which + "; nothing was registered",
        List.of(
            "./omnipoints quarantine show " + id,
            "./omnipoints quarantine replay " + id + " --set 'COLUMN=VALUE' --dry-run",
            "or correct the mapping in mappings/ of the home and repeat the command"));
  }

  /**
   * Archives the bytes of a delivery that is made here; before the transaction that speaks of it.
   *
   * @throws NightRefused 9 they cannot be written
   */
  static void archive(Home home, byte[] bytes) {
    try {
      new Archive(home.archive()).store(new ByteArrayInputStream(bytes), bytes.length);
    } catch (IOException e) {
      throw new NightRefused(
          9,
          "CANNOT_WRITE",
          e.getMessage(),
          List.of("free space or mend the permissions there, then repeat the command"));
    }
  }

  /** Registers a delivery that is made here for the next night that collects. */
  static void register(
      Connection connection, Reject.Source source, String file, String sha256, byte[] bytes) {
    SETTLE
        .statement("register")
        .run(
            connection,
            Map.of(
                "channel",
                source.channel(),
                "shop",
                source.shop(),
                "file",
                file,
                "sha256",
                sha256,
                "bytes",
                (long) bytes.length));
  }

  private static void register(
      Connection connection, Delivery delivery, Instant at, String actor, String because) {
    Reject.Source source = delivery.source();
    if (!known(connection, source).equals(delivery.known())) throw changed();
    Map<String, Object> place = new HashMap<>();
    place.put("channel", source.channel());
    place.put("shop", source.shop());
    Set<String> before = new HashSet<>();
    for (SourceReplay.Known reject : delivery.known())
      if (reject.last().waiting()) before.add(reject.last().sha256());
    for (String sha256 : before) {
      place.put("sha256", sha256);
      if (SETTLE.statement("withdraw").run(connection, place) == 0) throw changed();
    }
    register(connection, source, delivery.file(), delivery.sha256(), delivery.bytes());
    act(connection, delivery, at, actor, because);
  }

  /** A row above a limit that a person has it read again is let in as it then is. */
  private void accept(Connection connection, Delivery delivery) {
    OrderKeys keys = new OrderKeys();
    for (ReplayedRow row : delivery.rows()) {
      RawRow after = row.after();
      boolean known = after.shop() != null && after.order() != null;
      if (!known || row.role() != Role.TARGET || row.ids().stream().noneMatch(limits::contains))
        continue;
      SETTLE
          .statement("accept")
          .run(
              connection,
              Map.of(
                  "order_key",
                  keys.of(delivery.source().channel(), after.shop(), after.order()),
                  "line_fen",
                  LineWorth.most(after.records()),
                  "order_rows",
                  wholeOrder(delivery, row) ? Long.MAX_VALUE : 0L));
    }
  }

  /** Whether the reject is about the number of rows, not about a cell. */
  private static boolean wholeOrder(Delivery delivery, ReplayedRow row) {
    return delivery.known().stream()
        .anyMatch(reject -> row.ids().contains(reject.id()) && reject.column().isEmpty());
  }

  private static void act(
      Connection connection, Delivery delivery, Instant at, String actor, String because) {
    var ids = new ArrayList<String>();
    var rows = new ArrayList<Integer>();
    var before = new ArrayList<String>();
    var after = new ArrayList<String>();
    for (ReplayedRow row : delivery.rows()) {
      for (String id : row.ids()) {
        ids.add(id);
        rows.add(row.after().row());
        before.add(row.before().masked());
        after.add(row.after().masked());
      }
    }
    var params = new HashMap<String, Object>();
    params.put("ids", ids);
    params.put("rows", rows);
    params.put("before", before);
    params.put("after", after);
    params.put("action", "REPLAY");
    params.put("at", at);
    params.put("actor", actor);
    params.put("because", because);
    params.put("sha256", delivery.sha256());
    SETTLE.statement("act").run(connection, params);
  }

  private static NightRefused changed() {
    return new NightRefused(
        7,
        "CHANGED_MEANWHILE",
        "a night or another person has settled or taken some of these rejects meanwhile; nothing"
            + " was registered",
        List.of("repeat the command", "./omnipoints quarantine list"));
  }
}
