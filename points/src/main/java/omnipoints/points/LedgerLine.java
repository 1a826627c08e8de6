package omnipoints.points;

import java.time.Instant;

/**
 * An entry as the ledger export tells it; grain: one per entry of a night, ordered by member and
 * entry.
 *
 * @param kind of {@link Kind}
 * @param points signed as they change pending + available − owed
 * @param moved points a RELEASE moves from pending to available, else 0
 * @param channel empty, like the shop, where no line stands behind the entry
 * @param causeType of {@link MemberOutcome.CauseType}
 */
public record LedgerLine(
    EntryKey entry,
    String kind,
    long points,
    Instant effectiveAt,
    String channel,
    String shop,
    String causeType,
    String causeKey,
    int programVersion,
    long moved) {}
