package omnipoints.points;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import omnipoints.facts.CodePoints;
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

  GrantWorth(List<OrderWorth.Posted> posted) {
    for (OrderWorth.Posted one : posted) {
      if (one.rule() == null) continue;
      decided.add(one.line());
      if (one.grant().isEmpty()) continue;
      byLine
          .computeIfAbsent(one.line(), line -> new TreeMap<>())
          .putIfAbsent(one.grant(), new Granted(one.rule(), one.award(), true, null));
    }
  }

  /** Whether something was decided of a line: then its rules are not asked again. */
  boolean knows(String line) {
    return decided.contains(line);
  }

  /**
   * Of one group the grant that gives most is offered; of two alike the smaller id. Those for a
   * first order are offered whenever it is looked at, the others once.
   */
  void offer(Cause cause, List<Program.GrantOffer> offers) {
    boolean first = !knows(cause.key().line());
    Map<String, Granted> best = new HashMap<>();
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
