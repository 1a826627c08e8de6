package omnipoints.points.rules;

import java.util.Set;

/** The passes held at the event; never unknown. */
final class PassFact implements Fact {
  @Override
  public String word() {
    return "pass";
  }

  @Override
  public Said said() {
    return new Said("权益卡", "a pass");
  }

  @Override
  public Kind kind() {
    return Kind.TEXTS;
  }

  @Override
  public Value of(Facts facts) {
    return facts.member() == null
        ? new Value.Texts(Set.of())
        : new Value.Texts(facts.member().passes());
  }
}
