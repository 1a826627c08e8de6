package omnipoints.points.rules;

/** The SKU of a line. */
final class SkuFact implements Fact {
  @Override
  public String word() {
    return "sku";
  }

  @Override
  public Said said() {
    return new Said("商品编码", "the SKU");
  }

  @Override
  public Kind kind() {
    return Kind.TEXT;
  }

  @Override
  public Value of(Facts facts) {
    return facts.line() == null ? null : Value.text(facts.line().sku());
  }
}
