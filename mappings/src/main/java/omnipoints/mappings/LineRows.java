package omnipoints.mappings;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import omnipoints.facts.FactRecord;
import omnipoints.facts.OrderState;
import omnipoints.facts.RefundState;

/** One row, one order line. */
final class LineRows implements RecordRows {
  @Override
  public Outcome read(RowTyping row, Consumer<FactRecord> sink) {
    String order = row.text("order");
    row.belongsTo(order);
    String line = row.text("line");
    String shop = row.shop();
    String sku = row.text("sku");
    BigDecimal qty = row.number("qty");
    Long price = row.money("price");
    Long due = row.money("due");
    Long paid = row.money("paid");
    OrderState state = row.orderState("state");
    RefundState refundState = row.refundState("refund_state");
    Long refunded = row.money("refunded");
    Instant at = row.instant("at");
    if (row.rejected()) return Outcome.READ;
    String known = sku == null ? "" : sku;
    sink.accept(
        new FactRecord.LineRecord(
            row.row(),
            shop,
            order,
            line,
            known,
            row.alsoCalled("sku", known),
            qty,
            price,
            due,
            null,
            paid,
            state == null ? OrderState.UNKNOWN : state,
            refundState == null ? RefundState.NONE : refundState,
            refunded,
            at,
            null,
            row.channel().exclusions().contains(known),
            List.of()));
    return Outcome.READ;
  }
}
