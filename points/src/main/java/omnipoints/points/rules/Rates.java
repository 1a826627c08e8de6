package omnipoints.points.rules;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import omnipoints.facts.CodePoints;

/**
 * The rules of one version, and how those that multiply count together. Pure; the order of rules in
 * the file decides nothing.
 */
public final class Rates {
  /** A programme without rules. */
  public static final Rates NONE =
      new Rates(Across.MULTIPLY, List.of(), List.of(), List.of(), null, null);

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
  private final List<GrantRule> grants;
  private final List<Cap> caps;
  private final Variants variants;
  private final OnReturn onReturnDefault;
  private final Deciding deciding;
  private final Deciding activities;
  private final Map<Occasion.Kind, Deciding> occasions = new EnumMap<>(Occasion.Kind.class);
  private final boolean empty;
  private final boolean factorsOfOrders;
  private final boolean requalify;

  /** Words of the facts that rules and bounds ask. */
  private final Set<String> asked = new HashSet<>();

  /**
   * @param across how the best of each group count together
   * @param grants rules whose awards stand for themselves
   * @param caps the smallest that holds binds the product
   * @param variants an experiment, or null
   * @param onReturnDefault what stays of grants in a return whose rules do not say; null where that
   *     follows from their kind
   */
  Rates(
      Across across,
      List<TimesRule> rules,
      List<GrantRule> grants,
      List<Cap> caps,
      Variants variants,
      OnReturn onReturnDefault) {
    this.onReturnDefault = onReturnDefault;
    this.across = across;
    this.rules = List.copyOf(rules);
    this.grants = List.copyOf(grants);
    this.caps = List.copyOf(caps);
    this.variants = variants;
    this.deciding =
        new Deciding(across, rules, grants.stream().filter(GrantRule::ofPurchase).toList(), caps);
    this.activities =
        new Deciding(
            across,
            List.of(),
            grants.stream().filter(rule -> rule.activities() != null).toList(),
            List.of());
    for (Occasion.Kind kind : Occasion.Kind.values())
      if (answer(kind))
        occasions.put(
            kind,
            new Deciding(
                across,
                List.of(),
                grants.stream().filter(rule -> on(rule, kind)).toList(),
                List.of()));
    this.factorsOfOrders =
        grants.stream().anyMatch(rule -> rule.ofOrder() && rule.given() instanceof TimesGiven);
    Stream.concat(
            Stream.<OrderRule>concat(rules.stream(), grants.stream()).map(OrderRule::when),
            caps.stream().map(Cap::when))
        .flatMap(when -> when.conditions().stream())
        .forEach(condition -> asked.add(condition.fact().word()));
    this.requalify =
        rules.stream().anyMatch(TimesRule::requalify)
            || grants.stream().anyMatch(rule -> rule.own().requalify());
    this.empty =
        rules.isEmpty()
            && grants.isEmpty()
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
    return empty ? Multiplier.NONE : asking(facts).times();
  }

  /** A cause of these facts, for all that is to be known of it. */
  public Asked asking(Facts facts) {
    Facts asked = asked(facts);
    return new Asked(deciding, asked, asked == facts ? null : asked.member().variant());
  }

  /** The rules that hold for an activity, by id; of one group there may be several. */
  public List<Offer> ofActivity(Facts facts) {
    return activities.offers(asked(facts));
  }

  /** Whether an activity is one that the rule counts, whatever its window. */
  public boolean genuine(GrantRule rule, Facts facts) {
    return rule.counts(new Known(asked(facts)));
  }

  /** The rules that hold for what happened, by id; of one group there may be several. */
  public List<Offer> ofOccasion(Occasion.Kind kind, Facts facts) {
    Deciding rules = occasions.get(kind);
    return rules == null ? List.of() : rules.offers(asked(facts));
  }

  /** Whether a rule answers to such occasions. */
  public boolean answer(Occasion.Kind kind) {
    return grants.stream().anyMatch(rule -> on(rule, kind));
  }

  /** Whether a rule gives on that date. */
  public boolean give(LocalDate at) {
    return grants.stream()
        .anyMatch(rule -> rule.occasion() != null && at.equals(rule.occasion().at()));
  }

