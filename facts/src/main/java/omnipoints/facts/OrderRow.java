package omnipoints.facts;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/**
 * What is known of an order itself. Grain: one per order.
 *
 * @param present an order document or a till has shown the order itself, not only something of it
 * @param state rank of {@link OrderRank}
 * @param paidTold the standing row tells the time of the payment itself
 * @param parentPaid it was split from an order that was paid
 * @param paidWhenCompleted cash on delivery: without a time of payment, completion pays it
 * @param completedSeen first night whose deliveries show it completed without a time of its own
 * @param orderType its kind, null while no document tells
 * @param payment how it was paid, null while no document tells
 * @param content hash of the standing row, empty while none was shown
 * @param firstNight the night that first saw anything of it
 * @param changedNight the night that last replaced the standing row
 */
public record OrderRow(
    UUID orderKey,
    String channel,
    String shop,
    String orderNo,
    boolean present,
    short state,
    Instant createdAt,
    Instant paidAt,
    boolean paidTold,
    boolean parentPaid,
    boolean paidWhenCompleted,
    Instant completedAt,
    LocalDate completedSeen,
    Instant modifiedAt,
    Long grossFen,
    Long freightFen,
    Long refundedFen,
    Long netFen,
    BigDecimal itemCount,
    String orderType,
    String payment,
    byte[] content,
    LocalDate firstNight,
    LocalDate changedNight,
    String sourceSha256,
    int sourceRow) {

  /** The same order, paid as far as others or its completion tell. */
  OrderRow paid(boolean byParent, short state, Instant paidAt) {
    return with(orderKey, orderNo, state, paidAt, byParent, completedSeen);
  }

  /** The same order, complete since a night that saw it so. */
  OrderRow completedSeen(LocalDate night) {
    return with(orderKey, orderNo, state, paidAt, parentPaid, night);
  }

  /** The same order as a receipt of its own. */
  public OrderRow renamed(UUID key, String number) {
    return with(key, number, state, paidAt, parentPaid, completedSeen);
  }

  /** The same order, known since another night. */
  public OrderRow since(LocalDate night) {
    return new OrderRow(
        orderKey,
        channel,
        shop,
        orderNo,
        present,
        state,
        createdAt,
        paidAt,
        paidTold,
        parentPaid,
        paidWhenCompleted,
        completedAt,
        completedSeen,
        modifiedAt,
        grossFen,
        freightFen,
        refundedFen,
        netFen,
        itemCount,
        orderType,
        payment,
        content,
        night,
        changedNight,
        sourceSha256,
        sourceRow);
  }

  private OrderRow with(
      UUID orderKey,
      String orderNo,
      short state,
      Instant paidAt,
      boolean parentPaid,
      LocalDate completedSeen) {
    return new OrderRow(
        orderKey,
        channel,
        shop,
        orderNo,
        present,
        state,
        createdAt,
        paidAt,
        paidTold,
        parentPaid,
        paidWhenCompleted,
        completedAt,
        completedSeen,
        modifiedAt,
        grossFen,
        freightFen,
        refundedFen,
        netFen,
        itemCount,
        orderType,
        payment,
        content,
        firstNight,
        changedNight,
        sourceSha256,
        sourceRow);
  }
}
