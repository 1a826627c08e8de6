package omnipoints.points.rules;

import java.time.DateTimeException;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads {@code when}. */
final class WhenReader {
  private WhenReader() {}

  static When read(Node when) {
    if (when.value().isMissingNode()) return When.ALWAYS;
    var any = new ArrayList<List<Condition>>();
    for (Node alternative : when.at("any").entries()) {
      if (alternative.has("any"))
        alternative.at("any").problem("stands once, outside of alternatives");
      any.add(conditions(alternative));
    }
    return new When(conditions(when), any);
  }

  private static List<Condition> conditions(Node node) {
    var conditions = new ArrayList<Condition>();
    node.members()
        .forEach(
            (word, wanted) -> {
              if (word.equals("any")) return;
              Fact fact = FactKinds.ALL.get(word);
              conditions.add(new Condition(fact, match(fact, wanted)));
            });
    return conditions;
  }

  private static Match match(Fact fact, Node wanted) {
    if (!wanted.value().isObject())
      return new Match.OneOf(wanted.entries().stream().map(one -> value(fact, one)).toList());
    var all = new ArrayList<Match>();
    boolean ranged = false;
    for (String key : List.of("gte", "gt", "lte", "lt")) ranged |= wanted.has(key);
    if (ranged) all.add(range(wanted));
    if (wanted.has("in")) all.add(inSet(wanted.at("in")));
    if (wanted.has("not")) all.add(not(fact, wanted.at("not")));
    if (all.isEmpty()) wanted.problem("says nothing; give a value, a range, in or not");
    return all.size() == 1 ? all.get(0) : new Match.All(all);
  }

  private static Match range(Node wanted) {
    var range =
        new Match.Between(
            bound(wanted, "gte"), bound(wanted, "gt"), bound(wanted, "lte"), bound(wanted, "lt"));
    if (range.empty()) wanted.problem("no number lies in this range: let its bounds not cross");
    return range;
  }

  private static Rational bound(Node wanted, String key) {
    return wanted.has(key) ? wanted.at(key).rational().orElse(null) : null;
  }

  private static Match inSet(Node in) {
    Set<String> values = in.lists().set(in.text());
    if (values != null) return new Match.InSet(in.text(), values);
    in.problem(
        "there is no set '"
            + in.text()
            + "'; give its values in programs/sets/"
            + in.text()
            + ".csv, column value");
    return new Match.InSet(in.text(), Set.of());
  }

  /** The name of another fact of the same kind compares the two. */
  private static Match not(Fact fact, Node not) {
    Fact other = not.value().isString() ? FactKinds.ALL.get(not.text()) : null;
    if (other != null && other != fact && other.kind() == fact.kind())
      return new Match.Not(new Match.SameAs(other));
    return new Match.Not(match(fact, not));
  }

  private static void checkMonthDay(Node value) {
    try {
      MonthDay.parse("--" + value.text());
    } catch (DateTimeException e) {
      value.problem(value.text() + " is no month and day such as 02-29");
    }
  }

  private static Value value(Fact fact, Node value) {
    if (fact.kind() == Fact.Kind.MONTH_DAY) checkMonthDay(value);
    if (!fact.kind().isNumber()) return new Value.Text(value.text());
    return new Value.Number(value.rational().orElse(Rational.ZERO));
  }
}
