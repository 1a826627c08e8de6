package omnipoints.points.rules;

/** One fact and what is wanted of it. */
record Condition(Fact fact, Match match) {

  Truth of(Known known) {
    Value value = known.of(fact);
    return value == null ? Truth.UNKNOWN : match.of(value, known);
  }

  Said said() {
    return fact.said().then(match.say(fact));
  }
}
