package omnipoints.mappings;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import omnipoints.facts.FactRecord.LineRecord;
import omnipoints.facts.FactRecord.OrderRecord;
import omnipoints.facts.OrderState;
import omnipoints.facts.RefundState;
import omnipoints.facts.Token;

/**
 * One order as all its rows of one file show it: amounts the document states for lines only are
 * summed up, and the state is that of the line that is furthest behind, closed ones apart.
 */
final class OrderSum {
  private OrderRecord first;
  private boolean open;
  private OrderState behind = OrderState.CLOSED;
  private Instant createdAt;
  private Instant paidAt;
  private Instant completedAt;
  private final List<Token> buyer = new ArrayList<>();
  private long dueFen;
  private Long freightFen;
  private long refundedFen;
  private boolean refundUnknown;

  void add(OrderRecord order) {
    if (first == null || order.row() < first.row()) first = order;
    if (order.state() != OrderState.CLOSED) {
      open = true;
      if (order.state().compareTo(behind) < 0) behind = order.state();
    }
    createdAt = earlier(createdAt, order.createdAt());
    paidAt = earlier(paidAt, order.paidAt());
    if (order.completedAt() != null
        && (completedAt == null || order.completedAt().isAfter(completedAt)))
      completedAt = order.completedAt();
    for (Token token : order.buyer()) if (!buyer.contains(token)) buyer.add(token);
  }

  void add(LineRecord line) {
    if (line.dueFen() != null) dueFen = Math.addExact(dueFen, line.dueFen());
    if (line.freightFen() != null)
      freightFen = Math.addExact(orZero(freightFen), line.freightFen());
    if (line.refundState() == RefundState.REFUNDED) {
      if (line.refundedFen() == null) refundUnknown = true;
      else refundedFen = Math.addExact(refundedFen, line.refundedFen());
    }
  }

  /**
   * The order.
   *
   * @param whole no row of the order was rejected; else what its lines add up to is unknown
   * @param linesTellRefunds the document states what became of each line, so that a line that does
   *     not say REFUNDED was not
   */
  OrderRecord sum(boolean whole, boolean linesTellRefunds) {
    OrderState state = open ? behind : OrderState.CLOSED;
    boolean ofLines = first.grossFen() == null;
    Long gross =
        ofLines
            ? (whole ? Long.valueOf(Math.addExact(dueFen, orZero(freightFen))) : null)
            : first.grossFen();
    Long freight = ofLines ? (whole ? freightFen : null) : first.freightFen();
    Long refunded = first.refundedFen();
    if (refunded == null && linesTellRefunds)
      refunded = whole && !refundUnknown ? Long.valueOf(refundedFen) : null;
    return new OrderRecord(
        first.row(),
        first.channel(),
        first.shop(),
        first.order(),
        List.copyOf(buyer),
        state,
        createdAt,
        paidAt,
        state.compareTo(OrderState.COMPLETED) >= 0 ? completedAt : null,
        first.modifiedAt(),
        gross,
        freight,
        refunded,
        net(gross, refunded, linesTellRefunds),
        first.itemCount(),
        first.children());
  }

  private Long net(Long gross, Long refunded, boolean linesTellRefunds) {
    if (first.refundedFen() != null && first.netFen() != null) return first.netFen();
    if (paidAt == null || !first.children().isEmpty()) return 0L;
    if (refunded == null && linesTellRefunds) return null;
    Long paid = first.netFen() == null ? gross : first.netFen();
    if (paid == null) return null;
    return Math.max(0, paid - orZero(refunded));
  }

  private static long orZero(Long fen) {
    return fen == null ? 0 : fen;
  }

  private static Instant earlier(Instant one, Instant other) {
    if (one == null) return other;
    return other == null || one.isBefore(other) ? one : other;
  }
}
