package omnipoints.points.rules;

/** The shop that sold it. */
final class ShopFact implements Fact {
  @Override
  public String word() {
    return "shop";
  }

  @Override
  public Said said() {
    return new Said("门店", "the shop");
  }

  @Override
  public Kind kind() {
    return Kind.TEXT;
  }

  @Override
  public Value of(Facts facts) {
    return Value.text(facts.order().shop());
  }
}
