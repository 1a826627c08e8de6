package omnipoints.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import omnipoints.sql.Script;

/**
 * Step of post between order space and member space: what one order cannot decide alone. By then
 * tonight's money of all orders is known; what is given stands among the targets of accounts as if
 * orders had given it.
 *
 * <pre>
 * activities    -> what they are worth, within limits, and with the orders that some of them name
 * first orders  -> who has the slot
 * referrals     -> who named a friend that bought
 * budgets       -> shared over all members, in the global order
 * </pre>
 */
final class Share {

  private static final Script SQL = ShareTables.SQL;

  private Share() {}

  private static boolean asked(Night night) {
    return night.programme().asksActivities()
        || night.programme().bounds()
        || Referrals.asked(night)
        || night.programme().capped()
        || Occasions.asked(night);
  }

  private static boolean budgeted(Night night) {
    return !night.programme().budgetRules().isEmpty();
  }

  private static boolean limited(Night night) {
    return !night.programme().limitRules().isEmpty();
  }

  /** Tonight's activities; the orders that they name are looked at. */
  static void begin(Night night, Connection connection) {
    if (!asked(night)) return;
    night.runAll(connection, SQL, "create_");
    if (night.programme().asksActivities()) {
      night.runAll(connection, SQL, "activity_create");
      night.run(connection, SQL, "activity_due");
      night.run(connection, SQL, "activity_touch");
      night.run(connection, SQL, "activity_touch_merged");
    }
    if (night.programme().bounds()) night.run(connection, SQL, "bid_create");
    if (budgeted(night)) night.runAll(connection, SQL, "budget_create");
    if (night.programme().hasSlot()) {
      night.runAll(connection, SQL, "slot_create");
      night.run(connection, SQL, "slot_touch");
    }
    if (limited(night)) {
      night.runAll(connection, SQL, "limit_create");
      night.run(connection, SQL, "limit_touch");
    }
    Referrals.begin(night, connection);
  }

  /** Orders that are looked at because others are. */
  static void widen(Night night, Connection connection) {
    if (night.programme().hasSlot()) night.run(connection, SQL, "slot_widen");
    Referrals.widen(night, connection);
  }

  /** Decides them, once order space is decided. */
  static void run(Night night) throws SQLException {
    if (!asked(night)) return;
    Occasions.find(night);
    Referrals.find(night);
    night
        .database()
        .inTransaction(
            reading -> {
              try (var tables = new ShareTables(night)) {
                if (night.programme().asksActivities()) {
                  night.run(reading, SQL, "activity_analyze");
                  new ActivityPass(night, tables).readAll(reading);
                }
                if (night.programme().bounds()) BidPass.run(night, reading, tables);
                Occasions.run(night, reading, tables);
                Referrals.run(night, reading, tables);
                tables.asked();
                night.crash().reached("share:asked");
                if (budgeted(night)) BudgetPass.run(night, reading, tables);
                tables.finish();
              }
              return null;
            });
  }

  /** What is given stands among the targets of the accounts. */
  static void handOver(Night night, Connection connection) {
    if (!asked(night)) return;
    if (night.programme().hasSlot()) {
      night.run(connection, SQL, "slot_back");
      night.run(connection, SQL, "slot_dead");
    }
    if (limited(night)) night.run(connection, SQL, "limit_back");
    night.runAll(connection, SQL, "hand_");
  }

  static void close(Night night, Connection connection) {
    if (!asked(night)) return;
    if (night.programme().hasSlot()) night.runAll(connection, SQL, "slot_apply");
    if (budgeted(night)) night.run(connection, SQL, "budget_apply");
    if (night.programme().asksActivities()) night.run(connection, SQL, "named_keep");
    night.runAll(connection, SQL, "apply_");
    Referrals.close(night, connection);
  }
}
