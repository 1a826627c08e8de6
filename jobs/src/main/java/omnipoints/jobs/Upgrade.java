package omnipoints.jobs;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import omnipoints.sql.Database;
import omnipoints.sql.ForeignSchema;
import omnipoints.sql.Migrations;
import omnipoints.sql.Script;
import omnipoints.sql.Statements;

/**
 * Brings the database of a home to the schema of this version, between two nights only: what a
 * night that is not finished has written so far has the shape of the version that wrote it.
 */
public final class Upgrade {

  private static final Script SQL = Statements.job("run").step("upgrade");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private record Unfinished(LocalDate night, boolean closed, boolean membersKnown) {}

  private Upgrade() {}

  /**
   * Does nothing to a database that has this version's schema.
   *
   * @throws NightRefused exit 8: a night is unfinished; 7: one runs
   */
  public static void apply(Database database, ForeignSchema... schemas) throws SQLException {
    unfinished(database, false, schemas);
  }

  /**
   * The same, also where a night is unfinished: what it has of its members, or all of it where they
   * are not found yet, is then done again.
   *
   * @throws NightRefused exit 7: a night runs
   */
  public static void applyMidNight(Database database, Clock clock, ForeignSchema... schemas)
      throws SQLException {
    Optional<Unfinished> night = unfinished(database, true, schemas);
    if (night.isPresent()) again(database, clock, night.get());
  }

  /** Returns the night in whose middle the database was upgraded, if it was. */
  private static Optional<Unfinished> unfinished(
      Database database, boolean midNight, ForeignSchema... schemas) throws SQLException {
    if (Migrations.isCurrent(database, schemas)) return Optional.empty();
    if (!begun(database)) {
      Migrations.apply(database, schemas);
      return Optional.empty();
    }
    Optional<Unfinished> unfinished = unfinished(database);
    if (unfinished.isPresent() && !midNight) throw refused(unfinished.get().night());
    RunLock lock = RunLock.take(database, PATIENCE);
    try {
      Migrations.apply(database, schemas);
    } finally {
      lock.close();
    }
    return unfinished;
  }

  private static boolean begun(Database database) {
    return database.inTransaction(
        connection ->
            SQL.statement("begun")
                .one(connection, Map.of(), row -> row.getBoolean(1))
                .orElse(false));
  }

  private static Optional<Unfinished> unfinished(Database database) {
    return database.inTransaction(
        connection ->
            SQL.statement("unfinished")
                .one(
                    connection,
                    Map.of(),
                    row ->
                        new Unfinished(
                            Columns.date(row, "night"),
                            row.getBoolean("closed"),
                            row.getBoolean("members_known"))));
  }

  private static NightRefused refused(LocalDate night) {
    return new NightRefused(
        8,
        "UPGRADE_IN_A_NIGHT",
        "this version changes tables of the database, and night "
            + night
            + " was begun by another one and is not finished; nothing was changed",
        List.of(
            "put the former version back, ./omnipoints restart " + night + ", then upgrade",
            "./omnipoints restart "
                + night
                + " --accept-version   (upgrades now, and does again what the night has done so far)"));
  }

  /** Books of a closed night stand; of another one what was made under the former shape goes. */
  private static void again(Database database, Clock clock, Unfinished night) throws SQLException {
    if (night.closed()) return;
    String from = night.membersKnown() ? "post" : "collect";
    RerunPlan plan = Rerun.plan(database, night.night(), from, false);
    Rerun.reopen(
        database,
        clock,
        plan,
        new Rerun.Asked("upgrade", "upgraded by --accept-version while it was unfinished"));
  }
}
