package omnipoints.points.rules;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import omnipoints.files.yaml.YamlSource;

/** Reads {@code rules}, {@code stack} and {@code caps} of a programme file of the right form. */
public final class RatesReader {
  /** Points of the largest order stay far from the end of 64 bits. */
  private static final Rational MOST_TIMES = Rational.of(10_000);

  private RatesReader() {}

  /**
   * Reads them; what is wrong with their meaning is noted in {@code source}.
   *
   * @param unfit pointers of what has another form than it should; a rule or cap in which one lies
   *     is left out
   * @param lists the sets and calendars they may name
   * @param effectiveFrom when the version begins, null where that cannot be read
   * @param tiers ids of the version's levels, null where they cannot be asked
   */
  public static Rates read(
      YamlSource source,
      Set<String> unfit,
      NamedLists lists,
      LocalDate effectiveFrom,
      Set<String> tiers) {
    Node root = Node.root(source, lists);
    List<Node> rulesRead = sound(root.at("rules"), unfit);
    List<OrderRule> all = rules(rulesRead, effectiveFrom);
    List<TimesRule> rules = of(TimesRule.class, all);
    List<GrantRule> grants = of(GrantRule.class, all);
    checkSlots(rulesRead, all);
    if (rulesRead.size() == root.at("rules").entries().size()) checkExcludes(rulesRead, all);
    var caps = new ArrayList<Cap>();
    Node stack = root.at("stack");
    if (stack.has("max_times") && isSound(stack, unfit))
      caps.add(new Cap(When.ALWAYS, stack.at("max_times").factor()));
    for (Node cap : sound(root.at("caps"), unfit))
      caps.add(new Cap(WhenReader.read(cap.at("when")), cap.at("max_times").factor()));
    Rates.Across across =
        stack.has("across") && isSound(stack, unfit)
            ? Rates.Across.valueOf(stack.at("across").text().toUpperCase(Locale.ROOT))
            : Rates.Across.MULTIPLY;
    Node experiment = root.at("variants");
    Variants variants = isSound(experiment, unfit) ? Variants.read(experiment) : null;
    List<Node> conditional = new ArrayList<>(rulesRead);
    conditional.addAll(sound(root.at("caps"), unfit));
    if (isSound(experiment, unfit))
      checkNames(
          conditional,
          "variant",
          variants == null ? Set.of() : variants.shares().keySet(),
          "variants: {key, shares} names them");
    if (tiers != null)
      checkNames(
          conditional,
          "tier",
          tiers,
          tiers.isEmpty()
              ? "tiers: {levels} names them"
              : "levels are " + String.join(", ", new TreeSet<>(tiers)));
    var rates =
        new Rates(
            across,
            rules,
            grants,
            caps,
            variants,
            isSound(root.at("on_return_default"), unfit)
                ? GrantReader.onReturn(root.at("on_return_default"))
                : null);
    if (rates.mostTimes().compareTo(MOST_TIMES) > 0)
      root.at("rules")
          .problem(
              "together they may multiply by "
                  + rates.mostTimes()
                  + "; bound them with stack: {max_times: 10}");
    return rates;
  }

  private static List<Node> sound(Node list, Set<String> unfit) {
    if (unfit.contains(list.pointer())) return List.of();
    return list.entries().stream().filter(node -> isSound(node, unfit)).toList();
  }

  private static boolean isSound(Node node, Set<String> unfit) {
    return unfit.stream()
        .noneMatch(bad -> bad.equals(node.pointer()) || bad.startsWith(node.pointer() + "/"));
  }

  private static List<OrderRule> rules(List<Node> nodes, LocalDate effectiveFrom) {
    var rules = new ArrayList<OrderRule>();
    Map<String, Node> ids = new HashMap<>();
    for (Node node : nodes) {
      OrderRule rule = GrantReader.isGrant(node) ? GrantReader.read(node) : rule(node);
      if (rule instanceof TimesRule && node.at("scope").text().equals("order"))
        node.at("scope")
            .problem(
                "is for an award of its own, and this factor is part of the rate; say campaign: a name for"
                    + " it, or leave it out");
      String on = node.at("on").text();
      if (node.has("at") && (on.isEmpty() || on.equals("activity")))
        node.at("at").problem("only rules on: schedule give at a date; say window: {from, to}");
      Node twin = ids.putIfAbsent(rule.id(), node);
      if (twin != null)
        node.at("id").problem(rule.id() + " is also the rule of line " + twin.line());
      if (effectiveFrom != null
          && rule.window().end() != null
          && !rule.window().end().isAfter(effectiveFrom.atStartOfDay())) {
        node.at("window")
            .problem(
                "is over before the version begins on "
                    + effectiveFrom
                    + "; take the rule out or let it end later");
      }
      rules.add(rule);
    }
    return rules;
  }

