package omnipoints.points.rules;

/** What was paid for the order's goods, before refunds (fen). */
final class OrderFenFact implements Fact {
  @Override
  public String word() {
    return "order_fen";
  }

  @Override
  public Said said() {
    return new Said("订单实付", "the order's amount");
  }

  @Override
  public Kind kind() {
    return Kind.FEN;
  }

  @Override
  public Value of(Facts facts) {
    Long fen = facts.order().baseFen();
    return fen == null ? null : Value.number(fen);
  }
}
