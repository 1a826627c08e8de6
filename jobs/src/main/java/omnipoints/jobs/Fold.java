package omnipoints.jobs;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import omnipoints.sql.Database;
import omnipoints.sql.DatabaseFailure;
import omnipoints.sql.Leaves;
import omnipoints.sql.Leaves.Leaf;
import omnipoints.sql.Script;
import omnipoints.sql.StatementFailed;
import omnipoints.sql.Statements;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Nights fold into longer ones: what is searched by member is searched in every leaf, so that a
 * long history must not have many. Nothing else changes, and it may be ended at any moment: a leaf
 * is built aside and takes the place of others in one short transaction.
 */
public final class Fold {

  private static final Logger LOG = LoggerFactory.getLogger(Fold.class);
  private static final Script LOCK = Statements.job("run").step("lock");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  /** Readers of the books hold a table for seconds; they are not kept waiting for longer. */
  private static final String WAIT = "5s";

  /**
   * A table that is cut by nights.
   *
   * @param order columns by which its rows lie in a folded leaf: what is looked for together
   * @param most leaves it may have
   * @param young newest leaves that stay as they are: most of what becomes available, is owed or
   *     returned is of them
   */
  private record Cut(String table, String order, int most, int young) {}

  private static final List<Cut> TABLES =
      List.of(
          byMember("lot", "member_id, night, n"),
          byMember("entry", "night, member_id, n"),
          byMember("allocation", "lot_member, lot_night, lot_n, night, n"),
          byMember("spend", "member_id, night, channel, paid_on"),
          byMember("tier_history", "member_id, night, n"),
          byMember("verdict", "order_key"),
          byKey("lot_release", "night, lot_member, lot_night, lot_n"),
          byKey("posting", "order_key, line_key, member_id, rule"),
          byKey("due", "order_key, line_key, member_id"));

  private static Cut byMember(String table, String order) {
    return new Cut(table, order, 12, 3);
  }

  private static Cut byKey(String table, String order) {
    return new Cut(table, order, 60, 14);
  }

  /**
   * Leaves that became, or would become, one.
   *
   * @param leaves how many there were
   */
  public record Folded(String table, LocalDate from, LocalDate to, int leaves, long rows) {}

  private Fold() {}

  /**
   * Folds what has more leaves than it may.
   *
   * @throws NightRefused exit 7 when a night runs
   */
  public static List<Folded> run(Database database, Clock clock) throws SQLException {
    try (RunLock lock = RunLock.take(database, clock, PATIENCE)) {
      var folded = new ArrayList<Folded>();
      for (Cut cut : TABLES) fold(database, lock, cut, folded);
      return folded;
    }
  }

  /** What {@link #run} would begin with, table by table; writes nothing. */
  public static List<Folded> plan(Database database) {
    return database.inTransaction(
        connection -> {
          var planned = new ArrayList<Folded>();
          for (Cut cut : TABLES) {
            List<Leaf> chosen = chosen(Leaves.of(connection, cut.table()), cut);
            if (!chosen.isEmpty())
              planned.add(folded(cut, chosen, chosen.stream().mapToLong(Leaf::rows).sum()));
          }
          return planned;
        });
  }

  /**
   * The same at the end of a night, which is closed and stays so whatever becomes of this: what
   * cannot be done now is done after the next one.
   */
  static void afterNight(Database database, RunLock lock) {
    try {
      for (Cut cut : TABLES) fold(database, lock, cut, new ArrayList<>());
    } catch (NightRefused | DatabaseFailure e) {
      LOG.warn("nights were not folded: {}", e.getMessage());
    }
  }

  private static void fold(Database database, RunLock lock, Cut cut, List<Folded> done) {
    for (; ; ) {
      List<Leaf> chosen =
          database.inTransaction(connection -> chosen(Leaves.of(connection, cut.table()), cut));
      if (chosen.isEmpty()) return;
      long rows =
          database.inTransaction(
              connection -> {
                lock.fence(connection);
                return Leaves.build(connection, cut.table(), chosen, cut.order());
              });
      if (!swapped(database, lock, cut, chosen)) return;
      Folded folded = folded(cut, chosen, rows);
      LOG.info(
          "folded {} leaves of {}, {} to {}, {} rows",
          folded.leaves(),
          folded.table(),
          folded.from(),
          folded.to(),
          folded.rows());
      done.add(folded);
    }
  }

  /** False when somebody reads the table for long: the built leaf is built anew next time. */
  private static boolean swapped(Database database, RunLock lock, Cut cut, List<Leaf> chosen) {
    try {
      database.transact(
          connection -> {
            lock.fence(connection);
            LOCK.statement("wait_at_most")
                .one(connection, Map.of("lock_timeout", WAIT), row -> row.getString(1));
            Leaves.swap(connection, cut.table(), chosen);
          });
      return true;
    } catch (StatementFailed e) {
      if (!LOCK_NOT_AVAILABLE.equals(e.sqlState())) throw e;
      LOG.warn("{} is read for long: its nights are folded another time", cut.table());
      return false;
    }
  }

  private static List<Leaf> chosen(List<Leaf> leaves, Cut cut) {
    List<Integer> range =
        Folding.choose(leaves.stream().map(Leaf::rows).toList(), cut.most(), cut.young());
    return range.isEmpty() ? List.of() : leaves.subList(range.get(0), range.get(1));
  }

  private static Folded folded(Cut cut, List<Leaf> leaves, long rows) {
    return new Folded(
        cut.table(),
        leaves.get(0).first(),
        leaves.get(leaves.size() - 1).last(),
        leaves.size(),
        rows);
  }
}
