package omnipoints.mappings;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import omnipoints.mappings.Record.LineRecord;
import omnipoints.mappings.Record.OrderRecord;
import omnipoints.mappings.Record.RefundRecord;
import omnipoints.mappings.Record.RefundStatus;

/**
 * One row, one line of a till receipt. Amount ≥ 0 is a sale: the receipt (once per run of equal
 * rows) and its line. Amount < 0 is a return: a refund, no order. A row of amount 0 and negative
 * quantity moves no money and is filtered.
 */
final class ReceiptRows implements RecordRows {
  private OrderRecord before;

  @Override
  public Outcome read(RowTyping row, Consumer<Record> sink) {
    Instant at = row.instant("at");
    String till = row.text("till");
    String receipt = row.text("receipt");
    String order =
        at == null || till == null || receipt == null
            ? null
            : row.day(at) + "-" + till + "-" + receipt;
    row.belongsTo(order);
    String shop = row.shop();
    Token card = row.token("card", "card", row.channel().code());
    List<Token> buyer = card == null ? List.of() : List.of(card);
    String sku = row.text("sku");
    BigDecimal qty = row.number("qty");
    Long price = row.money("price");
    Long amount = row.money("amount");
    Long tillPoints = row.points("till_points");
    if (qty != null && amount != null && qty.signum() < 0 && amount > 0) {
      row.impossible(RejectReason.BAD_NUMBER, "qty");
    }
    if (row.rejected()) return Outcome.READ;
    if (amount < 0) {
      sink.accept(
          new RefundRecord(
              row.row(),
              shop,
              null,
              order,
              null,
              sku,
              qty.abs(),
              price,
              RefundStatus.REFUNDED,
              -amount,
              at,
              buyer,
              tillPoints));
      return Outcome.READ;
    }
    if (qty.signum() < 0) return Outcome.FILTERED;
    receipt(
        new OrderRecord(
            row.row(),
            row.channel().code(),
            shop,
            order,
            buyer,
            OrderState.COMPLETED,
            at,
            at,
            at,
            null,
            null,
            null,
            null,
            null,
            null),
        sink);
    boolean excluded = row.channel().exclusions().contains(sku);
    sink.accept(
        new LineRecord(
            row.row(),
            shop,
            order,
            null,
            sku,
            qty,
            price,
            amount,
            amount,
            OrderState.COMPLETED,
            RefundState.NONE,
            null,
            at,
            tillPoints,
            excluded));
    return Outcome.READ;
  }

  private void receipt(OrderRecord order, Consumer<Record> sink) {
    boolean same =
        before != null
            && before.order().equals(order.order())
            && before.createdAt().equals(order.createdAt())
            && before.buyer().equals(order.buyer());
    if (same) return;
    before = order;
    sink.accept(order);
  }
}
