package omnipoints.points.rules;

/** The brand of a line's SKU. */
final class BrandFact implements Fact {
  @Override
  public String word() {
    return "brand";
  }

  @Override
  public Said said() {
    return new Said("品牌", "the brand");
  }

  @Override
  public Kind kind() {
    return Kind.TEXT;
  }

  @Override
  public Value of(Facts facts) {
    return facts.line() == null ? null : Value.text(facts.line().brand());
  }
}
