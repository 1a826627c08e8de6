package omnipoints.points.rules;

/** The variant of the programme's experiment a member is in. */
final class VariantFact implements Fact {
  @Override
  public String word() {
    return "variant";
  }

  @Override
  public Said said() {
    return new Said("试验分组", "the variant");
  }

  @Override
  public Kind kind() {
    return Kind.TEXT;
  }

  @Override
  public Value of(Facts facts) {
    return facts.member() == null ? null : Value.text(facts.member().variant());
  }
}
