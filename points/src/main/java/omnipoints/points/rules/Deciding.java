package omnipoints.points.rules;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import omnipoints.facts.CodePoints;

/**
 * Finds what counts of many rules for millions of lines: rules in the order of their ids, groups as
 * numbers, and each product computed once. Safe for threads.
 */
final class Deciding {
  private final Rates.Across across;
  private final TimesRule[] rules;
  private final int[] group;
  private final int[][] silences;
  private final GrantRule[] grants;
  private final int[] grantGroup;
  private final int[][] grantSilences;
  private final int groups;

  /** Whether a rule that multiplies silences others. */
  private final boolean silencing;

  private final List<Cap> caps;
  private final Map<Counted, Multiplier> made = new ConcurrentHashMap<>();

  Deciding(Rates.Across across, List<TimesRule> all, List<GrantRule> grants, List<Cap> caps) {
    this.across = across;
    this.caps = caps;
    this.rules =
        all.stream().sorted((a, b) -> CodePoints.compare(a.id(), b.id())).toArray(TimesRule[]::new);
    this.grants =
        grants.stream()
            .sorted((a, b) -> CodePoints.compare(a.id(), b.id()))
            .toArray(GrantRule[]::new);
    Map<String, Integer> numbers = new LinkedHashMap<>();
    for (TimesRule rule : rules) numbers.putIfAbsent(rule.group(), numbers.size());
    for (GrantRule rule : this.grants) numbers.putIfAbsent(rule.group(), numbers.size());
    this.groups = numbers.size();
    this.group = new int[rules.length];
    this.silences = new int[rules.length][];
    for (int i = 0; i < rules.length; i++) {
      group[i] = numbers.get(rules[i].group());
      silences[i] = numbers(rules[i].excludes(), numbers);
    }
    this.silencing = Arrays.stream(silences).anyMatch(groups -> groups.length > 0);
    this.grantGroup = new int[this.grants.length];
    this.grantSilences = new int[this.grants.length][];
    for (int i = 0; i < this.grants.length; i++) {
      grantGroup[i] = numbers.get(this.grants[i].group());
      grantSilences[i] = numbers(this.grants[i].excludes(), numbers);
    }
  }

  private static int[] numbers(List<String> excludes, Map<String, Integer> numbers) {
    return excludes.stream().filter(numbers::containsKey).mapToInt(numbers::get).toArray();
  }

  /**
   * What counts of the rules.
   *
   * @param rules names of the rules that count, in the order of ids
   * @param times their factors
   * @param most what binds the product, null if nothing does
   */
  private record Counted(List<String> rules, List<Rational> times, Rational most) {}

  /** Which rules hold for one cause. Those that multiply are asked when that is wanted. */
  final class Held {
    private final Known known;
    private final boolean[] given = new boolean[grants.length];
    private final boolean[] silenced = new boolean[groups];
    private Rational[] times;
    private int[] best;
    private Multiplier alone;

    private Held(Facts facts) {
      known = new Known(facts);
      for (int i = 0; i < grants.length; i++) {
        given[i] = grants[i].holds(known);
        if (given[i]) for (int silent : grantSilences[i]) silenced[silent] = true;
      }
      if (silencing) weigh();
    }

    private void weigh() {
      if (best != null) return;
      times = new Rational[rules.length];
      best = new int[groups];
      Arrays.fill(best, -1);
      for (int i = 0; i < rules.length; i++) {
        times[i] = rules[i].times(known);
        if (times[i] == null) continue;
        for (int silent : silences[i]) silenced[silent] = true;
        int there = best[group[i]];
        // of two alike the smaller id is there already
        if (there < 0 || times[i].compareTo(times[there]) > 0) best[group[i]] = i;
      }
    }

    Multiplier rates() {
      if (alone == null) alone = multiplied(-1, null);
      return alone;
    }

