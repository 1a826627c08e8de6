package omnipoints.points.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import omnipoints.facts.CodePoints;

/**
 * The rules of one version that multiply, and how they count together. Pure; the order of rules in
 * the file decides nothing.
 *
 * @param across how the best of each group count together
 * @param caps the smallest that holds binds the product
 */
public record Rates(Across across, List<TimesRule> rules, List<Cap> caps) {
  /** A programme without rules. */
  public static final Rates NONE = new Rates(Across.MULTIPLY, List.of(), List.of());

  /** MULTIPLY: Π times. ADD: 1 + Σ (times − 1), at least 0. */
  public enum Across {
    MULTIPLY,
    ADD;

    Said said() {
      return this == MULTIPLY
          ? new Said(
              "同组规则取最高，不同组的倍数相乘",
              "of one group the best rule counts, across groups the factors multiply")
          : new Said(
              "同组规则取最高，不同组多出的倍数相加",
              "of one group the best rule counts, across groups what each adds is added up");
    }

    Rational of(List<Rational> factors) {
      Rational product = Rational.ONE;
      for (Rational factor : factors)
        product =
            this == MULTIPLY ? product.times(factor) : product.plus(factor).minus(Rational.ONE);
      return product.signum() < 0 ? Rational.ZERO : product;
    }
  }

  /** A rule that counts, with its factor. */
  record Counted(TimesRule rule, Rational times) {}

  /** What the rules make of the facts. */
  public Multiplier of(Facts facts) {
    if (rules.isEmpty()) return Multiplier.NONE;
    List<Counted> counted = counted(facts);
    if (counted.isEmpty()) return Multiplier.NONE;
    Rational product = product(counted);
    String formula = formula(counted);
    Rational most = most(facts);
    if (most != null && product.compareTo(most) > 0) {
      product = most;
      formula = "min(" + formula + "," + most + ")";
    }
    return new Multiplier(product, formula, counted.stream().map(one -> one.rule().id()).toList());
  }

  /** The best of each group that nobody silences, by id. */
  List<Counted> counted(Facts facts) {
    var holding = new ArrayList<Counted>();
    Set<String> silenced = new HashSet<>();
    for (TimesRule rule : rules) {
      Rational times = rule.times(facts);
      if (times == null) continue;
      holding.add(new Counted(rule, times));
      silenced.addAll(rule.excludes());
    }
    Map<String, Counted> best = new HashMap<>();
    for (Counted one : holding)
      if (!silenced.contains(one.rule().group()))
        best.merge(one.rule().group(), one, Rates::better);
    return best.values().stream()
        .sorted((a, b) -> CodePoints.compare(a.rule().id(), b.rule().id()))
        .toList();
  }

  private static Counted better(Counted a, Counted b) {
    int c = a.times().compareTo(b.times());
    if (c == 0) c = CodePoints.compare(b.rule().id(), a.rule().id());
    return c >= 0 ? a : b;
  }

  private Rational product(List<Counted> counted) {
    return across.of(counted.stream().map(Counted::times).toList());
  }

  /** What all groups together may reach, whatever their conditions say; bounded by stack alone. */
  public Rational mostTimes() {
    Rational most = ofBest(rules, rule -> rule.gives().most());
    for (String tier : tiers()) most = most.max(mostTimes(tier));
    return most;
  }

  /** The same for members of a tier, {@code ""} for those of none. */
  public Rational mostTimes(String tier) {
    return ofBest(rules, rule -> rule.gives().mostFor(tier));
  }

  /** What members of a tier always get: by rules without window and condition. */
  public Rational alwaysTimes(String tier) {
    List<TimesRule> always = rules.stream().filter(TimesRule::always).toList();
    return ofBest(always, rule -> rule.gives().mostFor(tier));
  }

  private Rational ofBest(List<TimesRule> some, Function<TimesRule, Rational> times) {
    Map<String, Rational> best = new HashMap<>();
    for (TimesRule rule : some) best.merge(rule.group(), times.apply(rule), Rational::max);
    Rational most =
        across.of(best.values().stream().filter(one -> one.compareTo(Rational.ONE) > 0).toList());
    for (Cap cap : caps) if (cap.when().equals(When.ALWAYS)) most = most.min(cap.maxTimes());
    return most;
  }

  /** Tiers that a rule names a factor of. */
  public SortedSet<String> tiers() {
    var tiers = new TreeSet<String>();
    for (TimesRule rule : rules)
      if (rule.gives() instanceof TimesBy by && by.fact().word().equals("tier"))
        tiers.addAll(by.factors().keySet());
    return tiers;
  }

  /** Each rule in words, in the order of the file. */
  public List<RuleText> told() {
    return rules.stream()
        .map(rule -> new RuleText(rule.id(), rule.group(), rule.line(), rule.said()))
        .toList();
  }

  /** How several rules count together, in words; empty where nothing is to be said. */
  public List<Said> stackTold() {
    var told = new ArrayList<Said>();
    if (rules.size() > 1) told.add(across.said());
    for (Cap cap : caps) told.add(cap.said());
    return told;
  }

  private String formula(List<Counted> counted) {
    List<String> factors = counted.stream().map(one -> one.times().toString()).toList();
    if (across == Across.MULTIPLY || factors.size() == 1) return String.join("*", factors);
    return "(" + String.join("+", factors) + "-" + (factors.size() - 1) + ")";
  }

  private Rational most(Facts facts) {
    Rational most = null;
    for (Cap cap : caps) {
      if (most != null && cap.maxTimes().compareTo(most) >= 0) continue;
      if (cap.when().holds(facts)) most = cap.maxTimes();
    }
    return most;
  }
}
