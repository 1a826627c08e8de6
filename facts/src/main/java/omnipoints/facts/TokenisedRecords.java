package omnipoints.facts;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import omnipoints.facts.Shown.Buyer;

/**
 * Records that speak of orders as the rows that join takes: hashes stand for people. Evidence about
 * people and balances are no such rows and give none. Not thread-safe.
 */
public final class TokenisedRecords {

  private final Function<Token, byte[]> hash;
  private final Function<Token, String> shown;
  private final Contents contents = new Contents();

  /**
   * @param hash equal for equal tokens only; at least 8 bytes, of which the first 8 tell cards
   *     apart
   * @param shown the form of a token that may be shown
   */
  public TokenisedRecords(Function<Token, byte[]> hash, Function<Token, String> shown) {
    this.hash = hash;
    this.shown = shown;
  }

  /**
   * Hands over the rows a record is.
   *
   * @param record its shop may be null only where a file is looked at by itself
   * @param delivery number of the delivery it stands in
   * @param shows what a row of that delivery is
   * @param paidWhenCompleted cash on delivery: completion pays an order that tells no payment
   */
  public void put(
      FactRecord record,
      int delivery,
      Delivery.Shows shows,
      boolean paidWhenCompleted,
      Consumer<Shown> sink) {
    if (record instanceof FactRecord.OrderRecord order) {
      sink.accept(order(order, delivery, shows, paidWhenCompleted));
      for (String child : order.children())
        sink.accept(
            new Shown.SplitShown(
                delivery, order.row(), shop(order.shop()), order.order(), child, order.paidAt()));
    } else if (record instanceof FactRecord.LineRecord line) sink.accept(line(line, delivery));
    else if (record instanceof FactRecord.RefundRecord refund)
      sink.accept(refund.refund() == null ? back(refund, delivery) : refund(refund, delivery));
    else if (record instanceof FactRecord.Reject reject) put(reject, delivery, sink);
  }

  private Shown order(
      FactRecord.OrderRecord order, int delivery, Delivery.Shows shows, boolean paidWhenCompleted) {
    return new Shown.OrderShown(
        delivery,
        order.row(),
        shop(order.shop()),
        order.order(),
        buyers(order.buyer()),
        OrderRank.of(order.state(), order.paidAt() != null),
        order.createdAt(),
        order.paidAt(),
        paidWhenCompleted,
        order.completedAt(),
        order.modifiedAt(),
        order.grossFen(),
        order.freightFen(),
        order.refundedFen(),
        order.netFen(),
        order.itemCount(),
        order.orderType(),
        order.payment(),
        contents.hash(order),
        StatedAmounts.of(order),
        shows == Delivery.Shows.RECEIPT_LINE ? card(order.buyer()) : null);
  }

  private Shown line(FactRecord.LineRecord line, int delivery) {
    return new Shown.LineShown(
        delivery,
        line.row(),
        shop(line.shop()),
        line.order(),
        line.line(),
        line.sku(),
        line.skuAlso(),
        line.qty(),
        line.priceFen(),
        line.dueFen(),
        line.paidFen(),
        OrderRank.of(line.state(), line.refundState() != RefundState.NONE),
        (short) line.refundState().ordinal(),
        line.refundedFen(),
        line.at(),
        line.tillPoints(),
        line.excluded(),
        contents.hash(line),
        StatedAmounts.of(line),
        card(line.buyer()));
  }

  private Shown back(FactRecord.RefundRecord refund, int delivery) {
    return new Shown.ReturnShown(
        delivery,
        refund.row(),
        shop(refund.shop()),
        refund.order(),
        buyers(refund.buyer()),
        refund.sku(),
        refund.priceFen(),
        refund.amountFen(),
        refund.at(),
        refund.tillPoints(),
        contents.hash(refund),
        card(refund.buyer()));
  }

  private Shown refund(FactRecord.RefundRecord refund, int delivery) {
    return new Shown.RefundShown(
        delivery,
        refund.row(),
        shop(refund.shop()),
        refund.order(),
        refund.refund(),
        refund.line(),
        refund.sku(),
        (short) refund.state().ordinal(),
        refund.amountFen(),
        refund.at(),
        contents.hash(refund));
  }

  /** Of a reject whose order is not known no order knows. */
  private static void put(FactRecord.Reject reject, int delivery, Consumer<Shown> sink) {
    if (reject.order() == null || reject.shop() == null) return;
    sink.accept(new Shown.RejectShown(delivery, reject.row(), reject.shop(), reject.order()));
    for (String other : reject.besides())
      sink.accept(
          new Shown.GluedShown(
              delivery,
              reject.row(),
              reject.shop(),
              other,
              reject.reason().name(),
              reject.column(),
              reject.value(),
              reject.rowMasked()));
  }

  private static String shop(String shopOrNull) {
    return shopOrNull == null ? "" : shopOrNull;
  }

  /** Who a row of a till belongs to: its card, else what stands for it; null for nobody. */
  private Long card(List<Token> buyer) {
    return buyer.isEmpty() ? null : ReceiptParts.card(hash.apply(buyer.get(0)));
  }

  private List<Buyer> buyers(List<Token> buyer) {
    if (buyer.isEmpty()) return List.of();
    List<Buyer> buyers = new ArrayList<>(buyer.size());
    for (Token token : buyer)
      buyers.add(new Buyer(token.kind(), token.channel(), hash.apply(token), shown.apply(token)));
    return buyers;
  }
}
