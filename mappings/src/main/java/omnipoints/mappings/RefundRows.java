package omnipoints.mappings;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import omnipoints.facts.FactRecord;

/** One row, one refund document of a platform. */
final class RefundRows implements RecordRows {
  @Override
  public Outcome read(RowTyping row, Consumer<FactRecord> sink) {
    String order = row.text("order");
    row.belongsTo(order);
    String refund = row.text("refund");
    String line = row.text("line");
    String shop = row.shop();
    String sku = row.text("sku");
    BigDecimal qty = row.number("qty");
    FactRecord.RefundStatus state = row.refundStatus("state");
    Long amount = row.money("amount");
    Instant at = row.instant("at");
    // A case that paid nothing back (yet) may have none.
    if (amount == null && state == FactRecord.RefundStatus.REFUNDED) row.missing("amount");
    if (row.rejected()) return Outcome.READ;
    sink.accept(
        new FactRecord.RefundRecord(
            row.row(),
            shop,
            refund,
            order,
            line,
            sku == null ? "" : sku,
            qty,
            null,
            state,
            amount == null ? 0 : amount,
            at,
            List.of(),
            null));
    return Outcome.READ;
  }
}
