package omnipoints.points.rules;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The rules of one version that multiply, and how they count together. Pure; the order of rules in
 * the file decides nothing.
 */
public final class Rates {
  /** A programme without rules. */
  public static final Rates NONE = new Rates(Across.MULTIPLY, List.of(), List.of(), null);

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

    /** What the factors count together. */
    Rational of(List<Rational> factors) {
      if (this == ADD) return sum(factors).max(Rational.ZERO);
      Rational product = Rational.ONE;
      for (Rational factor : factors) product = product.times(factor);
      return product;
    }

    /** 1 + Σ (times − 1), below 0 where more is taken than there is. */
    Rational sum(List<Rational> factors) {
      Rational sum = Rational.ONE;
      for (Rational factor : factors) sum = sum.plus(factor).minus(Rational.ONE);
      return sum;
    }
  }

  private final Across across;
  private final List<TimesRule> rules;
  private final List<Cap> caps;
  private final Variants variants;
  private final Deciding deciding;
  private final boolean empty;

  /**
   * @param across how the best of each group count together
   * @param caps the smallest that holds binds the product
   * @param variants an experiment, or null
   */
  Rates(Across across, List<TimesRule> rules, List<Cap> caps, Variants variants) {
    this.across = across;
    this.rules = List.copyOf(rules);
    this.caps = List.copyOf(caps);
    this.variants = variants;
    this.deciding = new Deciding(across, rules, caps);
    this.empty =
        rules.isEmpty()
            && variants == null
            && caps.stream().allMatch(cap -> cap.maxTimes().compareTo(Rational.ONE) >= 0);
  }

  /** Whether every cause is worth the base rate and nothing more is to be pinned of it. */
  public boolean isEmpty() {
    return empty;
  }

  List<TimesRule> rules() {
    return rules;
  }

  /** What the rules make of the facts. */
  public Multiplier of(Facts facts) {
    if (empty) return Multiplier.NONE;
    if (variants == null || facts.member() == null) return deciding.of(facts);
    String variant = variants.of(facts.member().member());
    var asked = new Facts(facts.at(), facts.order(), facts.line(), facts.member().in(variant));
    return deciding.of(asked).in(variant);
  }

  /** What all groups together may reach, whatever their conditions say; bounded by stack alone. */
  public Rational mostTimes() {
    return ofBest(rule -> rule.gives().most());
  }

  /** The same for members of a tier, {@code ""} for those of none. */
  public Rational mostTimes(String tier) {
    return ofBest(rule -> rule.gives().mostFor(tier));
  }

  /** What members of a tier get whatever they buy, where and when. */
  public Rational alwaysTimes(String tier) {
    var order = new Facts.Order(null, null, 0, null, null);
    var facts = new Facts(LocalDateTime.MIN, order, null, Facts.Member.ofTier(tier));
    List<TimesRule> always = rules.stream().filter(TimesRule::always).toList();
    return new Deciding(across, always, bounds()).of(facts).times();
  }

  /** Each group at its best; one in which no rule always holds may stay silent. */
  private Rational ofBest(Function<TimesRule, Rational> times) {
    Map<String, Rational> best = new HashMap<>();
    for (TimesRule rule : rules) best.merge(rule.group(), times.apply(rule), Rational::max);
    Set<String> sure =
        rules.stream().filter(TimesRule::always).map(TimesRule::group).collect(Collectors.toSet());
    for (TimesRule rule : rules)
      if (!sure.contains(rule.group())) best.merge(rule.group(), Rational.ONE, Rational::max);
    Rational most = across.of(List.copyOf(best.values()));
    for (Cap cap : bounds()) most = most.min(cap.maxTimes());
    return most;
  }

  private List<Cap> bounds() {
    return caps.stream().filter(cap -> cap.when().equals(When.ALWAYS)).toList();
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
    if (variants != null) told.add(variants.said());
    if (rules.size() > 1) told.add(across.said());
    for (Cap cap : caps) told.add(cap.said());
    return told;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Rates rates
        && across == rates.across
        && rules.equals(rates.rules)
        && caps.equals(rates.caps)
        && Objects.equals(variants, rates.variants);
  }

  @Override
  public int hashCode() {
    return Objects.hash(across, rules, caps, variants);
  }
}
