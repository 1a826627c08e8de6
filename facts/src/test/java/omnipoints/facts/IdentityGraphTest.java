package omnipoints.facts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Who is who, example by example: {@code identity.txt}. */
class IdentityGraphTest {

  @TestFactory
  List<DynamicTest> evidence_says_who_is_who() {
    return Cases.of("identity.txt", given -> new IdentityGraphTest().told(given));
  }

  private final Map<String, String> names = new HashMap<>();
  private int strangers;

  /**
   * What is to be written: validities of tokens, merges, claims; then verdicts, but for evidence
   * that simply counts. {@code new1} is the first member to be made.
   */
  private List<String> told(List<String> given) {
    IdentityGraph.Result result = new IdentityText(given).judge();
    names.putAll(result.members());
    List<String> told = new ArrayList<>();
    for (IdentityGraph.Validity v : result.validities()) {
      told.add(
          IdentityText.text(v.token())
              + " "
              + name(v.party())
              + (v.from() == null ? "" : " from " + Days.text(v.from()))
              + (v.to() == null ? "" : " until " + Days.text(v.to()))
              + (v.boundAt() == null || v.boundAt().equals(v.from())
                  ? ""
                  : " bound " + Days.text(v.boundAt())));
    }
    for (IdentityGraph.Merge m : result.merges()) {
      told.add(
          m.other()
              + " merges into "
              + m.survivor()
              + (m.joined().equals(m.survivor()) ? "" : " by way of " + m.joined())
              + " on "
              + Days.text(m.at())
              + " by "
              + m.by().content());
    }
    for (IdentityGraph.Claim c : result.claims()) {
      told.add(
          "order "
              + c.order().getLeastSignificantBits()
              + " "
              + name(c.party())
              + " bound "
              + Days.text(c.boundAt()));
    }
    for (IdentityGraph.Verdict v : result.verdicts()) {
      if (v.state() == IdentityGraph.State.WAITING) told.add(v.id().content() + " waits");
      if (v.state() != IdentityGraph.State.CONFLICT) continue;
      told.add(v.id().content() + " conflict: " + v.note());
      told.add("  of " + name(v.one()) + " and " + name(v.other()) + "; decide: " + v.decide());
    }
    return told;
  }

  private String name(String party) {
    return party == null ? "nobody" : names.computeIfAbsent(party, stranger -> "new" + ++strangers);
  }
}
