package omnipoints.jobs;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import omnipoints.points.Allotment;
import omnipoints.points.Award;
import omnipoints.points.AwardKey;
import omnipoints.points.BudgetShare;
import omnipoints.points.LineTarget;
import omnipoints.points.rules.Bound;
import omnipoints.sql.Cursor;

/**
 * Shares budgets over all members: awards of tonight in the global order, each given what is left,
 * the last one in part. What it says follows from the rows alone, so that a night that is run again
 * says the same. Memory: one number a rule.
 */
final class BudgetPass {

  /** What tonight gave of a budget. Grain: one per rule. */
  private record BudgetRow(LocalDate night, String rule, long granted, long returned) {}

  private final Night night;
  private final ShareTables tables;
  private BudgetShare budgets;
  private final Map<String, Long> tonight = new TreeMap<>();
  private EarningAccounts accounts;

  private BudgetPass(Night night, ShareTables tables) {
    this.night = night;
    this.tables = tables;
  }

  static void run(Night night, Connection reading, ShareTables tables) throws SQLException {
    var pass = new BudgetPass(night, tables);
    pass.readSpent(reading);
    pass.accounts = EarningAccounts.of(night, reading, "budget_states");
    Map<String, Object> params = night.params(ShareTables.SQL);
    try (Cursor ask = ShareTables.SQL.statement("budget_asks").open(reading, params)) {
      for (; ask.hasRow(); ask.advance()) pass.give(ask.row());
    }
    try (NightRows<BudgetRow> rows = NightRows.own(night, "budget", BudgetRow.class)) {
      pass.tonight.forEach(
          (rule, granted) -> rows.put(new BudgetRow(night.date(), rule, granted, 0)));
      rows.finish();
    }
  }

  /** Points that came back count where the rule says so. */
  private void readSpent(Connection reading) {
    List<String> refills = night.programme().refillRules();
    Map<String, Long> spent = new HashMap<>();
    ShareTables.SQL
        .statement("budget_spent")
        .forEachRow(
            reading,
            night.params(ShareTables.SQL),
            row -> {
              String rule = row.getString("rule");
              long back = refills.contains(rule) ? row.getLong("returned") : 0;
              spent.put(rule, row.getLong("granted") - back);
            });
    budgets = new BudgetShare(spent);
  }

  private void give(ResultSet row) throws SQLException {
    LineTarget target = MemberPass.target(night, row);
    String member = row.getString("member_id");
    if (!accounts.earns(member, target.earnedAt())) return;
    String rule = AwardKey.rule(target.key().line());
    Bound.Budget budget = night.programme().bound(rule, target.earnedAt(), night.zone()).budget();
    long desired = target.award().granted();
    long granted = budgets.give(rule, budget, desired);
    tables.put(
        member,
        new Allotment(
            target.key(), target.earnedAt(), rule, desired, granted, Allotment.Why.BUDGET));
    if (granted == 0) return;
    tonight.merge(rule, granted, Math::addExact);
    tables.give(
        member,
        target.granting(new Award(granted, target.award().baseFen())),
        new ShareTables.Stands(
            row.getObject("order_key", UUID.class), Columns.date(row, "first_night"), 0, 0));
  }
}