  private static boolean on(GrantRule rule, Occasion.Kind kind) {
    return rule.occasion() != null && rule.occasion().kind() == kind;
  }

  /** Whether a rule answers to activities. */
  public boolean askActivities() {
    return grants.stream().anyMatch(rule -> rule.activities() != null);
  }

  private Facts asked(Facts facts) {
    if (variants == null || facts.member() == null) return facts;
    return facts.in(variants.of(facts.member().member()));
  }

  /**
   * Whether a rule or bound asks one of these facts, so that nobody looks up what nobody asks.
   *
   * @param words such as {@code tag}
   */
  public boolean ask(Collection<String> words) {
    for (String word : words) if (asked.contains(word)) return true;
    return false;
  }

  /** Whether a bound asks one of these facts. */
  public boolean boundBy(Set<String> words) {
    return caps.stream().anyMatch(cap -> cap.when().asks(words));
  }

  /** Whether a return asks the money of a rule again. */
  public boolean requalify() {
    return requalify;
  }

  /** Whether a grant still has the money that its rule asks for; others always do. */
  public boolean qualifies(String id, Facts money) {
    for (GrantRule rule : grants)
      if (rule.id().equals(id) && rule.own().requalify())
        return rule.when().qualifies(When.MONEY, new Known(money));
    return true;
  }

  /**
   * What is left of a multiplier when some of its rules have no longer the money that they asked
   * for; the same where all have.
   */
  public Multiplier requalified(Multiplier pinned, Facts money) {
    var left = new ArrayList<String>();
    var factors = new ArrayList<Rational>();
    List<Rational> all = pinned.factors();
    for (int i = 0; i < pinned.rules().size(); i++) {
      if (!stillHolds(pinned.rules().get(i), money)) continue;
      left.add(pinned.rules().get(i));
      factors.add(all.get(i));
    }
    if (left.size() == pinned.rules().size()) return pinned;
    return deciding.multiplier(left, factors, pinned.bound()).like(pinned);
  }

  /**
   * A pinned multiplier as it would have been in another tier, all else being as it was.
   *
   * @param held facts of the cause in the tier in which it was pinned
   * @param due the same in the other one
   */
  public Multiplier reranked(Multiplier pinned, Facts held, Facts due) {
    if (of(held).like(pinned).equals(pinned)) return of(due).like(pinned);
    // Something else is known otherwise by now: only what asks the tier is asked again.
    Known known = new Known(asked(due));
    var factors = new TreeMap<String, Rational>(CodePoints::compare);
    Set<String> taken = new HashSet<>();
    List<Rational> all = pinned.factors();
    for (int i = 0; i < pinned.rules().size(); i++) {
      String id = pinned.rules().get(i);
      TimesRule rule = rule(id);
      Rational factor = rule == null ? all.get(i) : rule.reranked(all.get(i), known);
      if (factor == null) continue;
      factors.put(id, factor);
      if (rule != null) taken.add(rule.group());
    }
    Map<String, TimesRule> best = new HashMap<>();
    for (TimesRule rule : rules) {
      if (!rule.asksRank() || taken.contains(rule.group())) continue;
      Rational factor = rule.times(known);
      if (factor == null) continue;
      TimesRule there = best.get(rule.group());
      int c = there == null ? 1 : factor.compareTo(there.times(known));
      if (c > 0 || c == 0 && CodePoints.compare(rule.id(), there.id()) < 0)
        best.put(rule.group(), rule);
    }
    for (TimesRule rule : best.values()) factors.put(rule.id(), rule.times(known));
    return deciding
        .multiplier(List.copyOf(factors.keySet()), List.copyOf(factors.values()), pinned.bound())
        .like(pinned);
  }

  private TimesRule rule(String id) {
    for (TimesRule rule : rules) if (rule.id().equals(id)) return rule;
    return null;
  }

  /** Whether a factor with terms of its own is given once for an order. */
  public boolean factorsOfOrders() {
    return factorsOfOrders;
  }

