package omnipoints.jobs;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.OptionalInt;
import omnipoints.facts.ClosedLines;
import omnipoints.facts.CompleteWhen;
import omnipoints.facts.FactRecord;
import omnipoints.facts.LineKey;
import omnipoints.facts.OrderSpread;
import omnipoints.facts.OrderState;
import omnipoints.facts.RefundState;
import omnipoints.facts.RefundStep;
import omnipoints.jobs.OrderFacts.Line;
import omnipoints.jobs.OrderFacts.Order;
import omnipoints.jobs.OrderFacts.Posted;
import omnipoints.jobs.OrderFacts.RefundDocument;
import omnipoints.jobs.OrderFacts.RefundSeen;
import omnipoints.jobs.OrderFacts.Returned;
import omnipoints.points.Earning;
import omnipoints.points.LineTarget;
import omnipoints.points.PinnedRule;
import omnipoints.points.Programme;

/**
 * What one touched order means tonight: its accounting class, and the target of each of its lines
 * for each account concerned. Pure.
 */
final class OrderDecision {

  private OrderDecision() {}

  /** Where an order stands in the books. Every known order is in exactly one class. */
  enum OrderClass {
    POSTED,
    UNPAID,
    CANCELLED,
    PENDING,
    UNATTRIBUTED,
    INCOMPLETE,
    ZERO,
    EXCLUDED,
    REJECTED_SIBLING;

    /**
     * Whether its lines are decided tonight; an unpaid or cancelled order takes back what it had
     * been given.
     */
    boolean decided() {
      return this == POSTED
          || this == ZERO
          || this == EXCLUDED
          || this == UNPAID
          || this == CANCELLED;
    }
  }

  /**
   * The target of a line for an account; {@code debitOn} is the earliest date a debit out of it may
   * carry.
   */
  record Target(String member, LineTarget line, long earned, long clawedBack, LocalDate debitOn) {}

  /** The decision. {@code wouldBePoints}: what an unattributed order would be worth. */
  record Verdict(
      OrderClass orderClass,
      long baseFen,
      long goodsRefundFen,
      long wouldBePoints,
      List<Target> targets) {}

  /**
   * The rules of the night that decide.
   *
   * @param postAfterNights nights after which an incomplete order posts all the same; empty = never
   */
  record Rules(
      Programme programme,
      CompleteWhen completeWhen,
      OptionalInt postAfterNights,
      ZoneId zone,
      LocalDate night,
      Instant cut) {

    /** What a first award of that moment pins; null before the first version of the programme. */
    PinnedRule on(Instant at) {
      return at == null ? null : programme.rule(at.atZone(zone).toLocalDate());
    }

    /** Whether an order that is not complete has waited long enough. */
    boolean waitedFor(Order order) {
      return postAfterNights.isPresent()
          && !night.isBefore(order.firstNight().plusDays(postAfterNights.getAsInt()));
    }
  }

  static Verdict decide(OrderFacts known, Rules rules) {
    Order order = known.order();
    boolean alone =
        order.present()
            && order.grossFen() != null
            && (rules.completeWhen() == CompleteWhen.ORDER_PRESENT || rules.waitedFor(order));
    OrderFacts facts = known.withPseudoLine(alone);
    int generation = facts.generation();
    OrderSpread.Spread spread = OrderSpread.spread(spreadFacts(facts, generation));
    boolean paid = order.paidAt() != null;
    boolean bare = facts.lines().isEmpty() && order.grossFen() != null;
    long base = bare ? bareBase(order) : spread.orderBaseFen();
    long refunded = bare ? Math.min(base, lastRefund(facts)) : spread.goodsRefundFen();
    long wouldBe =
        !paid ? 0 : bare ? barePoints(order, base - refunded, rules) : points(spread, facts, rules);
    OrderClass orderClass = orderClass(facts, generation, spread, rules);
    List<Target> targets =
        orderClass.decided() || orderClass == OrderClass.UNATTRIBUTED
            ? targets(facts, spread, generation, orderClass, rules)
            : List.of();
    return new Verdict(
        orderClass,
        paid ? base : 0,
        paid ? refunded : 0,
        orderClass == OrderClass.UNATTRIBUTED || orderClass == OrderClass.INCOMPLETE ? wouldBe : 0,
        targets);
  }

  /**
   * An order whose lines have not come is known by its own row: money and refund count, only the
   * lines are missing.
   */
  private static long bareBase(Order order) {
    long freight = order.freightFen() == null ? 0 : order.freightFen();
    return Math.max(0, order.grossFen() - freight);
  }

  private static long lastRefund(OrderFacts facts) {
    List<RefundSeen> seen = facts.refunds();
    return seen.isEmpty() ? 0 : seen.get(seen.size() - 1).refundedFen();
  }

