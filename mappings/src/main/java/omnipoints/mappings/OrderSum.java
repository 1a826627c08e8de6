package omnipoints.mappings;

import java.util.ArrayList;
import java.util.List;
import omnipoints.facts.FactRecord.LineRecord;
import omnipoints.facts.FactRecord.OrderRecord;
import omnipoints.facts.OrderRank;
import omnipoints.facts.OrderRow;
import omnipoints.facts.OrderState;
import omnipoints.facts.RefundState;
import omnipoints.facts.Token;

/**
 * One order as all its rows of one file show it to a person: as they are joined, with the amounts
 * summed up that the document states for lines only.
 */
final class OrderSum {
  private final List<OrderRecord> rows = new ArrayList<>(1);
  private final List<Token> buyer = new ArrayList<>(1);
  private long dueFen;
  private Long freightFen;
  private long refundedFen;
  private boolean refundUnknown;

  void add(OrderRecord order) {
    rows.add(order);
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
   * @param joined what the rows are together
   * @param whole no row of the order was rejected; else what its lines add up to is unknown
   * @param linesTellRefunds the document states what became of each line, so that a line that does
   *     not say REFUNDED was not
   */
  OrderRecord of(OrderRow joined, boolean whole, boolean linesTellRefunds) {
    OrderRecord first =
        rows.stream().filter(row -> row.row() == joined.sourceRow()).findFirst().orElseThrow();
    OrderState state = OrderRank.state(joined.state());
    boolean ofLines = first.grossFen() == null;
    Long freight = first.freightFen();
    if (ofLines && freightFen != null) freight = freightFen;
    if (ofLines && !whole) freight = null;
    Long gross = first.grossFen();
    if (ofLines && whole) gross = Math.addExact(dueFen, orZero(freight));
    Long refunded = first.refundedFen();
    if (refunded == null && linesTellRefunds)
      refunded = whole && !refundUnknown ? Long.valueOf(refundedFen) : null;
    boolean paid = joined.paidAt() != null;
    return new OrderRecord(
        first.row(),
        first.channel(),
        first.shop(),
        first.order(),
        List.copyOf(buyer),
        state,
        joined.createdAt(),
        joined.paidAt(),
        joined.completedAt(),
        joined.modifiedAt(),
        gross,
        freight,
        refunded,
        net(first, paid, gross, refunded, linesTellRefunds),
        joined.itemCount(),
        first.orderType(),
        first.payment(),
        first.children());
  }

  private static Long net(
      OrderRecord first, boolean paid, Long gross, Long refunded, boolean linesTellRefunds) {
    if (first.refundedFen() != null && first.netFen() != null) return first.netFen();
    if (!paid || !first.children().isEmpty()) return 0L;
    if (refunded == null && linesTellRefunds) return null;
    Long net = first.netFen() == null ? gross : first.netFen();
    if (net == null) return null;
    return Math.max(0, net - orZero(refunded));
  }

  /** A receipt of a till: its number, and what its sales add up to. */
  static OrderRecord ofReceipt(OrderRecord row, String number, long sumFen) {
    return new OrderRecord(
        row.row(),
        row.channel(),
        row.shop(),
        number,
        row.buyer(),
        row.state(),
        row.createdAt(),
        row.paidAt(),
        row.completedAt(),
        row.modifiedAt(),
        sumFen,
        0L,
        0L,
        sumFen,
        row.itemCount(),
        row.orderType(),
        row.payment(),
        row.children());
  }

  private static long orZero(Long fen) {
    return fen == null ? 0 : fen;
  }
}
