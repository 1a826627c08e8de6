package omnipoints.points.rules;

/** Money back ÷ money spent of the last closed night's 365 days; unknown of who spent nothing. */
final class ReturnRateFact implements Fact {
  @Override
  public String word() {
    return "return_rate";
  }

  @Override
  public Said said() {
    return new Said("退货率", "the return rate");
  }

  @Override
  public Kind kind() {
    return Kind.SHARE;
  }

  @Override
  public Value of(Facts facts) {
    return facts.member() == null || facts.member().returnRate() == null
        ? null
        : new Value.Number(facts.member().returnRate());
  }
}