  private static <T extends OrderRule> List<T> of(Class<T> kind, List<OrderRule> rules) {
    return rules.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** Who is asked for a variant or tier that is not there is never found. */
  private static void checkNames(List<Node> nodes, String fact, Set<String> names, String instead) {
    for (Node node : nodes) {
      var asked = new ArrayList<Node>();
      if (node.at("when").has(fact)) asked.add(node.at("when").at(fact));
      for (Node alternative : node.at("when").at("any").entries())
        if (alternative.has(fact)) asked.add(alternative.at(fact));
      for (Node place : asked)
        for (Node word : words(place)) checkName(word, word.text(), fact, names, instead);
      node.at("times_by")
          .at(fact)
          .members()
          .forEach((word, factor) -> checkName(factor, word, fact, names, instead));
    }
  }

  private static void checkName(
      Node place, String word, String fact, Set<String> names, String instead) {
    if (names.contains(word) || FactKinds.ALL.containsKey(word)) return;
    place.problem("there is no " + fact + " '" + word + "'; " + instead);
  }

  private static List<Node> words(Node place) {
    if (!place.value().isObject()) return place.entries();
    return place.has("not") ? words(place.at("not")) : List.of();
  }

  private static void checkExcludes(List<Node> nodes, List<OrderRule> rules) {
    Set<String> groups = rules.stream().map(OrderRule::group).collect(Collectors.toSet());
    for (int i = 0; i < nodes.size(); i++) {
      for (Node group : nodes.get(i).at("excludes").entries()) {
        if (group.text().equals(rules.get(i).group()))
          group.problem("a rule cannot silence its own group");
        else if (!groups.contains(group.text()))
          group.problem("no rule is in a group '" + group.text() + "'");
      }
    }
  }

  /** What loses the slot would have taken the place of what needs none. */
  private static void checkSlots(List<Node> nodes, List<OrderRule> rules) {
    for (int i = 0; i < nodes.size(); i++) {
      if (!(rules.get(i) instanceof GrantRule one) || one.bound().slot() == null) continue;
      for (OrderRule other : rules)
        if (other instanceof GrantRule mate
            && mate.group().equals(one.group())
            && mate.bound().slot() == null) {
          nodes
              .get(i)
              .at("group")
              .problem(
                  mate.id()
                      + " of the group is for any order; give the first one a group of its own");
          break;
        }
    }
  }

  /** The group a rule names, else its own id. */
  static String group(Node node) {
    return node.has("group") ? node.at("group").text() : node.at("id").text();
  }

  static Window window(Node node) {
    return node.has("window") ? Window.read(node.at("window")) : Window.ALWAYS;
  }

  private static TimesRule rule(Node node) {
    if (node.has("on_return"))
      node.at("on_return")
          .problem(
              "a factor of the rate keeps what the kept money earns; on_return is for what is given"
                  + " beside it");
    return new TimesRule(
        node.at("id").text(),
        group(node),
        node.at("excludes").texts(),
        window(node),
        WhenReader.read(node.at("when")),
        gives(node),
        requalify(node),
        node.line());
  }

  /** Only what asks for money can be asked again. */
  static boolean requalify(Node node) {
    boolean again = node.at("requalify").value().asBoolean(false);
    if (again && !WhenReader.read(node.at("when")).asks(Set.of("order_fen", "line_fen")))
      node.at("requalify").problem("asks order_fen or line_fen again; when asks neither");
    return again;
  }

  static Gives gives(Node node) {
    List<String> given = GivesKinds.ALL.keySet().stream().filter(node::has).sorted().toList();
    if (given.size() == 1) return GivesKinds.ALL.get(given.get(0)).apply(node.at(given.get(0)));
    node.problem(
        given.isEmpty()
            ? "gives nothing; add times, such as times: 2, or points, such as points: 100"
            : "gives both times and times_by; make it two rules");
    return new Times(Rational.ONE);
  }
}
