package omnipoints.mappings;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Consumer;
import omnipoints.facts.FactRecord;
import omnipoints.facts.FactRecord.LineRecord;
import omnipoints.facts.FactRecord.OrderRecord;
import omnipoints.facts.OrderState;
import omnipoints.facts.RefundState;

/**
 * One row, one order line, with the facts of its order beside it. The order is handed over once for
 * each run of rows that say the same about it. Where the document has no amount of the order, the
 * order is the sum of its lines; where it has no state of the order, its lines tell.
 */
final class OrderLineRows implements RecordRows {
  private String above;
  private String shopAbove;
  private OrderRecord before;

  @Override
  public Outcome read(RowTyping row, Consumer<FactRecord> sink) {
    boolean continued = row.document().orderCellsInFirstRow() && continues(row);
    String order = continued ? above : row.text("order");
    row.belongsTo(order);
    String shop = continued ? shopAbove : row.shop();
    if (continued) row.ofShop(shop);
    // What stands below a row with shifted columns belongs to an order nobody can read.
    above = row.shifted() ? null : order;
    shopAbove = shop;
    OrderState lineState = row.orderState("line_state");
    OrderRecord record =
        continued ? null : OrderCells.read(row, order, shop, state(row, lineState));
    LineRecord line = line(row, order, shop, lineState, record);
    if (row.rejected()) return Outcome.READ;
    if (record != null && !same(record)) {
      before = record;
      sink.accept(record);
    }
    sink.accept(line);
    return Outcome.READ;
  }

  private static OrderState state(RowTyping row, OrderState lineState) {
    return row.document().field("state") == null ? lineState : row.orderState("state");
  }

  /**
   * The order's cells are all empty, or only its number stands again: the row belongs to the one
   * above. A row that says anything else about an order begins one.
   */
  private boolean continues(RowTyping row) {
    if (above == null) return false;
    for (String name : Grain.ORDER.fields().keySet()) {
      if (!name.equals("order") && !name.equals("shop") && !row.silent(name)) return false;
    }
    return row.silent("order") || above.equals(row.text("order"));
  }

  private static LineRecord line(
      RowTyping row, String order, String shop, OrderState state, OrderRecord record) {
    String id = row.text("line");
    Field field = row.document().field("line");
    // Several ids in one cell: a line for all of them, which has no id of its own.
    boolean several = id != null && field.list() != null && id.contains(field.list());
    String sku = row.text("sku");
    String known = sku == null ? "" : sku;
    BigDecimal qty = row.number("qty");
    Long price = several && row.contains("price", field.list()) ? null : row.money("price");
    Long due = row.money("due");
    Long freight = row.money("line_freight");
    Long paid = row.money("line_paid");
    Long refunded = row.money("line_refunded");
    RefundState refundState = row.refundState("refund_state");
    if (refundState == null) {
      refundState = refunded != null && refunded > 0 ? RefundState.REFUNDED : RefundState.NONE;
    }
    boolean paidOrder = record != null && record.paidAt() != null;
    if (row.document().closedIsRefunded() && state == OrderState.CLOSED && paidOrder) {
      refundState = RefundState.REFUNDED;
      if (due != null) refunded = due;
    }
    return new LineRecord(
        row.row(),
        shop,
        order,
        several ? null : id,
        known,
        row.alsoCalled("sku", known),
        qty,
        price,
        due,
        freight,
        paid,
        state == null ? OrderState.UNKNOWN : state,
        refundState,
        refunded,
        null,
        null,
        row.channel().exclusions().contains(known),
        List.of());
  }

  private boolean same(OrderRecord record) {
    return before != null && before.equals(withRow(record, before.row()));
  }

  private static OrderRecord withRow(OrderRecord order, int row) {
    return new OrderRecord(
        row,
        order.channel(),
        order.shop(),
        order.order(),
        order.buyer(),
        order.state(),
        order.createdAt(),
        order.paidAt(),
        order.completedAt(),
        order.modifiedAt(),
        order.grossFen(),
        order.freightFen(),
        order.refundedFen(),
        order.netFen(),
        order.itemCount(),
        order.orderType(),
        order.payment(),
        order.children());
  }
}
