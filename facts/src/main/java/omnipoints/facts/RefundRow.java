package omnipoints.facts;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/**
 * What is known of a refund document. Grain: one per order and refund id.
 *
 * @param lineId the platform's line id, null if it names none
 * @param state 0 open, 1 closed, 2 refunded
 * @param refundedAt when the money went back, as first told; without a time of its own the end of
 *     the first night whose deliveries show it
 * @param refundedNight the night whose deliveries first showed the money gone back
 */
public record RefundRow(
    UUID orderKey,
    String refundNo,
    String lineId,
    String sku,
    short state,
    long amountFen,
    Instant refundedAt,
    LocalDate refundedNight,
    byte[] content,
    LocalDate firstNight,
    LocalDate changedNight,
    String sourceSha256,
    int sourceRow) {}
