package omnipoints.points.rules;

/** The channel a member came by. */
final class JoinChannelFact implements Fact {
  @Override
  public String word() {
    return "join_channel";
  }

  @Override
  public Said said() {
    return new Said("入会渠道", "the channel of joining");
  }

  @Override
  public Kind kind() {
    return Kind.TEXT;
  }

  @Override
  public Value of(Facts facts) {
    return facts.member() == null ? null : Value.text(facts.member().joinChannel());
  }
}
