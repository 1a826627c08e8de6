package omnipoints.points.rules;

/** What a referred friend kept of the order, when it was decided first. */
final class FriendOrderFenFact implements Fact {
  @Override
  public String word() {
    return "friend_order_fen";
  }

  @Override
  public Said said() {
    return new Said("好友订单金额", "the friend's order");
  }

  @Override
  public Kind kind() {
    return Kind.FEN;
  }

  @Override
  public Value of(Facts facts) {
    return facts.activity() == null || facts.activity().friendOrderFen() == null
        ? null
        : new Value.Number(Rational.of(facts.activity().friendOrderFen()));
  }
}
