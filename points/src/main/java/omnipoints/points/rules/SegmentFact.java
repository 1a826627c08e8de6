package omnipoints.points.rules;

import java.util.Set;

/** The segments a member is in; never unknown. */
final class SegmentFact implements Fact {
  @Override
  public String word() {
    return "segment";
  }

  @Override
  public Said said() {
    return new Said("人群", "a segment");
  }

  @Override
  public Kind kind() {
    return Kind.TEXTS;
  }

  @Override
  public Value of(Facts facts) {
    return facts.member() == null
        ? new Value.Texts(Set.of())
        : new Value.Texts(facts.member().segments());
  }
}
