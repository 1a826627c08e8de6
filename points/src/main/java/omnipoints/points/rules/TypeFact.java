package omnipoints.points.rules;

/** What an activity is, such as {@code check_in}; unknown of a purchase. */
final class TypeFact implements Fact {
  @Override
  public String word() {
    return "type";
  }

  @Override
  public Said said() {
    return new Said("活动", "the activity");
  }

  @Override
  public Kind kind() {
    return Kind.TEXT;
  }

  @Override
  public Value of(Facts facts) {
    return facts.activity() == null ? null : Value.text(facts.activity().type());
  }
}
