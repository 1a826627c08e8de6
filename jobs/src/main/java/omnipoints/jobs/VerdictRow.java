package omnipoints.jobs;

import java.time.LocalDate;
import java.util.Objects;
import java.util.UUID;

/**
 * What a night says of an order. Grain: one per order.
 *
 * @param firstNight the night that first saw the order
 * @param night the last night that said otherwise than before
 * @param class_ accounting class
 * @param owner whose order it is, null while nobody knows
 * @param paidOn business date of the payment; null without an owner, and where it is at or after
 *     the cut
 * @param wouldBePoints what an order that waits would be worth
 * @param ticket a till's receipt
 */
record VerdictRow(
    UUID orderKey,
    LocalDate firstNight,
    LocalDate night,
    String class_,
    String owner,
    LocalDate paidOn,
    long baseFen,
    long goodsRefundFen,
    long wouldBePoints,
    boolean ticket) {

  /**
   * The verdict on an order that earlier nights saw.
   *
   * @param known one of them looked at it
   * @param changed it said something else
   */
  record Again(
      UUID orderKey,
      LocalDate firstNight,
      LocalDate night,
      String class_,
      String owner,
      LocalDate paidOn,
      long baseFen,
      long goodsRefundFen,
      long wouldBePoints,
      boolean ticket,
      boolean known,
      boolean changed) {}

  /**
   * @param before what stood so far, null if no night looked at it
   */
  Again after(VerdictRow before) {
    return new Again(
        orderKey,
        firstNight,
        night,
        class_,
        owner,
        paidOn,
        baseFen,
        goodsRefundFen,
        wouldBePoints,
        ticket,
        before != null,
        before != null && !sameAs(before));
  }

  /** Whether both say the same, whenever they said it. */
  boolean sameAs(VerdictRow other) {
    return class_.equals(other.class_)
        && Objects.equals(owner, other.owner)
        && Objects.equals(paidOn, other.paidOn)
        && baseFen == other.baseFen
        && goodsRefundFen == other.goodsRefundFen
        && wouldBePoints == other.wouldBePoints
        && ticket == other.ticket;
  }
}
