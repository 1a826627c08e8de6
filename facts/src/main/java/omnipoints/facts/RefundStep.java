package omnipoints.facts;

import java.time.Instant;

/**
 * Cumulative refunded money of a line as of a moment, with that moment as effective time of what it
 * adds.
 */
public record RefundStep(Instant at, long refundedFen) {}
