package omnipoints.facts;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.OptionalInt;
import omnipoints.facts.OrderFacts.Line;
import omnipoints.facts.OrderFacts.Order;
import omnipoints.facts.OrderFacts.RefundDocument;
import omnipoints.facts.OrderFacts.RefundSeen;
import omnipoints.facts.OrderFacts.Returned;

/**
 * What one order means tonight, as far as money and state tell: it knows no rule, no tier, no
 * programme. Pure.
 */
public final class OrderDecision {

  private OrderDecision() {}

  /**
   * What the mapping and the night say.
   *
   * @param postAfterNights nights after which an incomplete order counts all the same; empty =
   *     never
   * @param cut facts of that moment and later are not decided
   */
  public record Terms(
      CompleteWhen completeWhen, OptionalInt postAfterNights, LocalDate night, Instant cut) {

    /** Whether an order that is not complete has waited long enough. */
    boolean waitedFor(Order order) {
      return postAfterNights.isPresent()
          && !night.isBefore(order.firstNight().plusDays(postAfterNights.getAsInt()));
    }
  }

  /** Decides one order by everything known of it. */
  public static Purchase decide(OrderFacts known, Terms terms) {
    Order order = known.order();
    boolean alone =
        order.present()
            && order.grossFen() != null
            && (terms.completeWhen() == CompleteWhen.ORDER_PRESENT || terms.waitedFor(order));
    OrderFacts facts = known.withPseudoLine(alone);
    int generation = facts.generation();
    OrderSpread.Spread spread = OrderSpread.spread(amounts(facts, generation));
    boolean paid = order.paidAt() != null;
    boolean bare = facts.bare() && order.grossFen() != null;
    long base = bare ? bareBase(order) : spread.orderBaseFen();
    long refunded = bare ? Math.min(base, lastRefund(facts)) : spread.goodsRefundFen();
    return new Purchase(
        acceptance(facts, generation, terms),
        order.owner(),
        order.paidAt(),
        paid ? base : 0,
        paid ? refunded : 0,
        order.orderType(),
        order.payment(),
        lines(facts, spread, generation, terms.cut()));
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

  /** A refund may be seen before the night of its payment; it never happened before it. */
  private static Instant refundedAt(Order order, Instant at) {
    Instant paidAt = order.paidAt();
    return paidAt != null && paidAt.isAfter(at) ? paidAt : at;
  }

  private static OrderSpread.Amounts amounts(OrderFacts facts, int generation) {
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
    return new OrderSpread.Amounts(order.grossFen(), order.freightFen(), ofOrder, lines, documents);
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

  private static Acceptance acceptance(OrderFacts facts, int generation, Terms terms) {
    Order order = facts.order();
    if (order.parked()) return Acceptance.REJECTED_SIBLING;
    if (!order.present()) return Acceptance.INCOMPLETE;
    if (order.replaced()) return Acceptance.EXCLUDED;
    if (order.paidAt() == null)
      return state(facts, generation) == OrderState.CLOSED
          ? Acceptance.CANCELLED
          : Acceptance.UNPAID;
    if (!order.paidAt().isBefore(terms.cut())) return Acceptance.PENDING;
    if (!complete(facts, generation, terms)) return Acceptance.INCOMPLETE;
    if (order.owner() == null) return Acceptance.UNATTRIBUTED;
    if (facts.lines().stream()
        .filter(line -> line.generation() == generation)
        .allMatch(Line::excluded)) {
      return Acceptance.EXCLUDED;
    }
    return Acceptance.ACCEPTED;
  }

  private static boolean complete(OrderFacts facts, int generation, Terms terms) {
    CompleteWhen when = terms.completeWhen();
    BigDecimal items = BigDecimal.ZERO;
    int lines = 0;
    for (Line line : facts.lines()) {
      if (line.generation() != generation) continue;
      lines++;
      if (line.qty() != null) items = items.add(line.qty());
    }
    if (lines == 0) return false;
    if (terms.waitedFor(facts.order())) return true;
    if (when != CompleteWhen.ITEM_COUNT_MATCHES || facts.order().itemCount() == null) return true;
    return items.compareTo(facts.order().itemCount()) == 0;
  }

  private static List<Purchase.Line> lines(
      OrderFacts facts, OrderSpread.Spread spread, int generation, Instant cut) {
    var lines = new ArrayList<Purchase.Line>(facts.lines().size());
    for (int i = 0; i < facts.lines().size(); i++)
      lines.add(line(facts, facts.lines().get(i), spread.lines().get(i), generation, cut));
    return lines;
  }

  private static Purchase.Line line(
      OrderFacts facts, Line line, OrderSpread.LineShare share, int generation, Instant cut) {
    Order order = facts.order();
    Instant boughtAt = line.at() != null ? line.at() : order.paidAt();
    // A line whose order lost its payment keeps the date of the night for what is taken back.
    if (boughtAt == null) boughtAt = cut.minusSeconds(1);
    Instant completedAt = line.at() != null ? line.at() : order.completedAt();
    return new Purchase.Line(
        new LineKey(order.channel(), order.shop(), order.order(), line.line()),
        line.sku(),
        line.generation() == generation,
        boughtAt.isBefore(cut),
        boughtAt,
        share.baseFen(),
        share.refunds(),
        completedAt != null && completedAt.isBefore(cut) ? completedAt : null,
        AfterSales.open(facts, generation, line));
  }
}
