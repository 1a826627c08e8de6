package omnipoints.points.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@code times_by: {tier: {gold: 3/2}}}: by what a fact says; what is not named, or unknown, is
 * left as it is.
 */
record TimesBy(Fact fact, SortedMap<String, Rational> factors) implements Gives {

  static TimesBy read(Node timesBy) {
    String word = timesBy.members().keySet().iterator().next();
    var factors = new TreeMap<String, Rational>();
    timesBy.at(word).members().forEach((value, times) -> factors.put(value, times.factor()));
    return new TimesBy(FactKinds.ALL.get(word), factors);
  }

  @Override
  public Rational times(Known known) {
    return known.of(fact) instanceof Value.Text text ? factors.get(text.text()) : null;
  }

  @Override
  public Rational most() {
    return factors.values().stream().max(Rational::compareTo).orElse(Rational.ONE);
  }

  @Override
  public Rational mostFor(String tier) {
    if (!fact.word().equals("tier")) return most();
    return factors.getOrDefault(tier, Rational.ONE);
  }

  @Override
  public Said said() {
    List<Said> each = new ArrayList<>();
    factors.forEach(
        (value, factor) ->
            each.add(
                new Said(
                    value + "积分" + factor.decimal() + "倍",
                    value + " " + factor.decimal() + " times the points")));
    Said by = new Said("按", "by ").then(fact.said()).then(new Said("：", ": "));
    return by.then(Said.joined(each, new Said("、", ", ")));
  }
}
