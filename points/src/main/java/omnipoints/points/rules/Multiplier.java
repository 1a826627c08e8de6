package omnipoints.points.rules;

import java.util.List;

/**
 * What the rules made of one cause, pinned with its first award.
 *
 * @param times the product
 * @param formula how it came about, {@code 3/2*2}; empty where it is 1 because no rule counted
 * @param rules ids of the rules that counted, in the order of the formula
 */
public record Multiplier(Rational times, String formula, List<String> rules) {
  /** No rule counted. */
  public static final Multiplier NONE = new Multiplier(Rational.ONE, "", List.of());

  public Multiplier {
    rules = List.copyOf(rules);
  }

  public boolean isNone() {
    return formula.isEmpty();
  }
}
