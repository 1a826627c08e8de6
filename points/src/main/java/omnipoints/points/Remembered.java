package omnipoints.points;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import omnipoints.points.rules.Bound;

/**
 * What books know by now that an order alone does not decide, for an order that may come. Pure.
 *
 * @param slots of the member's first order; null where nobody is known who buys: then nothing is
 *     said of first orders
 * @param bought orders of his that count; only asked where {@code slots} is empty
 * @param given what rules with a limit gave him
 * @param spent points that rules with a budget gave to everybody
 */
public record Remembered(
    List<FirstOrder.Slot> slots,
    List<FirstOrder.Order> bought,
    List<OrderLimits.Given> given,
    Map<String, Long> spent) {

  /** Where there are no books. */
  public static final Remembered NOTHING = new Remembered(null, List.of(), List.of(), Map.of());

  /** What is given of grants on offer if the order comes alone. */
  List<LineTarget> given(
      Programme programme, ZoneId zone, LocalDate night, List<LineTarget> bids, long baseFen) {
    var left = new ArrayList<LineTarget>(bids.size());
    var asks = new ArrayList<OrderLimits.Ask>(0);
    UUID order = new UUID(0, 0);
    for (LineTarget bid : bids) {
      Bound bound = programme.bound(rule(bid), bid.earnedAt(), zone);
      if (bound.slot() != null && !isFirst(programme, zone, night, bid, order, baseFen)) continue;
      if (bound.limit() == null) left.add(bid);
      else asks.add(new OrderLimits.Ask(order, bid, bound.limit()));
    }
    for (OrderLimits.Allowed one : OrderLimits.of(zone, given, asks))
      left.add(granting(one.ask().target(), one.points()));
    var granted = new ArrayList<LineTarget>(left.size());
    var budgets = new BudgetShare(spent);
    for (LineTarget one : left) {
      Bound.Budget budget = programme.bound(rule(one), one.earnedAt(), zone).budget();
      long points = budgets.give(rule(one), budget, one.award().granted());
      if (points > 0) granted.add(granting(one, points));
    }
    return granted;
  }

  private boolean isFirst(
      Programme programme, ZoneId zone, LocalDate night, LineTarget bid, UUID order, long baseFen) {
    if (slots == null) return false;
    var asked =
        new FirstOrder.Order(
            order,
            bid.key().channel(),
            bid.key().shop(),
            bid.key().order(),
            bid.earnedAt(),
            baseFen,
            baseFen,
            true,
            false);
    FirstOrder.Answer answer = FirstOrder.of(programme, zone, night, slots, List.of(asked), bought);
    return answer.taken() && answer.stands(order);
  }

  private static LineTarget granting(LineTarget of, long points) {
    return of.granting(new Award(points, of.award().baseFen()));
  }

  private static String rule(LineTarget of) {
    return AwardKey.rule(of.key().line());
  }
}
