package omnipoints.mappings;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import omnipoints.facts.FactRecord;
import omnipoints.facts.FactRecord.LineRecord;
import omnipoints.facts.FactRecord.OrderRecord;
import omnipoints.facts.FactRecord.RefundRecord;
import omnipoints.facts.FactRecord.RefundStatus;
import omnipoints.facts.OrderState;
import omnipoints.facts.RefundState;
import omnipoints.facts.RejectReason;
import omnipoints.facts.Token;

/**
 * One row, one line of a till receipt. Amount ≥ 0 is a sale: the receipt (once per run of equal
 * rows) and its line. Amount < 0 is a return: a refund, no order. A row of amount 0 and negative
 * quantity moves no money and is filtered.
 */
final class ReceiptRows implements RecordRows {
  private OrderRecord before;

  @Override
  public Outcome read(RowTyping row, Consumer<FactRecord> sink) {
    Instant at = row.instant("at");
    String till = row.text("till");
    String receipt = row.text("receipt");
    boolean numbered = row.document().field("receipt") != null;
    String order =
        at == null || (numbered && (till == null || receipt == null))
            ? null
            : row.day(at) + "-" + (numbered ? till + "-" + receipt : "-" + row.timeOfDay(at));
    row.belongsTo(order);
    String shop = row.shop();
    List<Token> buyer = buyer(row);
    String sku = row.text("sku");
    BigDecimal qty = row.number("qty");
    Long price = row.money("price");
    Boolean returned = row.returned("direction");
    Long amount = amount(row, qty, price, returned);
    Long tillPoints = row.points("till_points");
    if (returned == null && qty != null && amount != null && qty.signum() < 0 && amount > 0) {
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
    if (qty.signum() < 0 || Boolean.TRUE.equals(returned)) return Outcome.FILTERED;
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
            null,
            row.text("order_type"),
            row.text("payment"),
            List.of()),
        sink);
    boolean excluded = row.channel().exclusions().contains(sku);
    sink.accept(
        new LineRecord(
            row.row(),
            shop,
            order,
            null,
            sku,
            null,
            qty,
            price,
            amount,
            null,
            amount,
            OrderState.COMPLETED,
            RefundState.NONE,
            null,
            at,
            tillPoints,
            excluded,
            buyer));
    return Outcome.READ;
  }

  /** Who showed a card, told a phone, or both; a masked or unusable phone is nobody's. */
  private static List<Token> buyer(RowTyping row) {
    Token card = row.token("card", "card", row.channel().code());
    Token phone = row.phoneIfAny("phone");
    return Stream.of(card, phone).filter(Objects::nonNull).distinct().toList();
  }

  /**
   * Amount of the row in fen, negative for a return; where the till prints none, quantity times
   * price to the nearest fen. A sale of a negative quantity is neither.
   */
  private static Long amount(RowTyping row, BigDecimal qty, Long price, Boolean returned) {
    Long amount;
    if (row.document().field("amount") != null) amount = row.money("amount");
    else if (qty == null || price == null) return null;
    else {
      BigDecimal product =
          qty.multiply(BigDecimal.valueOf(price)).setScale(0, RoundingMode.HALF_UP);
      if (product.abs().compareTo(BigDecimal.valueOf(Amounts.MOST_FEN)) > 0) {
        row.impossible(RejectReason.BAD_NUMBER, "qty");
        return null;
      }
      amount = product.longValueExact();
    }
    if (amount == null || returned == null) return amount;
    if (returned) return -Math.abs(amount);
    if (amount < 0) row.impossible(RejectReason.BAD_NUMBER, "qty");
    return amount;
  }

  private void receipt(OrderRecord order, Consumer<FactRecord> sink) {
    boolean same =
        before != null
            && before.order().equals(order.order())
            && Objects.equals(before.shop(), order.shop())
            && before.createdAt().equals(order.createdAt())
            && before.buyer().equals(order.buyer())
            && Objects.equals(before.orderType(), order.orderType())
            && Objects.equals(before.payment(), order.payment());
    if (same) return;
    before = order;
    sink.accept(order);
  }
}
