package omnipoints.points.rules;

/** The tier in force at the event. */
final class TierFact implements Fact {
  @Override
  public String word() {
    return "tier";
  }

  @Override
  public Said said() {
    return new Said("会员等级", "the tier");
  }

  @Override
  public Kind kind() {
    return Kind.TEXT;
  }

  @Override
  public Value of(Facts facts) {
    return facts.member() == null ? null : Value.text(facts.member().tier());
  }
}
