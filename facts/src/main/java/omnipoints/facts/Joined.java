package omnipoints.facts;

import java.util.List;
import java.util.UUID;

/**
 * One order after the join. A row that did not change is the very object that was known.
 *
 * @param order null where there are only returns or nothing
 * @param seen refunded amounts that differ from what nights before saw
 */
public record Joined(
    UUID key,
    KnownOrder before,
    OrderRow order,
    List<LineRow> lines,
    List<RefundRow> refunds,
    List<ReturnRow> returns,
    List<TokenRow> tokens,
    List<RefundSeenRow> seen) {}
