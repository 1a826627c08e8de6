package omnipoints.points.rules;

/** How it was paid. */
final class PaymentFact implements Fact {
  @Override
  public String word() {
    return "payment";
  }

  @Override
  public Said said() {
    return new Said("支付方式", "the payment");
  }

  @Override
  public Kind kind() {
    return Kind.TEXT;
  }

  @Override
  public Value of(Facts facts) {
    return Value.text(facts.order().payment());
  }
}
