package omnipoints.facts;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * What is known of a line of an order. Grain: one per line key.
 *
 * @param generation 1 generated key, 2 line id of the platform
 * @param skuAlso what else rows called its SKU, in the order of code points; null for nothing
 * @param state the furthest rank any row showed, closed ones apart
 * @param refundState the furthest after-sale state any row showed
 * @param refundedFen the largest amount paid back any row showed
 * @param closed whether a row showed it closed
 * @param rowState rank the standing row shows
 * @param openNight the night that first saw an after-sale case of it open
 */
public record LineRow(
    UUID orderKey,
    String lineKey,
    short generation,
    String sku,
    List<String> skuAlso,
    BigDecimal qty,
    Long priceFen,
    Long dueFen,
    Long paidFen,
    short state,
    boolean closed,
    short refundState,
    Long refundedFen,
    short rowState,
    Long rowRefundedFen,
    LocalDate openNight,
    Instant at,
    Long tillPoints,
    boolean excluded,
    byte[] content,
    LocalDate firstNight,
    LocalDate changedNight,
    String sourceSha256,
    int sourceRow) {

  /** The same line, further on than its standing row says. */
  LineRow risen(
      short state,
      boolean closed,
      short refundState,
      Long refundedFen,
      LocalDate openNight,
      List<String> skuAlso) {
    return with(orderKey, state, closed, refundState, refundedFen, openNight, skuAlso);
  }

  /** The same line of another order. */
  public LineRow moved(UUID order) {
    return with(order, state, closed, refundState, refundedFen, openNight, skuAlso);
  }

  private LineRow with(
      UUID orderKey,
      short state,
      boolean closed,
      short refundState,
      Long refundedFen,
      LocalDate openNight,
      List<String> skuAlso) {
    return new LineRow(
        orderKey,
        lineKey,
        generation,
        sku,
        skuAlso,
        qty,
        priceFen,
        dueFen,
        paidFen,
        state,
        closed,
        refundState,
        refundedFen,
        rowState,
        rowRefundedFen,
        openNight,
        at,
        tillPoints,
        excluded,
        content,
        firstNight,
        changedNight,
        sourceSha256,
        sourceRow);
  }
}
