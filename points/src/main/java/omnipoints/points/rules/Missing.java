package omnipoints.points.rules;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds what nobody told, and a rule that answers to orders asks, where nothing else that is kept
 * of the order speaks against the rule. What was known of a member then and is not kept (tier,
 * passes, tags, segments, rate of returns, variant) speaks neither for nor against it. Pure.
 */
final class Missing {
  private static final Set<String> NOT_KEPT =
      Set.of("tier", "pass", "tag", "segment", "return_rate", "variant");

  private final OrderRule rule;
  private final Known known;
  private final Set<String> unjudged;
  private final List<MissingFact> found = new ArrayList<>(1);

  private Missing(OrderRule rule, Facts facts) {
    boolean ofOrder = rule instanceof GrantRule grant && grant.ofOrder();
    this.rule = rule;
    this.known =
        new Known(
            ofOrder && facts.line() != null
                ? new Facts(facts.at(), facts.order(), null, facts.member())
                : facts);
    this.unjudged = new HashSet<>(NOT_KEPT);
    // each line is asked for itself; of the order as a whole nobody knows which
    if (!ofOrder && facts.line() == null) unjudged.addAll(When.LINES);
  }

  /**
   * What was missing of one rule; nothing where it could hold, or does not for another reason.
   *
   * @param facts that are kept of an order, or of a line of it, and of its owner
   */
  static List<MissingFact> of(OrderRule rule, Facts facts) {
    var missing = new Missing(rule, facts);
    return missing.window() && missing.when() ? missing.found : List.of();
  }

  private boolean window() {
    Window window = rule.window();
    if (!window.open(known.facts().at())) return false;
    boolean untold = known.facts().member() == null || known.facts().member().birthday() == null;
    if (!untold) return window.holds(known.facts());
    for (WindowKind kind : window.kinds())
      if (kind instanceof Birthdays) found.add(new MissingFact(rule.id(), "birthday", kind.said()));
    return true;
  }

  private boolean when() {
    var unknown = new ArrayList<Condition>();
    if (no(rule.when().all(), unknown)) return false;
    boolean one = rule.when().any().isEmpty();
    var ofAny = new ArrayList<Condition>();
    for (List<Condition> alternative : rule.when().any()) {
      var of = new ArrayList<Condition>();
      if (no(alternative, of)) continue;
      one = true;
      if (of.isEmpty()) {
        ofAny.clear();
        break;
      }
      ofAny.addAll(of);
    }
    unknown.addAll(ofAny);
    for (Condition condition : unknown)
      found.add(new MissingFact(rule.id(), untold(condition), condition.said()));
    return one;
  }

  /** Whether one of them does not hold; those of which that is not known are added. */
  private boolean no(List<Condition> conditions, List<Condition> unknown) {
    for (Condition condition : conditions) {
      if (unjudged.contains(condition.fact().word())) continue;
      if (condition.match().asks().stream().anyMatch(other -> unjudged.contains(other.word())))
        continue;
      Truth truth = condition.of(known);
      if (truth == Truth.NO) return true;
      if (truth == Truth.UNKNOWN) unknown.add(condition);
    }
    return false;
  }

  private String untold(Condition condition) {
    if (known.of(condition.fact()) == null) return condition.fact().word();
    for (Fact other : condition.match().asks()) if (known.of(other) == null) return other.word();
    return condition.fact().word();
  }
}
