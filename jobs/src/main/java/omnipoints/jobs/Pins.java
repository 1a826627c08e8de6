package omnipoints.jobs;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import omnipoints.points.PinnedRule;
import omnipoints.points.Program;
import omnipoints.points.Programme;
import omnipoints.sql.Script;
import omnipoints.sql.Statements;

/**
 * The decisions that lines pin, by the number their postings carry in column {@code pin}. Numbers
 * are never given twice. A decision that no night met before is offered under a negative number
 * while order space is read, by several threads in any order; it gets its own when a line of the
 * night pins it, in the order of accounts, and is kept when the step ends.
 */
final class Pins {

  private static final Script SQL = Statements.job("run").step("programmes");

  private final Map<Integer, PinnedRule> rules = new HashMap<>();
  private final Map<PinnedRule, Integer> numbers = new HashMap<>();
  private final Map<PinnedRule, Integer> offers = new HashMap<>();
  private final List<PinnedRule> fresh = new ArrayList<>();

  private Pins() {}

  /** All decisions of earlier nights, and those that the versions make without a rule. */
  static Pins of(Connection connection, Programme programme) {
    for (Program version : programme.versions()) {
      Map<String, Object> row = PinnedRules.row(version.rule());
      row.put("pin", null);
      SQL.statement("pin").run(connection, row);
    }
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

  /** The decision that column {@code pin} names, null where it is null. */
  synchronized PinnedRule read(ResultSet row) throws SQLException {
    int number = row.getInt("pin");
    if (row.wasNull()) return null;
    PinnedRule rule = rules.get(number);
    if (rule == null) throw new IllegalStateException("no pinned decision " + number);
    return rule;
  }

  /** Whether points of some decision live from the day of what they are given for. */
  synchronized boolean countFromPayment() {
    return rules.values().stream()
        .anyMatch(rule -> rule.expiry().start() == Program.ExpiryStart.PAID);
  }

  /** The number of a decision that a line may pin tonight, null for none. */
  synchronized Integer offer(PinnedRule rule) {
    if (rule == null) return null;
    Integer known = numbers.get(rule);
    if (known != null) return known;
    return offers.computeIfAbsent(
        rule,
        made -> {
          int number = -1 - offers.size();
          rules.put(number, made);
          return number;
        });
  }

  /** The number of a decision that a line pins, null for none. */
  synchronized Integer number(PinnedRule rule) {
    if (rule == null) return null;
    return numbers.computeIfAbsent(
        rule,
        made -> {
          fresh.add(made);
          int number = rules.keySet().stream().max(Integer::compare).orElse(0) + 1;
          rules.put(number, made);
          return number;
        });
  }

  /**
   * Writes down the decisions that lines pinned tonight for the first time; again, if the
   * transaction is repeated.
   */
  synchronized void keep(Connection connection) {
    for (PinnedRule rule : fresh) {
      Map<String, Object> row = PinnedRules.row(rule);
      row.put("pin", numbers.get(rule));
      SQL.statement("pin").run(connection, row);
    }
  }
}
