package omnipoints.jobs;

import java.sql.ResultSet;
import java.sql.SQLException;
import omnipoints.points.PinnedRule;
import omnipoints.points.Program;

/** A row of table pin. */
final class PinnedRules {

  private PinnedRules() {}

  /** The decision of a row of table pin. */
  static PinnedRule read(ResultSet row) throws SQLException {
    String unit = row.getString("expiry_unit");
    return new PinnedRule(
        row.getInt("program_version"),
        row.getString("rule"),
        row.getLong("per_fen"),
        row.getLong("rule_points"),
        PinnedRule.Mode.valueOf(row.getString("mode")),
        PinnedRule.Rounding.valueOf(row.getString("rounding")),
        row.getInt("hold_days"),
        new Program.Expiry(
            Program.ExpiryKind.valueOf(row.getString("expiry_kind")),
            row.getInt("expiry_length"),
            unit.isEmpty() ? null : Program.ExpiryUnit.valueOf(unit)));
  }
}