  /** Whether something bounds what rules multiply by together. */
  public boolean capped() {
    return !caps.isEmpty();
  }

  /** A multiplier as it would be if nothing bounded it; null where nothing does. */
  public Multiplier unbounded(Multiplier pinned) {
    if (pinned.bound() == null) return null;
    return new Multiplier(across.of(pinned.factors()), pinned.formula(), pinned.rules(), "");
  }

  private boolean stillHolds(String id, Facts money) {
    for (TimesRule rule : rules)
      if (rule.id().equals(id) && rule.requalify())
        return rule.when().qualifies(When.MONEY, new Known(money));
    return true;
  }

  /** What stays of a grant in a return: as its rule says, else the programme, else its kind. */
  public OnReturn onReturn(GrantRule rule) {
    OnReturn said = rule.own().onReturn() != null ? rule.own().onReturn() : onReturnDefault;
    // days count no money: what is kept of an order bears its day, or nothing is
    boolean days = rule.given() instanceof LadderGiven;
    if (days && (said == null || said == OnReturn.KEPT)) return OnReturn.FULL;
    if (said != null) return said;
    if (!returnsTouch(rule)) return OnReturn.KEEP;
    if (!(rule.given() instanceof PointsGiven)) return OnReturn.KEPT;
    return rule.ofOrder() || !rule.ofPurchase() ? OnReturn.FULL : OnReturn.PROPORTIONAL;
  }

  /** Rules whose awards stand for themselves. */
  public List<GrantRule> grants() {
    return grants;
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
    var order = new Facts.Order(null, null, 0L, null, null);
    var facts = new Facts(LocalDateTime.MIN, order, null, Facts.Member.ofTier(tier));
    List<TimesRule> always = rules.stream().filter(TimesRule::always).toList();
    return new Deciding(across, always, List.of(), bounds()).held(facts).rates().times();
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
    return Stream.<OrderRule>concat(rules.stream(), grants.stream())
        .map(OrderRule::told)
        .sorted(Comparator.comparingInt(RuleText::line))
        .toList();
  }

  /**
   * What held where rules counted, in the order of the file.
   *
   * @param ids of rules that counted
   */
  public List<HeldFact> held(Collection<String> ids) {
    return Stream.<OrderRule>concat(rules.stream(), grants.stream())
        .filter(rule -> ids.contains(rule.id()))
        .sorted(Comparator.comparingInt(OrderRule::line))
        .flatMap(rule -> rule.held().stream())
        .toList();
  }

  /**
   * What nobody told, for want of which rules that answer to orders did not count; in the order of
   * the file.
   *
   * @param counted ids of rules that counted
   * @param facts that are kept of an order, or of a line of it, and of its owner
   */
  public List<MissingFact> missing(Collection<String> counted, Facts facts) {
    return Stream.<OrderRule>concat(rules.stream(), grants.stream().filter(GrantRule::ofPurchase))
        .filter(rule -> !counted.contains(rule.id()))
        .sorted(Comparator.comparingInt(OrderRule::line))
        .flatMap(rule -> Missing.of(rule, facts).stream())
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

  private static boolean returnsTouch(GrantRule rule) {
    return rule.occasion() == null || rule.occasion().kind().returns();
  }

  /** What becomes of grants in a return, in words; nothing of those that no return can touch. */
  public List<Said> returnsTold() {
    Map<OnReturn, List<String>> rulesOf = new EnumMap<>(OnReturn.class);
    for (GrantRule rule : grants)
      if (returnsTouch(rule))
        rulesOf.computeIfAbsent(onReturn(rule), fate -> new ArrayList<>()).add(rule.id());
    var told = new ArrayList<Said>();
    rulesOf.forEach((fate, ids) -> told.add(fate.said(ids)));
    return told;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Rates rates
        && across == rates.across
        && rules.equals(rates.rules)
        && grants.equals(rates.grants)
        && caps.equals(rates.caps)
        && Objects.equals(variants, rates.variants)
        && onReturnDefault == rates.onReturnDefault;
  }

  @Override
  public int hashCode() {
    return Objects.hash(across, rules, grants, caps, variants, onReturnDefault);
  }
}
