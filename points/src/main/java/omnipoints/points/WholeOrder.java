package omnipoints.points;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import omnipoints.facts.Purchase;
import omnipoints.facts.RefundStep;
import omnipoints.points.rules.Multiplier;

/**
 * What is given once for all lines of an order: its rate where that is rounded once, and what a
 * factor adds to the rate. Such awards stand under the order; a line that multiplies otherwise than
 * the order pinned pins its own decision, without points. Pure.
 */
final class WholeOrder {

  /**
   * An award of the order.
   *
   * @param points what it is worth before anything went back
   * @param lost points that returns take, cumulative
   * @param lines decisions of lines that differ from that of the order, by line
   */
  record Counted(
      PinnedRule decision, long points, List<RefundStep> lost, Map<String, PinnedRule> lines) {}

  private final List<Purchase.Line> lines;
  private final Requalifying again;
  private final boolean once;

  /**
   * @param again rules whose money returns ask for again, null for none
   * @param once its rate is rounded once, else that of each line
   */
  WholeOrder(List<Purchase.Line> lines, Requalifying again, boolean once) {
    this.lines = lines;
    this.again = again;
    this.once = once;
  }

  /**
   * The rate.
   *
   * @param pinned what the order pinned, null before its first award
   * @param of the decision of each line
   * @return null where no line has a decision
   */
  Counted rate(PinnedRule pinned, Function<Purchase.Line, PinnedRule> of) {
    PinnedRule order = pinned != null ? pinned : OrderRate.decision(parts(of, null));
    if (order == null) return null;
    return counted(
        order,
        of,
        (parts, at) ->
            OrderRate.points(again == null || at == null ? order : again.at(order, at), parts));
  }

  /**
   * What a factor adds to the rates of the lines for which it holds.
   *
   * @param pinned what the order pinned for it, null before its first award
   * @param award what it pinned for itself, null before
   * @param of the decision of each line for which it holds, null for others
   * @param rate the decision of each line's rate
   */
  Counted extra(
      PinnedRule pinned,
      Award award,
      Function<Purchase.Line, PinnedRule> of,
      Function<Purchase.Line, PinnedRule> rate) {
    PinnedRule first = pinned;
    for (Purchase.Line line : lines)
      if (first == null && line.baseFen() > 0) first = of.apply(line);
    if (first == null) return null;
    Grant terms = first.grant();
    Function<Purchase.Line, PinnedRule> each =
        line -> {
          PinnedRule own = of.apply(line);
          if (own != null) return own;
          PinnedRule plain = rate.apply(line);
          return plain == null ? null : plain.granting(terms.with(plain.times()));
        };
    PinnedRule order = pinned != null ? pinned : mean(first, parts(each, null));
    return counted(
        order,
        each,
        (parts, at) -> {
          long desired = once ? desired(order, parts) : desired(parts);
          return award == null ? desired : Math.min(award.granted(), desired);
        });
  }

  private PinnedRule mean(PinnedRule first, List<OrderRate.Part> parts) {
    if (!once || first.mode() == PinnedRule.Mode.LINEAR) return first;
    Multiplier with = OrderRate.mean(with(parts));
    return first.times(OrderRate.mean(parts)).granting(first.grant().with(with));
  }

  private static long desired(PinnedRule order, List<OrderRate.Part> parts) {
    return Math.subtractExact(
        OrderRate.points(order.with(), with(parts)), OrderRate.points(order.rates(), rates(parts)));
  }

  /** Where each line is rounded, what is added to each. */
  private static long desired(List<OrderRate.Part> parts) {
    long sum = 0;
    for (OrderRate.Part part : parts)
      if (part.decision() != null)
        sum = Math.addExact(sum, Earning.desired(part.decision(), part.fen()));
    return sum;
  }

  private static List<OrderRate.Part> with(List<OrderRate.Part> parts) {
    return parts.stream().map(part -> part.under(PinnedRule::with)).toList();
  }

  private static List<OrderRate.Part> rates(List<OrderRate.Part> parts) {
    return parts.stream().map(part -> part.under(PinnedRule::rates)).toList();
  }

  private interface Worth {
    /**
     * @param at null before anything went back
     */
    long of(List<OrderRate.Part> parts, Instant at);
  }

  private Counted counted(PinnedRule order, Function<Purchase.Line, PinnedRule> of, Worth worth) {
    long points = worth.of(parts(of, null), null);
    var moments = new TreeSet<Instant>();
    if (again != null) moments.addAll(again.moments());
    for (Purchase.Line line : lines) for (RefundStep step : line.refunds()) moments.add(step.at());
    var lost = new ArrayList<RefundStep>(moments.size());
    for (Instant at : moments)
      lost.add(new RefundStep(at, Math.subtractExact(points, worth.of(parts(of, at), at))));
    Map<String, PinnedRule> differing = new LinkedHashMap<>(0);
    if (!once || order.mode() == PinnedRule.Mode.LINEAR) {
      for (Purchase.Line line : lines) {
        PinnedRule own = line.baseFen() <= 0 ? null : of.apply(line);
        if (own != null && !own.equals(order)) differing.put(line.key().line(), own);
      }
    }
    return new Counted(order, points, lost, differing);
  }

  /**
   * The money of the lines.
   *
   * @param at without what went back by then; null: before anything did
   */
  private List<OrderRate.Part> parts(Function<Purchase.Line, PinnedRule> of, Instant at) {
    var parts = new ArrayList<OrderRate.Part>(lines.size());
    for (Purchase.Line line : lines) {
      long kept = line.baseFen();
      if (at != null)
        for (RefundStep step : line.refunds())
          if (!step.at().isAfter(at)) kept = line.baseFen() - step.refundedFen();
      PinnedRule decision = of.apply(line);
      if (at != null && again != null && decision != null)
        decision =
            decision.grant() == null
                ? again.at(decision, line, at)
                : again.part(decision, line, at);
      parts.add(new OrderRate.Part(decision, kept));
    }
    return parts;
  }
}
