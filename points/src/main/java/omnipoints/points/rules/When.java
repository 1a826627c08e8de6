package omnipoints.points.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The conditions of a rule: all of {@code all} hold, and one of the alternatives of {@code any} if
 * there are any.
 */
record When(List<Condition> all, List<List<Condition>> any) {
  static final When ALWAYS = new When(List.of(), List.of());

  /** What a return takes part of. */
  static final Set<String> MONEY = Set.of("order_fen", "line_fen");

  /** What lines say, each for itself. */
  static final Set<String> LINES = Set.of("sku", "category", "brand", "line_fen");

  /** What a tier says, and what comes with it. */
  static final Set<String> RANK = Set.of("tier", "pass");

  boolean holds(Known known) {
    return of(known) == Truth.YES;
  }

  private Truth of(Known known) {
    Truth truth = all(all, known);
    if (any.isEmpty() || truth == Truth.NO) return truth;
    Truth one = Truth.NO;
    for (List<Condition> alternative : any) one = one.or(all(alternative, known));
    return truth.and(one);
  }

  private static Truth all(List<Condition> conditions, Known known) {
    Truth truth = Truth.YES;
    for (Condition condition : conditions) truth = truth.and(condition.of(known));
    return truth;
  }

  /** Every condition in it. */
  List<Condition> conditions() {
    var every = new ArrayList<>(all);
    for (List<Condition> alternative : any) every.addAll(alternative);
    return every;
  }

  /** Whether what it asks of these facts still holds, everything else being as it was. */
  boolean qualifies(Set<String> words, Known known) {
    return qualify(all, words, known)
        && (any.isEmpty()
            || any.stream().anyMatch(alternative -> qualify(alternative, words, known)));
  }

  private static boolean qualify(List<Condition> conditions, Set<String> words, Known known) {
    for (Condition condition : conditions)
      if (words.contains(condition.fact().word()) && condition.of(known) != Truth.YES) return false;
    return true;
  }

  boolean asks(Set<String> words) {
    return conditions().stream().anyMatch(condition -> words.contains(condition.fact().word()));
  }

  /** All that holds where it does; alternatives stand together, one of them did. */
  List<HeldFact> held(String rule) {
    var held = new ArrayList<HeldFact>();
    for (Condition condition : all)
      held.add(new HeldFact(rule, condition.fact().word(), condition.said()));
    if (!any.isEmpty()) held.add(new HeldFact(rule, "any", alternatives()));
    return held;
  }

  /** {@code ""} where nothing is asked. */
  Said said() {
    var parts = new ArrayList<Said>();
    for (Condition condition : all) parts.add(condition.said());
    if (!any.isEmpty()) parts.add(alternatives());
    return Said.joined(parts, new Said("，且", ", and "));
  }

  private Said alternatives() {
    return Said.joined(any.stream().map(When::together).toList(), new Said("，或", ", or "));
  }

  private static Said together(List<Condition> conditions) {
    return Said.joined(conditions.stream().map(Condition::said).toList(), new Said("且", " and "));
  }
}
