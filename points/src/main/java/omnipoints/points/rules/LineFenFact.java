package omnipoints.points.rules;

/** What was paid for a line, before refunds (fen). */
final class LineFenFact implements Fact {
  @Override
  public String word() {
    return "line_fen";
  }

  @Override
  public Said said() {
    return new Said("单件商品实付", "the line's amount");
  }

  @Override
  public Kind kind() {
    return Kind.FEN;
  }

  @Override
  public Value of(Facts facts) {
    return facts.line() == null ? null : Value.number(facts.line().baseFen());
  }
}
