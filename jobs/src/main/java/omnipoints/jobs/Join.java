package omnipoints.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import omnipoints.facts.GroupJoin;
import omnipoints.sql.Script;

/**
 * Step join: the rows of the night meet what is known of their orders, range by range of order
 * numbers, each batch in a transaction of its own; then the rest and the work set follow in the
 * last one. What becomes of an order is decided by {@link GroupJoin}; what speaks of no order is
 * joined by set statements. Nothing depends on the order in which files arrived, or on how the
 * numbers are cut.
 *
 * <pre>
 * scratch, a range at a time -> groups of one number -> GroupJoin with what is known -> COPY
 * bindings, member rows, balances -> set statements
 * rejects -> quarantine; what is settled; who is parked
 * the work set
 * </pre>
 */
final class Join implements NightStep {

  private static final Script SQL = Night.script("join");

  /** In this order, after all orders are joined. */
  private static final List<String> FACTS_AND_WORK =
      List.of(
          "conflicts",
          "inherited_payments",
          "bindings",
          "told_before",
          "told",
          "member_facts",
          "acks_again",
          "acks",
          "evidence_tokens",
          "snapshots_again",
          "snapshots",
          "snapshots_before",
          "quarantine",
          "replayed",
          "replayed_rows",
          "replayed_again",
          "parked",
          "touched_children",
          "work",
          "key_work");

  /** What became of rows that speak of no order, and of those that could not be used. */
  private static final List<String> ACCOUNTING =
      List.of(
          "rows_of_member_facts",
          "rows_of_bindings",
          "rows_of_acks",
          "rows_of_balances",
          "rejected",
          "held",
          "analyze");

  /** What our own documents say. */
  private static final Script OWN = Night.script("own");

  private Joining joining;

  @Override
  public String name() {
    return "join";
  }

  @Override
  public Counts prepare(Night night) throws SQLException {
    if (!night.scratch().whole()) Read.spillAgain(night);
    joining =
        night
            .database()
            .inTransaction(
                connection -> {
                  night.lock().fence(connection);
                  night.run(connection, SQL, "drop");
                  night.runAll(connection, SQL, "create_");
                  Withdrawal.carryOut(night, connection);
                  night.run(connection, SQL, "paid_children");
                  return new Joining(night, connection);
                });
    joining.all();
    return Counts.NOTHING;
  }

  @Override
  public Counts apply(Night night, Connection connection, Counts prepared) throws SQLException {
    night.runAll(connection, OWN, "keep_");
    night.crash().reached("join:own");
    for (String statement : FACTS_AND_WORK) {
      night.run(connection, SQL, statement);
      night.crash().reached("join:" + statement);
    }
    joining.fates(connection);
    for (String statement : ACCOUNTING) night.run(connection, SQL, statement);
    night.run(connection, OWN, "rows");
    Statistics.renew(night, connection, SQL, joining.read());
    StatementRows.keep(night, connection);
    long rejected =
        SQL.statement("rejected_rows")
            .one(connection, Map.of("night", night.date()), row -> row.getLong(1))
            .orElse(0L);
    return new Counts(joining.read(), joining.merged(), rejected);
  }
}