    /**
     * What all rates multiply by, and a grant beside them.
     *
     * @param grant its place, -1 for none
     * @param factor of the grant
     */
    private Multiplier multiplied(int grant, Rational factor) {
      weigh();
      var counted = new ArrayList<String>(groups);
      var factors = new ArrayList<Rational>(groups);
      for (int i = 0; i < rules.length; i++) {
        if (best[group[i]] != i || silenced[group[i]]) continue;
        if (grant >= 0 && group[i] == grantGroup[grant]) continue;
        counted.add(rules[i].id());
        factors.add(times[i]);
      }
      if (grant >= 0) {
        counted.add(grants[grant].id());
        factors.add(factor);
      }
      Rational most = most(known);
      boolean bare = most == null || most.compareTo(Rational.ONE) >= 0;
      if (counted.isEmpty() && bare) return Multiplier.NONE;
      return made.computeIfAbsent(new Counted(counted, factors, most), Deciding.this::multiplier);
    }

    List<Offer> offers(boolean ofOrder) {
      var offers = new ArrayList<Offer>(2);
      for (int i = 0; i < grants.length; i++) {
        if (!given[i] || silenced[grantGroup[i]] || grants[i].ofOrder() != ofOrder) continue;
        boolean factor = grants[i].given() instanceof TimesGiven;
        // a factor of the order multiplies its lines
        if (factor && ofOrder) continue;
        Offer offer = factor ? factor(i, known) : new Offer(grants[i], null, Multiplier.NONE);
        if (offer != null) offers.add(offer);
      }
      return offers;
    }

    /** Factors that hold for the order, as they multiply this line. */
    List<Offer> factors(Held order) {
      var offers = new ArrayList<Offer>(0);
      for (int i = 0; i < grants.length; i++) {
        if (!grants[i].ofOrder() || !(grants[i].given() instanceof TimesGiven)) continue;
        int in = grantGroup[i];
        if (!order.given[i] || order.silenced[in] || silenced[in]) continue;
        Offer offer = factor(i, order.known);
        if (offer != null) offers.add(offer);
      }
      return offers;
    }

    /**
     * A grant that is a factor; null where a rate of its group leaves nothing extra, being as
     * large.
     *
     * @param asked what the factor asks
     */
    private Offer factor(int grant, Known asked) {
      weigh();
      Rational factor = ((TimesGiven) grants[grant].given()).gives().times(asked);
      int rate = best[grantGroup[grant]];
      if (factor == null || rate >= 0 && times[rate].compareTo(factor) >= 0) return null;
      return new Offer(grants[grant], multiplied(grant, factor), rates());
    }
  }

  Held held(Facts facts) {
    return new Held(facts);
  }

  /** Whether any of its rules gives something for itself. */
  boolean grant() {
    return grants.length > 0;
  }

  /** The grants whose rules hold for what is no purchase; by id. */
  List<Offer> offers(Facts facts) {
    return grant() ? held(facts).offers(false) : List.of();
  }

  private Rational most(Known known) {
    Rational most = null;
    for (Cap cap : caps) {
      if (most != null && cap.maxTimes().compareTo(most) >= 0) continue;
      if (cap.when().holds(known)) most = cap.maxTimes();
    }
    return most;
  }

  /** The product of these rules alone. */
  Multiplier multiplier(List<String> rules, List<Rational> times, Rational most) {
    boolean bare = most == null || most.compareTo(Rational.ONE) >= 0;
    return rules.isEmpty() && bare ? Multiplier.NONE : multiplier(new Counted(rules, times, most));
  }

  private Multiplier multiplier(Counted counted) {
    Rational product = across.of(counted.times());
    String formula = formula(counted.times());
    if (counted.most() != null && product.compareTo(counted.most()) > 0) {
      product = counted.most();
      formula = "min(" + formula + "," + product + ")";
    }
    return new Multiplier(product, formula, counted.rules(), "");
  }

  private String formula(List<Rational> times) {
    List<String> factors = times.stream().map(Rational::toString).toList();
    if (factors.isEmpty()) return Rational.ONE.toString();
    if (across == Rates.Across.MULTIPLY || factors.size() == 1) return String.join("*", factors);
    String sum = String.join("+", factors) + "-" + (factors.size() - 1);
    boolean negative = across.sum(times).signum() < 0;
    return negative ? "max(" + sum + ",0)" : "(" + sum + ")";
  }
}
