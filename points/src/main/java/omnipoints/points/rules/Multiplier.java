package omnipoints.points.rules;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What the rules made of one cause, pinned with its first award.
 *
 * @param times the product
 * @param formula how it came about, {@code 3/2*2}; empty where it is 1 because no rule counted and
 *     no bound below 1 holds
 * @param rules ids of the rules that counted, in the order of the formula
 * @param variant of the experiment the member was in, empty where there is none
 */
public record Multiplier(Rational times, String formula, List<String> rules, String variant) {
  /** No rule counted, and there is no experiment. */
  public static final Multiplier NONE = new Multiplier(Rational.ONE, "", List.of(), "");

  private static final Pattern NUMBER = Pattern.compile("[0-9]+(/[0-9]+)?");

  public Multiplier {
    rules = List.copyOf(rules);
  }

  /**
   * A pinned one, as it was kept.
   *
   * @param rules ids, by spaces
   */
  public static Multiplier kept(String times, String formula, String rules, String variant) {
    List<String> ids = rules.isEmpty() ? List.of() : List.of(rules.split(" "));
    var kept = new Multiplier(Rational.parse(times), formula, ids, variant);
    return kept.equals(NONE) ? NONE : kept;
  }

  /** The same of a member of a variant. */
  Multiplier in(String of) {
    return new Multiplier(times, formula, rules, of);
  }

  /** The same for the variant that another one was made for. */
  public Multiplier like(Multiplier other) {
    return other.variant().isEmpty() ? this : in(other.variant());
  }

  /** The factor of each of its rules. */
  List<Rational> factors() {
    List<Rational> numbers = numbers();
    return numbers.subList(0, Math.min(rules.size(), numbers.size()));
  }

  /** What binds the product, null if nothing does. */
  Rational bound() {
    if (!formula.startsWith("min(")) return null;
    List<Rational> numbers = numbers();
    return numbers.get(numbers.size() - 1);
  }

  private List<Rational> numbers() {
    return NUMBER.matcher(formula).results().map(one -> Rational.parse(one.group())).toList();
  }

  /** Whether the base rate stands as it is: no rule counted, no bound below 1 holds. */
  public boolean isNone() {
    return formula.isEmpty();
  }
}
