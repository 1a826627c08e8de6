package omnipoints.points;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import omnipoints.facts.LineKey;

/**
 * What a night did to everybody, in the terms that the oracle and the ledger under test have in
 * common.
 */
record Booked(Map<String, Long> entries, Map<String, String> balances, Map<String, Long> lots) {
  Booked() {
    this(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
  }

  /**
   * Adds to the net of (member, kind, cause, effective time); {@code points} is `moved` for
   * RELEASE.
   */
  void entry(String member, Kind kind, String cause, Instant at, long points) {
    entries.merge(member + " " + kind + " " + cause + " " + at, points, Long::sum);
  }

  void balance(String account, long pending, long available, long owed) {
    if (pending != 0 || available != 0 || owed != 0) {
      balances.put(account, "pending " + pending + " available " + available + " owed " + owed);
    }
  }

  void lot(String account, LineKey line, LocalDate expiresOn, boolean pending, long remaining) {
    if (remaining == 0) return;
    lots.merge(
        account + " " + line.cause() + (pending ? " pending" : " until " + expiresOn),
        remaining,
        Long::sum);
  }
}
