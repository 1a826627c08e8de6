package omnipoints.jobs;

import java.sql.ResultSet;
import java.sql.SQLException;
import omnipoints.points.PinnedRule;
import omnipoints.sql.BinaryCopy;

/**
 * A pinned decision in the columns program_version, rule, per_fen, rule_points, mode, rounding; all
 * null when absent.
 */
final class PinnedRules {

  private PinnedRules() {}

  static PinnedRule read(ResultSet row) throws SQLException {
    String rule = row.getString("rule");
    if (rule == null) return null;
    return new PinnedRule(
        row.getInt("program_version"),
        rule,
        row.getLong("per_fen"),
        row.getLong("rule_points"),
        PinnedRule.Mode.valueOf(row.getString("mode")),
        PinnedRule.Rounding.valueOf(row.getString("rounding")));
  }

  static void put(BinaryCopy copy, PinnedRule rule) {
    if (rule == null) {
      copy.putNull().putNull().putNull().putNull().putNull().putNull();
      return;
    }
    copy.putInt(rule.programVersion())
        .putText(rule.rule())
        .putLong(rule.perFen())
        .putLong(rule.points())
        .putText(rule.mode().name())
        .putText(rule.rounding().name());
  }
}
