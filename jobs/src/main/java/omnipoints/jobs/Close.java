package omnipoints.jobs;

import java.sql.Connection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import omnipoints.sql.Script;
import omnipoints.sql.Statement;

/**
 * Step close: one fenced transaction attaches the night's tables, applies what they mean to the
 * projections, and writes the close. It is the commit point of everything the night decided.
 *
 * <p>What its two hashes are made of is said in {@link CloseHashes}.
 */
final class Close implements NightStep {

  private static final Script SQL = Night.script("close");
  private static final Script REDEEM = Night.script("redeem");
  private static final List<String> ATTACHED =
      List.of("entry", "lot", "lot_release", "allocation", "verdict", "posting", "due", "spend");
  private static final List<String> BY_ORDER = List.of("verdict", "posting", "due");

  @Override
  public String name() {
    return "close";
  }

  /** Attaching needs the ledger's tables for a moment; somebody may be reading them for long. */
  @Override
  public LockPatience patience(Night night) {
    return LockPatience.of(night.home().config().database().patience());
  }

  /** What people decide before a close is decided apart from it, so that they can look at it. */
  @Override
  public Counts prepare(Night night) {
    Optional<NightRefused> stopped =
        night
            .database()
            .inTransaction(
                connection -> {
                  night.lock().fence(connection);
                  return Gate.look(night, connection);
                });
    if (stopped.isPresent()) throw stopped.get();
    return Counts.NOTHING;
  }

  @Override
  public Counts apply(Night night, Connection connection, Counts prepared) {
    NightTables.Booked booked = booked(night, connection);
    night.run(connection, SQL, "class_totals");
    night.run(connection, SQL, "points_totals");
    night.run(connection, SQL, "liabilities");
    refuseDifference(night, connection);
    night.run(connection, SQL, "drop_orders");
    for (String table : ATTACHED) attach(night, connection, table);
    if (Tier.asked(night)) attach(night, connection, Tier.HISTORY);
    night.crash().reached("close:attached");
    changeLots(night, connection);
    for (String table : BY_ORDER) {
      night.runByLeaf(connection, SQL, "missing_" + table, "make_" + table, "join_" + table);
      night.runByLeaf(connection, SQL, "leaves_" + table, "change_" + table, "add_" + table);
    }
    night.runByLeaf(connection, SQL, "leaves_due", "hold_due");
    night.runAll(connection, SQL, "apply_");
    night.runAll(connection, REDEEM, "apply_");
    Draws.close(night, connection);
    Share.close(night, connection);
    Occasions.close(night, connection);
    if (Tier.asked(night)) Tier.close(night, connection);
    night.run(connection, SQL, "spent_tables");
    write(night, connection, booked);
    night.run(connection, SQL, "night_closed");
    return new Counts(booked.entries(), booked.entries(), 0);
  }

  private static NightTables.Booked booked(Night night, Connection connection) {
    return SQL.statement("booked")
        .one(
            connection,
            Map.of("night", night.date()),
            row -> new NightTables.Booked(row.getLong("entries"), row.getString("entry_root")))
        .orElseThrow();
  }

  /** A night without rows for a table leaves no partition behind. */
  private static void attach(Night night, Connection connection, String table) {
    boolean rows = one(night, connection, SQL.statement("rows_" + table)).equals("t");
    if (rows) {
      night.run(connection, SQL, "bound_" + table);
      night.run(connection, SQL, "attach_" + table);
    } else {
      night.run(connection, SQL, "drop_" + table);
    }
  }

  private static String one(Night night, Connection connection, Statement statement) {
    return statement.one(connection, night.params(SQL), row -> row.getString(1)).orElse("");
  }

  private static void refuseDifference(Night night, Connection connection) {
    SQL.statement("liability_differs")
        .one(
            connection,
            night.params(SQL),
            row -> row.getLong("liability") + " by shop, " + row.getLong("balances") + " by member")
        .ifPresent(
            difference -> {
              throw new NightRefused(
                  4,
                  "LIABILITY_DIFFERS",
                  "night " + night.date() + " is not closed: the points liability is " + difference,
                  List.of("./omnipoints status " + night.date()));
            });
  }

  /** What the night decided stands on what lots were then. */
  private static void changeLots(Night night, Connection connection) {
    long changed = night.runByLeaf(connection, SQL, "leaves_lot", "change_lot");
    long lots =
        SQL.statement("lots_to_change")
            .one(connection, night.params(SQL), row -> row.getLong("lots"))
            .orElseThrow();
    if (changed != lots)
      throw new NightRefused(
          4,
          "LOTS_DIFFER",
          "night "
              + night.date()
              + " is not closed: of "
              + lots
              + " lots that it changes "
              + (lots - changed)
              + " are no longer what they were when it decided",
          List.of("./omnipoints rerun " + night.date() + " --from post"));
  }

  private static void write(Night night, Connection connection, NightTables.Booked booked) {
    String[] before =
        SQL.statement("before")
            .one(
                connection,
                night.params(SQL),
                row -> new String[] {row.getString(1), row.getString(2)})
            .orElse(new String[] {"", ""});
    String closeHash =
        CloseHashes.business(
            connection, night.date(), before[0], night.rules().version(), booked.entryRoot());
    Map<String, Object> params = new HashMap<>(night.params(SQL));
    params.put("entries", booked.entries());
    params.put("entry_root", booked.entryRoot());
    params.put("close_hash", closeHash);
    params.put(
        "evidence_hash", CloseHashes.evidence(connection, night.date(), before[1], closeHash));
    params.put("exit_code", NightOutcome.ending(connection, night));
    SQL.statement("close").run(connection, params);
    BookedVersions.record(connection, night);
  }
}
