package omnipoints.points.rules;

/** Where an activity happened, such as {@code wechat}; unknown of a purchase. */
final class PlatformFact implements Fact {
  @Override
  public String word() {
    return "platform";
  }

  @Override
  public Said said() {
    return new Said("平台", "the platform");
  }

  @Override
  public Kind kind() {
    return Kind.TEXT;
  }

  @Override
  public Value of(Facts facts) {
    return facts.activity() == null ? null : Value.text(facts.activity().platform());
  }
}
