package omnipoints.jobs;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import omnipoints.points.PinnedRule;
import omnipoints.points.Program;
import omnipoints.points.Programme;
import omnipoints.sql.BinaryCopy;
import omnipoints.sql.Script;
import omnipoints.sql.Statements;

/**
 * The decisions that lines pin, by the number their postings carry in column {@code pin}. Numbers
 * follow from the order in which decisions were first met and are never given twice.
 */
final class Pins {

  private static final Script SQL = Statements.job("run").step("programmes");

  private final Map<Integer, PinnedRule> rules = new HashMap<>();
  private final Map<PinnedRule, Integer> numbers = new HashMap<>();

  private Pins() {}

  /** All decisions of earlier nights, and those that the versions of the programme make. */
  static Pins of(Connection connection, Programme programme) {
    for (Program version : programme.versions()) SQL.statement("pin").run(connection, row(version));
    var pins = new Pins();
    SQL.statement("pins")
        .forEachRow(
            connection,
            Map.of(),
            row -> {
              PinnedRule rule = PinnedRules.read(row);
              pins.rules.put(row.getInt("pin"), rule);
              pins.numbers.put(rule, row.getInt("pin"));
            });
    return pins;
  }

  private static Map<String, Object> row(Program version) {
    PinnedRule rule = version.rule();
    var row = new HashMap<String, Object>();
    row.put("version", rule.programVersion());
    row.put("rule", rule.rule());
    row.put("per_fen", rule.perFen());
    row.put("rule_points", rule.points());
    row.put("mode", rule.mode().name());
    row.put("rounding", rule.rounding().name());
    row.put("hold_days", rule.holdDays());
    row.put("expiry_kind", rule.expiry().kind().name());
    row.put("expiry_length", rule.expiry().length());
    row.put("expiry_unit", rule.expiry().unit() == null ? "" : rule.expiry().unit().name());
    return row;
  }

  /** The decision that column {@code pin} names, null where it is null. */
  PinnedRule read(ResultSet row) throws SQLException {
    int number = row.getInt("pin");
    if (row.wasNull()) return null;
    PinnedRule rule = rules.get(number);
    if (rule == null) throw new IllegalStateException("no pinned decision " + number);
    return rule;
  }

  /** The number of a decision, null for none. */
  Integer number(PinnedRule rule) {
    return rule == null ? null : numbers.get(rule);
  }

  /** Writes column {@code pin}. */
  void put(BinaryCopy copy, PinnedRule rule) {
    if (rule == null) copy.putNull();
    else copy.putInt(numbers.get(rule));
  }
}
