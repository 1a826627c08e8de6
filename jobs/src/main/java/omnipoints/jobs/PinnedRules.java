package omnipoints.jobs;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.MonthDay;
import java.util.HashMap;
import java.util.Map;
import omnipoints.points.Grant;
import omnipoints.points.PinnedRule;
import omnipoints.points.Program;
import omnipoints.points.rules.Multiplier;
import omnipoints.points.rules.OnReturn;

/** A row of table pin. */
final class PinnedRules {

  private PinnedRules() {}

  /** The decision of a row of table pin. */
  static PinnedRule read(ResultSet row) throws SQLException {
    String unit = row.getString("expiry_unit");
    String yearEnd = row.getString("expiry_year_end");
    return new PinnedRule(
        row.getInt("program_version"),
        row.getString("rule"),
        row.getLong("per_fen"),
        row.getLong("rule_points"),
        PinnedRule.Mode.valueOf(row.getString("mode")),
        PinnedRule.Rounding.valueOf(row.getString("rounding")),
        row.getInt("hold_days"),
        Program.HoldFrom.valueOf(row.getString("hold_from")),
        new Program.Expiry(
            Program.ExpiryKind.valueOf(row.getString("expiry_kind")),
            row.getInt("expiry_length"),
            unit.isEmpty() ? null : Program.ExpiryUnit.valueOf(unit),
            Program.ExpiryStart.valueOf(row.getString("expiry_start")),
            yearEnd.isEmpty() ? null : MonthDay.parse(yearEnd)),
        Multiplier.kept(
            row.getString("times"),
            row.getString("formula"),
            row.getString("rules"),
            row.getString("variant")),
        grant(row));
  }

  private static Grant grant(ResultSet row) throws SQLException {
    String kind = row.getString("grant_kind");
    if (kind.isEmpty()) return null;
    return new Grant(
        Grant.Kind.valueOf(kind),
        Multiplier.kept(
            row.getString("with_times"),
            row.getString("with_formula"),
            row.getString("with_rules"),
            ""),
        OnReturn.valueOf(row.getString("on_return")),
        row.getString("campaign"));
  }

  /** The columns of its row, but for its number. */
  static Map<String, Object> row(PinnedRule rule) {
    var row = new HashMap<String, Object>();
    row.put("version", rule.programVersion());
    row.put("rule", rule.rule());
    row.put("per_fen", rule.perFen());
    row.put("rule_points", rule.points());
    row.put("mode", rule.mode().name());
    row.put("rounding", rule.rounding().name());
    row.put("hold_days", rule.holdDays());
    row.put("hold_from", rule.holdFrom().name());
    row.put("expiry_kind", rule.expiry().kind().name());
    row.put("expiry_length", rule.expiry().length());
    row.put("expiry_unit", rule.expiry().unit() == null ? "" : rule.expiry().unit().name());
    row.put("expiry_start", rule.expiry().start().name());
    MonthDay yearEnd = rule.expiry().yearEnd();
    row.put("expiry_year_end", yearEnd == null ? "" : yearEnd.toString());
    row.put("times", rule.times().times().toString());
    row.put("formula", rule.times().formula());
    row.put("rules", String.join(" ", rule.times().rules()));
    row.put("variant", rule.times().variant());
    Grant grant = rule.grant();
    Multiplier with = grant == null ? Multiplier.NONE : grant.with();
    row.put("grant_kind", grant == null ? "" : grant.kind().name());
    row.put("with_times", with.times().toString());
    row.put("with_formula", with.formula());
    row.put("with_rules", String.join(" ", with.rules()));
    row.put("on_return", grant == null ? "" : grant.onReturn().name());
    row.put("campaign", grant == null ? "" : grant.campaign());
    return row;
  }
}
