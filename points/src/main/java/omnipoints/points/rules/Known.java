package omnipoints.points.rules;

/** The facts of one cause while it is asked by many rules: each fact is looked up once. */
final class Known {
  private final Facts facts;
  private final Value[] values = new Value[FactKinds.ALL.size()];
  private final boolean[] asked = new boolean[values.length];

  Known(Facts facts) {
    this.facts = facts;
  }

  Facts facts() {
    return facts;
  }

  /** What a fact says, null where nobody told. */
  Value of(Fact fact) {
    int place = FactKinds.place(fact);
    if (!asked[place]) {
      values[place] = fact.of(facts);
      asked[place] = true;
    }
    return values[place];
  }
}
