package omnipoints.points.rules;

/** What kind of order it is, such as {@code presale}. */
final class OrderTypeFact implements Fact {
  @Override
  public String word() {
    return "order_type";
  }

  @Override
  public Said said() {
    return new Said("订单类型", "the type of order");
  }

  @Override
  public Kind kind() {
    return Kind.TEXT;
  }

  @Override
  public Value of(Facts facts) {
    return Value.text(facts.order().type());
  }
}
