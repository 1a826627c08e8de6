package omnipoints.facts;

import java.time.LocalDate;
import java.util.UUID;

/**
 * What had been paid back of a line, or of an order where the line is "", as a night first saw it.
 * A refund without a time of its own is dated by it.
 */
public record RefundSeenRow(UUID orderKey, String lineKey, LocalDate night, long refundedFen) {}
