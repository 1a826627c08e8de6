package omnipoints.points.rules;

/** The shop a member belongs to, by member row or first purchase. */
final class HomeShopFact implements Fact {
  @Override
  public String word() {
    return "home_shop";
  }

  @Override
  public Said said() {
    return new Said("归属门店", "the home shop");
  }

  @Override
  public Kind kind() {
    return Kind.TEXT;
  }

  @Override
  public Value of(Facts facts) {
    return facts.member() == null ? null : Value.text(facts.member().homeShop());
  }
}
