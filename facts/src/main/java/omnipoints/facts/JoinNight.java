package omnipoints.facts;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.UUID;

/**
 * What join must know of the night.
 *
 * @param deliveries those whose rows count, by number; rows of others are passed over
 * @param orderRows an order may have so many rows in a night
 * @param rowsAccepted more rows that somebody let in, by order
 * @param withholds whether a reject withholds what else its delivery says of the order, as it does
 *     in a night; a file that is only looked at shows all that it says
 */
public record JoinNight(
    LocalDate night,
    Instant cut,
    ZoneId zone,
    Map<Integer, Delivery> deliveries,
    long orderRows,
    Map<UUID, Long> rowsAccepted,
    boolean withholds) {

  private static final LocalTime LAST_SECOND = LocalTime.of(23, 59, 59);

  /** When something happened of which only the night that first saw it is known. */
  Instant endOf(LocalDate seen) {
    return seen.atTime(LAST_SECOND).atZone(zone).toInstant();
  }

  String sha256(Shown row) {
    return deliveries.get(row.delivery()).sha256();
  }

  boolean tooMany(UUID order, long rows) {
    return rows > orderRows && rowsAccepted.getOrDefault(order, 0L) < rows;
  }

  /** Of equal rows the one that stands in the file with the smaller hash, then further up. */
  boolean first(Shown a, Shown b) {
    int order = sha256(a).compareTo(sha256(b));
    return order < 0 || (order == 0 && a.row() < b.row());
  }
}
