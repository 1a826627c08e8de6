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
  private final int groups;
  private final List<Cap> caps;
  private final Map<Counted, Multiplier> made = new ConcurrentHashMap<>();

  Deciding(Rates.Across across, List<TimesRule> all, List<Cap> caps) {
    this.across = across;
    this.caps = caps;
    this.rules =
        all.stream().sorted((a, b) -> CodePoints.compare(a.id(), b.id())).toArray(TimesRule[]::new);
    Map<String, Integer> numbers = new LinkedHashMap<>();
    for (TimesRule rule : rules) numbers.putIfAbsent(rule.group(), numbers.size());
    this.groups = numbers.size();
    this.group = new int[rules.length];
    this.silences = new int[rules.length][];
    for (int i = 0; i < rules.length; i++) {
      group[i] = numbers.get(rules[i].group());
      silences[i] =
          rules[i].excludes().stream()
              .filter(numbers::containsKey)
              .mapToInt(numbers::get)
              .toArray();
    }
  }

  /**
   * What counts of the rules.
   *
   * @param rules places of the rules that count, in the order of ids
   * @param times their factors
   * @param most what binds the product, null if nothing does
   */
  private record Counted(List<Integer> rules, List<Rational> times, Rational most) {}

  Multiplier of(Facts facts) {
    var known = new Known(facts);
    int[] best = new int[groups];
    Arrays.fill(best, -1);
    var times = new Rational[rules.length];
    boolean[] silenced = new boolean[groups];
    for (int i = 0; i < rules.length; i++) {
      times[i] = rules[i].times(known);
      if (times[i] == null) continue;
      for (int silent : silences[i]) silenced[silent] = true;
      int there = best[group[i]];
      // of two alike the smaller id is there already
      if (there < 0 || times[i].compareTo(times[there]) > 0) best[group[i]] = i;
    }
    var counted = new ArrayList<Integer>(groups);
    var factors = new ArrayList<Rational>(groups);
    for (int i = 0; i < rules.length; i++) {
      if (best[group[i]] != i || silenced[group[i]]) continue;
      counted.add(i);
      factors.add(times[i]);
    }
    Rational most = most(known);
    boolean bare = most == null || most.compareTo(Rational.ONE) >= 0;
    if (counted.isEmpty() && bare) return Multiplier.NONE;
    return made.computeIfAbsent(new Counted(counted, factors, most), this::multiplier);
  }

  private Rational most(Known known) {
    Rational most = null;
    for (Cap cap : caps) {
      if (most != null && cap.maxTimes().compareTo(most) >= 0) continue;
      if (cap.when().holds(known)) most = cap.maxTimes();
    }
    return most;
  }

  private Multiplier multiplier(Counted counted) {
    Rational product = across.of(counted.times());
    String formula = formula(counted.times());
    if (counted.most() != null && product.compareTo(counted.most()) > 0) {
      product = counted.most();
      formula = "min(" + formula + "," + product + ")";
    }
    List<String> ids = counted.rules().stream().map(place -> rules[place].id()).toList();
    return new Multiplier(product, formula, ids, "");
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