  private static long barePoints(Order order, long keptFen, Rules rules) {
    return worth(rules.on(order.paidAt()), keptFen);
  }

  /** A refund may be seen before the night of its payment; it never happened before it. */
  private static Instant refundedAt(Order order, Instant at) {
    Instant paidAt = order.paidAt();
    return paidAt != null && paidAt.isAfter(at) ? paidAt : at;
  }

  private static OrderSpread.OrderFacts spreadFacts(OrderFacts facts, int generation) {
    Order order = facts.order();
    var own = new HashMap<String, List<OrderSpread.LineRefund>>();
    var ofOrder = new ArrayList<OrderSpread.OrderRefund>();
    for (RefundSeen seen : facts.refunds()) {
      Instant at = refundedAt(order, seen.at());
      if (seen.line().isEmpty()) {
        ofOrder.add(new OrderSpread.OrderRefund(at, seen.refundedFen()));
      } else {
        own.computeIfAbsent(seen.line(), line -> new ArrayList<>())
            .add(new OrderSpread.LineRefund(at, seen.refundedFen()));
      }
    }
    boolean closed =
        ClosedLines.hold(
            order.state(),
            facts.lines().stream()
                .filter(line -> line.generation() == generation)
                .map(line -> new ClosedLines.Shown(line.state(), line.closed()))
                .toList());
    var lines = new ArrayList<OrderSpread.Line>(facts.lines().size());
    for (Line line : facts.lines()) {
      lines.add(
          new OrderSpread.Line(
              line.line(),
              line.generation() == generation,
              line.excluded(),
              line.dueFen(),
              line.priceFen(),
              line.qty(),
              line.closed() && closed || line.refundState() == RefundState.REFUNDED,
              own.getOrDefault(line.line(), List.of())));
    }
    var documents = new ArrayList<OrderSpread.RefundDocument>(facts.returned().size());
    for (Returned returned : facts.returned()) {
      documents.add(
          new OrderSpread.RefundDocument(returned.line(), returned.at(), returned.amountFen()));
    }
    for (RefundDocument document : facts.documents()) {
      if (document.state() != FactRecord.RefundStatus.REFUNDED) continue;
      documents.add(
          new OrderSpread.RefundDocument(
              AfterSales.namedLine(facts, generation, document),
              refundedAt(order, document.at()),
              document.amountFen()));
    }
    return new OrderSpread.OrderFacts(
        order.grossFen(), order.freightFen(), ofOrder, lines, documents);
  }

  /** The order's own state, or that of its lines where its documents state none. */
  private static OrderState state(OrderFacts facts, int generation) {
    OrderState stated = facts.order().state();
    if (stated != OrderState.UNKNOWN) return stated;
    boolean closed = false;
    for (Line line : facts.lines()) {
      if (line.generation() != generation) continue;
      if (!line.closed()) return stated;
      closed = true;
    }
    return closed ? OrderState.CLOSED : stated;
  }

  private static OrderClass orderClass(
      OrderFacts facts, int generation, OrderSpread.Spread spread, Rules rules) {
    Order order = facts.order();
    if (order.parked()) return OrderClass.REJECTED_SIBLING;
    if (!order.present()) return OrderClass.INCOMPLETE;
    if (order.replaced()) return OrderClass.EXCLUDED;
    if (order.paidAt() == null)
      return state(facts, generation) == OrderState.CLOSED
          ? OrderClass.CANCELLED
          : OrderClass.UNPAID;
    if (!order.paidAt().isBefore(rules.cut())) return OrderClass.PENDING;
    if (!complete(facts, generation, rules)) return OrderClass.INCOMPLETE;
    if (order.owner() == null) return OrderClass.UNATTRIBUTED;
    if (facts.lines().stream()
        .filter(line -> line.generation() == generation)
        .allMatch(Line::excluded)) {
      return OrderClass.EXCLUDED;
    }
    boolean earns = false;
    for (OrderSpread.LineShare share : spread.lines()) {
      earns |= worth(rule(facts, share.line(), rules), share.baseFen()) != 0;
    }
    return earns ? OrderClass.POSTED : OrderClass.ZERO;
  }

  private static boolean complete(OrderFacts facts, int generation, Rules rules) {
    CompleteWhen when = rules.completeWhen();
    BigDecimal items = BigDecimal.ZERO;
    int lines = 0;
    for (Line line : facts.lines()) {
      if (line.generation() != generation) continue;
      lines++;
      if (line.qty() != null) items = items.add(line.qty());
    }
    if (lines == 0) return false;
    if (rules.waitedFor(facts.order())) return true;
    if (when != CompleteWhen.ITEM_COUNT_MATCHES || facts.order().itemCount() == null) return true;
    return items.compareTo(facts.order().itemCount()) == 0;
  }

