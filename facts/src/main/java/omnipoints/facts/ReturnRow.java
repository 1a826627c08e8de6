package omnipoints.facts;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/** A return row of a till, kept as it was first shown. Grain: one per return's receipt and key. */
public record ReturnRow(
    UUID orderKey,
    String lineKey,
    String channel,
    String shop,
    String orderNo,
    String sku,
    long amountFen,
    Instant at,
    Long tillPoints,
    byte[] content,
    LocalDate firstNight,
    String sourceSha256,
    int sourceRow) {

  /** Which one it is of the returns of its receipt that have the same SKU and price; from 1. */
  public int occurrence() {
    return Integer.parseInt(lineKey.substring(lineKey.lastIndexOf('R') + 1));
  }

  /** The same return of another receipt. */
  public ReturnRow moved(UUID order, String number) {
    return new ReturnRow(
        order,
        lineKey,
        channel,
        shop,
        number,
        sku,
        amountFen,
        at,
        tillPoints,
        content,
        firstNight,
        sourceSha256,
        sourceRow);
  }
}
