package omnipoints.points.rules;

import java.util.Set;

/** The tags of a member; never unknown. */
final class TagFact implements Fact {
  @Override
  public String word() {
    return "tag";
  }

  @Override
  public Said said() {
    return new Said("标签", "a tag");
  }

  @Override
  public Kind kind() {
    return Kind.TEXTS;
  }

  @Override
  public Value of(Facts facts) {
    return facts.member() == null
        ? new Value.Texts(Set.of())
        : new Value.Texts(facts.member().tags());
  }
}