  private static List<Target> targets(
      OrderFacts facts,
      OrderSpread.Spread spread,
      int generation,
      OrderClass orderClass,
      Rules rules) {
    var targets = new ArrayList<Target>();
    var shares = new HashMap<String, OrderSpread.LineShare>();
    for (OrderSpread.LineShare share : spread.lines()) shares.put(share.line(), share);
    String owner = facts.order().owner();
    for (Line line : facts.lines()) {
      OrderSpread.LineShare share = shares.get(line.line());
      boolean live =
          line.generation() == generation
              && facts.order().paidAt() != null
              && !facts.order().replaced()
              && orderClass.decided();
      Instant earnedAt = earnedAt(facts, line.line());
      if (earnedAt != null && !earnedAt.isBefore(rules.cut())) continue;
      PinnedRule pinned = pinned(facts, line.line());
      boolean ruled = pinned != null || rules.on(earnedAt) != null;
      long base = live && ruled ? share.baseFen() : 0;
      boolean ownerPosted = false;
      for (Posted posted : facts.posted()) {
        if (!posted.line().equals(line.line())) continue;
        boolean owned = posted.member().equals(owner);
        ownerPosted |= owned;
        if (owned || posted.something()) {
          targets.add(
              target(
                  facts,
                  line,
                  generation,
                  share,
                  owned ? base : 0,
                  owned,
                  posted,
                  pinned,
                  earnedAt,
                  rules));
        }
      }
      if (!ownerPosted && owner != null && base > 0) {
        Posted nothing = new Posted(line.line(), owner, 0, 0, null);
        targets.add(
            target(facts, line, generation, share, base, true, nothing, pinned, earnedAt, rules));
      }
    }
    return targets;
  }

  private static Target target(
      OrderFacts facts,
      Line line,
      int generation,
      OrderSpread.LineShare share,
      long base,
      boolean owned,
      Posted posted,
      PinnedRule pinned,
      Instant earnedAt,
      Rules rules) {
    Order order = facts.order();
    List<RefundStep> refunds = base > 0 ? share.refunds() : List.of();
    Instant completedAt = line.at() != null ? line.at() : order.completedAt();
    if (completedAt != null && !completedAt.isBefore(rules.cut())) completedAt = null;
    // A line whose order lost its payment keeps the date of the night for what is taken back.
    Instant effective = earnedAt != null ? earnedAt : rules.cut().minusSeconds(1);
    LocalDate debitOn =
        posted.earned() != 0 ? effective.atZone(rules.zone()).toLocalDate() : rules.night();
    for (RefundStep step : refunds) {
      LocalDate on = step.at().atZone(rules.zone()).toLocalDate();
      if (on.isBefore(debitOn)) debitOn = on;
    }
    return new Target(
        posted.member(),
        new LineTarget(
            new LineKey(order.channel(), order.shop(), order.order(), line.line()),
            owned,
            effective,
            base,
            refunds,
            completedAt,
            AfterSales.open(facts, generation, line),
            pinned),
        posted.earned(),
        posted.clawedBack(),
        debitOn);
  }

  private static Instant earnedAt(OrderFacts facts, String lineKey) {
    for (Line line : facts.lines()) {
      if (line.line().equals(lineKey))
        return line.at() != null ? line.at() : facts.order().paidAt();
    }
    return facts.order().paidAt();
  }

  /** Purchases before the programme began earn nothing. */
  private static long worth(PinnedRule rule, long fen) {
    return rule == null ? 0 : Earning.points(rule, Math.max(0, fen));
  }

  private static long points(OrderSpread.Spread spread, OrderFacts facts, Rules rules) {
    long points = 0;
    for (OrderSpread.LineShare share : spread.lines()) {
      long refunded =
          share.refunds().isEmpty()
              ? 0
              : share.refunds().get(share.refunds().size() - 1).refundedFen();
      points =
          Math.addExact(
              points, worth(rule(facts, share.line(), rules), share.baseFen() - refunded));
    }
    return points;
  }

  /** The pinned decision, else that of the version in force on the line's own date, or null. */
  private static PinnedRule rule(OrderFacts facts, String line, Rules rules) {
    PinnedRule pinned = pinned(facts, line);
    return pinned == null ? rules.on(earnedAt(facts, line)) : pinned;
  }

  /**
   * The decision pinned for the line. A line that takes the place of others (the pseudo-line, lines
   * under another key, the order it was split from) goes on under theirs.
   */
  private static PinnedRule pinned(OrderFacts facts, String line) {
    PinnedRule other = facts.inherited();
    for (Posted posted : facts.posted()) {
      if (posted.rule() == null) continue;
      if (posted.line().equals(line)) return posted.rule();
      if (!facts.live(posted.line())) other = posted.rule();
    }
    return other;
  }
}
