package omnipoints.mappings;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import omnipoints.facts.FactRecord;
import omnipoints.facts.OrderState;
import omnipoints.facts.Token;

/** What the cells of a row say about the order itself. */
final class OrderCells {
  private OrderCells() {}

  /** The order of the row; to be used only if the row has no fault. */
  static FactRecord.OrderRecord read(RowTyping row, String order, String shop, OrderState stated) {
    List<Token> buyer = buyer(row);
    OrderState state = stated == null ? OrderState.UNKNOWN : stated;
    Instant createdAt = row.instant("created_at");
    Instant paidAt = row.instant("paid_at");
    // A deposit is no payment: an order that waits for its payment has none, whatever time it
    // shows.
    if (state == OrderState.UNPAID) paidAt = null;
    Instant completedAt = row.instant("completed_at");
    Instant modifiedAt = row.instant("modified_at");
    Long gross = row.money("gross");
    Long freight = row.money("freight");
    Long refunded = row.money("refunded");
    Long paid = row.money("paid");
    BigDecimal itemCount = row.number("item_count");
    List<String> children = row.ids("children");
    // Split into others or cancelled: only that column tells.
    if (state == OrderState.CLOSED && paidAt != null && row.lacksColumn("children"))
      row.missing("children");
    boolean closed = state == OrderState.CLOSED && paidAt != null && children.isEmpty();
    if (closed && row.document().closedIsRefunded() && gross != null) refunded = gross;
    Long net = net(row, paidAt, paid, refunded, children);
    return new FactRecord.OrderRecord(
        row.row(),
        row.channel().code(),
        shop,
        order,
        buyer,
        state,
        createdAt,
        paidAt,
        completedAt,
        modifiedAt,
        gross,
        freight,
        refunded,
        net,
        itemCount,
        row.text("order_type"),
        row.text("payment"),
        children);
  }

  private static List<Token> buyer(RowTyping row) {
    List<Token> tokens = new ArrayList<>();
    Field field = row.document().field("buyer");
    if (field != null)
      BindingRows.add(tokens, row.token("buyer", field.token(), row.channel().code()));
    BindingRows.add(tokens, row.phoneIfAny("phone"));
    BindingRows.add(tokens, row.token("unionid", "unionid", ""));
    BindingRows.add(tokens, row.token("card", "card", ""));
    return List.copyOf(tokens);
  }

  /** Paid and not got back; a split order has handed its payment on to its children. */
  private static Long net(
      RowTyping row, Instant paidAt, Long paid, Long refunded, List<String> children) {
    if (paid == null) return null;
    boolean unpaid = row.document().field("paid_at") != null && paidAt == null;
    if (unpaid || !children.isEmpty()) return 0L;
    if (refunded == null || row.document().paidIsNetOfRefund()) return paid;
    return Math.max(0, paid - refunded);
  }
}
