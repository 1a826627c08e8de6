package omnipoints.points.rules;

/** Where it was bought: a channel code such as {@code tmall}. */
final class ChannelFact implements Fact {
  @Override
  public String word() {
    return "channel";
  }

  @Override
  public Said said() {
    return new Said("渠道", "the channel");
  }

  @Override
  public Kind kind() {
    return Kind.TEXT;
  }

  @Override
  public Value of(Facts facts) {
    return Value.text(facts.order().channel());
  }
}
