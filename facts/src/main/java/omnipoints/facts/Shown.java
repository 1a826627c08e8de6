package omnipoints.facts;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * A row of a delivery that speaks of an order, typed and tokenised: what goes through scratch from
 * read to join. No person data in clear; {@code content} is the hash of what the row says, {@code
 * amounts} is equal where the amounts are. Instants have microseconds.
 */
public sealed interface Shown {

  /** Which delivery of the night. */
  int delivery();

  /** Its 1-based row there. */
  int row();

  /** Shop of the order. */
  String shop();

  /** Number of the order as the row reads. */
  String order();

  /** Unmasked token of a buyer: its keyed hash, and the form that may be shown. */
  record Buyer(String kind, String channel, byte[] hash, String shown) {}

  /**
   * The order itself.
   *
   * @param state rank of {@link OrderRank}
   * @param card who a row of a till belongs to, in 64 bits; null for nobody, and where the order
   *     names its buyer
   */
  record OrderShown(
      int delivery,
      int row,
      String shop,
      String order,
      List<Buyer> buyer,
      short state,
      Instant createdAt,
      Instant paidAt,
      boolean paidWhenCompleted,
      Instant completedAt,
      Instant modifiedAt,
      Long grossFen,
      Long freightFen,
      Long refundedFen,
      Long netFen,
      BigDecimal itemCount,
      String orderType,
      String payment,
      byte[] content,
      long amounts,
      Long card)
      implements Shown {

    /** The same row as one of another receipt. */
    OrderShown of(String number) {
      return new OrderShown(
          delivery,
          row,
          shop,
          number,
          buyer,
          state,
          createdAt,
          paidAt,
          paidWhenCompleted,
          completedAt,
          modifiedAt,
          grossFen,
          freightFen,
          refundedFen,
          netFen,
          itemCount,
          orderType,
          payment,
          content,
          amounts,
          card);
    }
  }

  /**
   * One of its lines.
   *
   * @param line the platform's id, null where the key is generated
   * @param skuAlso what else the row says the SKU could be called, null for nothing
   * @param state rank of {@link OrderRank}
   * @param refundState ordinal of {@link RefundState}
   */
  record LineShown(
      int delivery,
      int row,
      String shop,
      String order,
      String line,
      String sku,
      List<String> skuAlso,
      BigDecimal qty,
      Long priceFen,
      Long dueFen,
      Long paidFen,
      short state,
      short refundState,
      Long refundedFen,
      Instant at,
      Long tillPoints,
      boolean excluded,
      byte[] content,
      long amounts,
      Long card)
      implements Shown {

    /** The same row as one of another receipt. */
    LineShown of(String number) {
      return new LineShown(
          delivery,
          row,
          shop,
          number,
          line,
          sku,
          skuAlso,
          qty,
          priceFen,
          dueFen,
          paidFen,
          state,
          refundState,
          refundedFen,
          at,
          tillPoints,
          excluded,
          content,
          amounts,
          card);
    }
  }

  /** A return row of a till; the order is the return's own receipt. */
  record ReturnShown(
      int delivery,
      int row,
      String shop,
      String order,
      List<Buyer> buyer,
      String sku,
      Long priceFen,
      long amountFen,
      Instant at,
      Long tillPoints,
      byte[] content,
      Long card)
      implements Shown {

    /** The same row as one of another receipt. */
    ReturnShown of(String number) {
      return new ReturnShown(
          delivery,
          row,
          shop,
          number,
          buyer,
          sku,
          priceFen,
          amountFen,
          at,
          tillPoints,
          content,
          card);
    }
  }

  /**
   * A refund document.
   *
   * @param line the platform's line id, null if it names none
   * @param state ordinal: 0 open, 1 closed, 2 refunded
   */
  record RefundShown(
      int delivery,
      int row,
      String shop,
      String order,
      String refund,
      String line,
      String sku,
      short state,
      long amountFen,
      Instant at,
      byte[] content)
      implements Shown {}

  /** A row that could not be trusted, but names its order: the order is not wholly known. */
  record RejectShown(int delivery, int row, String shop, String order) implements Shown {}

  /**
   * Another order whose row a rejected row may have swallowed: it is not wholly known, if there is
   * such an order.
   *
   * @param column header of the column the reject is told under
   */
  record GluedShown(
      int delivery,
      int row,
      String shop,
      String order,
      String reason,
      String column,
      String value,
      String record)
      implements Shown {}

  /**
   * An order that the row says was split into others.
   *
   * @param child number of one of them
   */
  record SplitShown(int delivery, int row, String shop, String order, String child, Instant paidAt)
      implements Shown {}
}
