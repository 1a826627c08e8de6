package omnipoints.points.rules;

/** What was paid for stored value, before refunds. */
final class PrincipalFenFact implements Fact {
  @Override
  public String word() {
    return "principal_fen";
  }

  @Override
  public Said said() {
    return new Said("储值金额", "what is paid in");
  }

  @Override
  public Kind kind() {
    return Kind.FEN;
  }

  @Override
  public Value of(Facts facts) {
    return facts.principalFen() == null
        ? null
        : new Value.Number(Rational.of(facts.principalFen()));
  }
}
