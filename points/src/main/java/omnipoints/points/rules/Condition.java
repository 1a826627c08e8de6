package omnipoints.points.rules;

import java.util.Set;

/** One fact and what is wanted of it. */
record Condition(Fact fact, Match match) {

  Truth of(Facts facts) {
    Value value = fact.of(facts);
    return value == null ? Truth.UNKNOWN : match.of(value, facts);
  }

  /** Adds the words of the facts that nobody told. */
  void missing(Facts facts, Set<String> words) {
    if (fact.of(facts) == null) words.add(fact.word());
    else if (of(facts) == Truth.UNKNOWN) words.add(match.missing(facts));
  }

  Said said() {
    return fact.said().then(match.say(fact));
  }
}
