package omnipoints.mappings;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** One row, one order. */
final class OrderRows implements RecordRows {
  @Override
  public Outcome read(RowTyping row, Consumer<Record> sink) {
    String order = row.text("order");
    row.belongsTo(order);
    String shop = row.shop();
    Token buyer = buyer(row);
    OrderState state = row.orderState("state");
    Instant createdAt = row.instant("created_at");
    Instant paidAt = row.instant("paid_at");
    Instant completedAt = row.instant("completed_at");
    Instant modifiedAt = row.instant("modified_at");
    Long gross = row.money("gross");
    Long freight = row.money("freight");
    Long refunded = row.money("refunded");
    Long net = net(row.money("paid"), refunded, row.document().paidIsNetOfRefund());
    BigDecimal itemCount = row.number("item_count");
    if (row.rejected()) return Outcome.READ;
    sink.accept(
        new Record.OrderRecord(
            row.row(),
            row.channel().code(),
            shop,
            order,
            buyer == null ? List.of() : List.of(buyer),
            state == null ? OrderState.UNKNOWN : state,
            createdAt,
            paidAt,
            completedAt,
            modifiedAt,
            gross,
            freight,
            refunded,
            net,
            itemCount));
    return Outcome.READ;
  }

  private static Token buyer(RowTyping row) {
    Field field = row.document().field("buyer");
    return field == null ? null : row.token("buyer", field.token(), row.channel().code());
  }

  private static Long net(Long paid, Long refunded, boolean paidIsNetOfRefund) {
    if (paid == null || refunded == null || paidIsNetOfRefund) return paid;
    return Math.max(0, paid - refunded);
  }
}
