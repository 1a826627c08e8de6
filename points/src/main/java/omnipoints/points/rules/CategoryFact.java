package omnipoints.points.rules;

/** The category of a line's SKU. */
final class CategoryFact implements Fact {
  @Override
  public String word() {
    return "category";
  }

  @Override
  public Said said() {
    return new Said("品类", "the category");
  }

  @Override
  public Kind kind() {
    return Kind.TEXT;
  }

  @Override
  public Value of(Facts facts) {
    return facts.line() == null ? null : Value.text(facts.line().category());
  }
}
