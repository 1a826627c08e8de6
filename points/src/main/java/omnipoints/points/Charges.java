package omnipoints.points;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import omnipoints.facts.Purchase;
import omnipoints.points.rules.Facts;
import omnipoints.points.rules.Multiplier;

/**
 * The charges of one order: those of earlier nights, and those that a tier lost since makes. They
 * are asked for once, so that nothing which is known later changes them. Pure.
 */
final class Charges {

  /**
   * By the line that something was posted for; {@code ""}: of the order, where that takes steps.
   */
  private final Map<String, Charge> known;

  private final Map<String, Charge> fresh = new TreeMap<>();

  Charges(Map<String, Charge> known) {
    this.known = new HashMap<>(known);
  }

  /** Those of tonight, by line. */
  Map<String, Charge> fresh() {
    return fresh;
  }

  /** Null where the line, or what it takes the place of, has none. */
  Charge of(String line) {
    return known.get(line);
  }

  boolean isEmpty() {
    return known.isEmpty();
  }

  /**
   * Asks what the lines would have pinned in the tier that was due.
   *
   * @param whole the order's own decision where it is rounded once in steps, else null
   * @param pinned the decision of each line, null where it has none
   * @param facts of a line for a member of some tier
   */
  void ask(
      Programme programme,
      OrderWorth.Overearner tier,
      List<Purchase.Line> lines,
      PinnedRule whole,
      Function<Purchase.Line, PinnedRule> pinned,
      BiFunction<Purchase.Line, Facts.Member, Facts> facts) {
    if (whole != null) {
      Program version = programme.version(whole.programVersion());
      if (version == null) return;
      Multiplier held = mean(version, lines, whole, line -> facts.apply(line, tier.held()));
      Multiplier due = mean(version, lines, whole, line -> facts.apply(line, tier.due()));
      // where something else than the tier is known otherwise by now, what was pinned stays
      boolean asked = held != null && held.times().equals(whole.times().times());
      put("", whole.times(), asked ? due.like(whole.times()) : whole.times(), tier);
      return;
    }
    for (Purchase.Line line : lines) {
      PinnedRule decision = pinned.apply(line);
      Program version = decision == null ? null : programme.version(decision.programVersion());
      if (version == null) continue;
      Multiplier due =
          version
              .rates()
              .reranked(
                  decision.times(), facts.apply(line, tier.held()), facts.apply(line, tier.due()));
      put(line.key().line(), decision.times(), due, tier);
    }
  }

  private static Multiplier mean(
      Program version,
      List<Purchase.Line> lines,
      PinnedRule whole,
      Function<Purchase.Line, Facts> facts) {
    List<OrderRate.Part> parts =
        lines.stream()
            .map(
                line ->
                    new OrderRate.Part(
                        whole.times(version.rates().of(facts.apply(line))), line.baseFen()))
            .toList();
    PinnedRule decision = OrderRate.decision(parts);
    return decision == null ? null : decision.times();
  }

  /** A tier that would have earned more takes nothing. */
  private void put(String line, Multiplier pinned, Multiplier due, OrderWorth.Overearner tier) {
    boolean less = due.times().compareTo(pinned.times()) < 0;
    if (!less && !known.containsKey(line)) return;
    var charge = new Charge(tier.at(), less ? due : pinned);
    known.put(line, charge);
    fresh.put(line, charge);
  }
}
