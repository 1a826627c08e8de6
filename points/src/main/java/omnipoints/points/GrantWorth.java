package omnipoints.points;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import omnipoints.facts.CodePoints;
import omnipoints.facts.Purchase;
import omnipoints.points.rules.Bound;

/** The grants of one order: those that were given, and those that are offered tonight. */
final class GrantWorth {

  /**
   * A grant.
   *
   * @param pinned it was awarded on some account
   * @param bound what bounds it beyond its cause, null of one that was awarded
   */
  record Granted(PinnedRule decision, Award award, boolean pinned, Bound bound) {}

  /** A grant that its cause alone does not decide. */
  record Bid(Cause cause, Granted granted) {}

  /** Of an order for which nothing is given beside the rate. */
  static final GrantWorth NONE = new GrantWorth(List.of());

  private final Map<String, Map<String, Granted>> byLine = new TreeMap<>();
  private final Set<String> decided = new HashSet<>();
  private final List<Bid> bids = new ArrayList<>(0);

  /** Factors that an order gives, by rule and line: what each line pins, or would pin. */
  private final Map<String, Map<String, PinnedRule>> extras = new TreeMap<>();

  /** Those of them that are offered tonight. */
  private final Map<String, Program.GrantOffer> offered = new HashMap<>(0);

  GrantWorth(List<OrderWorth.Posted> posted) {
    for (OrderWorth.Posted one : posted) {
      if (one.rule() == null) continue;
      decided.add(one.line());
      if (!one.grant().isEmpty() && one.award() == null)
        extras
            .computeIfAbsent(one.grant(), rule -> new HashMap<>())
            .putIfAbsent(one.line(), one.rule());
      // a line's part in a grant of the order has no award of its own
      if (one.grant().isEmpty() || one.award() == null) continue;
      byLine
          .computeIfAbsent(one.line(), line -> new TreeMap<>())
          .putIfAbsent(one.grant(), new Granted(one.rule(), one.award(), true, null));
    }
  }

  /** Whether something was decided of a line: then its rules are not asked again. */
  boolean knows(String line) {
    return decided.contains(line);
  }

  /** Takes out of a line's offers the factors, which its order gives. */
  List<Program.GrantOffer> extras(Purchase.Line line, List<Program.GrantOffer> offers) {
    var others = new ArrayList<Program.GrantOffer>(offers.size());
    for (Program.GrantOffer offer : offers) {
      if (offer.decision().grant().kind() == Grant.Kind.TIMES) extra(line, offer);
      else others.add(offer);
    }
    return others;
  }

  /** A line's part in a factor that its order gives. */
  void extra(Purchase.Line line, Program.GrantOffer offer) {
    String rule = offer.decision().rule();
    offered.put(rule, offer);
    extras
        .computeIfAbsent(rule, any -> new HashMap<>())
        .putIfAbsent(line.key().line(), offer.decision());
  }

  /**
   * What a line pins for a factor that its order gives; null where the factor does not hold.
   *
   * @param granted what the order gives, or would
   */
  PinnedRule extra(String rule, Purchase.Line line, Granted granted) {
    PinnedRule own = extras.getOrDefault(rule, Map.of()).get(line.key().line());
    return own == null && granted != null && granted.pinned() ? granted.decision() : own;
  }

  /** The same of an order: the factors that it gives are offered with it. */
  void offer(
      Cause order,
      List<Program.GrantOffer> offers,
      WholeOrder whole,
      Function<Purchase.Line, PinnedRule> rate) {
    Map<String, Granted> best = new HashMap<>();
    offered.forEach(
        (rule, offer) -> {
          WholeOrder.Counted counted =
              whole.extra(null, null, line -> extra(rule, line, null), rate);
          if (counted == null || counted.points() <= 0 || order.keptFen() <= 0) return;
          var award = new Award(counted.points(), order.baseFen());
          best.merge(
              offer.group(),
              new Granted(counted.decision(), award, false, offer.bound()),
              GrantWorth::better);
        });
    offer(order, offers, best);
  }

  /**
   * Of one group the grant that gives most is offered; of two alike the smaller id. Those for a
   * first order are offered whenever it is looked at, the others once.
   */
  void offer(Cause cause, List<Program.GrantOffer> offers) {
    offer(cause, offers, new HashMap<>());
  }

  private void offer(Cause cause, List<Program.GrantOffer> offers, Map<String, Granted> best) {
    boolean first = !knows(cause.key().line());
    for (Program.GrantOffer offer : offers) {
      Bound.Slot slot = offer.bound().slot();
      if (slot == null && !first) continue;
      long points = Earning.desired(offer.decision(), cause.baseFen());
      // what came back whole before it was decided desires nothing
      if (points <= 0 || cause.keptFen() <= 0) continue;
      Award award = new Award(points, cause.baseFen());
      best.merge(
          offer.group(),
          new Granted(offer.decision(), award, false, offer.bound()),
          GrantWorth::better);
    }
    for (Granted granted : best.values()) {
      Map<String, Granted> known =
          byLine.computeIfAbsent(cause.key().line(), line -> new TreeMap<>());
      if (known.containsKey(granted.decision().rule())) continue;
      if (granted.bound().binds()) bids.add(new Bid(cause, granted));
      else known.put(granted.decision().rule(), granted);
    }
  }

  /** Grants that are offered, and that their cause alone does not decide. */
  List<Bid> bids() {
    return bids;
  }

  private static Granted better(Granted a, Granted b) {
    int c = Long.compare(a.award().granted(), b.award().granted());
    if (c == 0) c = CodePoints.compare(b.decision().rule(), a.decision().rule());
    return c >= 0 ? a : b;
  }

  /** Of a line, {@code ""} for the order; by rule. */
  List<Granted> of(String line) {
    return List.copyOf(byLine.getOrDefault(line, Map.of()).values());
  }

  List<Granted> all() {
    var all = new ArrayList<Granted>();
    byLine.values().forEach(grants -> all.addAll(grants.values()));
    return all;
  }
}
