package omnipoints.mappings;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import omnipoints.facts.Token;

/**
 * Which receipt the rows of one receipt number belong to. Rows without a card never take the card
 * of others: beside rows with one they are a receipt of their own. Rows of two cards contradict
 * each other, unless the till gives its numbers again.
 */
final class Receipts {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss");
  private static final String NOBODY = "-0";

  private final boolean reused;
  private final ZoneId zone;
  private final Map<String, Map<Token, Instant>> firstRows = new HashMap<>();

  Receipts(boolean reused, ZoneId zone) {
    this.reused = reused;
    this.zone = zone;
  }

  /**
   * Who the rows with these tokens belong to: the card, else what stands for it; null for nobody.
   */
  static Token owner(List<Token> buyer) {
    return buyer.isEmpty() ? null : buyer.get(0);
  }

  void add(String key, List<Token> buyer, Instant at) {
    firstRows
        .computeIfAbsent(key, receipt -> new HashMap<>(2))
        .merge(owner(buyer), at, (a, b) -> a.isBefore(b) ? a : b);
  }

  /** What the number of a row is followed by; null if the row contradicts another one. */
  String suffix(String key, List<Token> buyer) {
    Map<Token, Instant> first = firstRows.get(key);
    Token owner = owner(buyer);
    Set<Token> owners = new HashSet<>(first.keySet());
    owners.remove(null);
    if (owner == null) return owners.isEmpty() ? "" : NOBODY;
    if (owners.size() == 1) return "";
    if (!reused) return null;
    Set<String> times = new HashSet<>();
    for (Token other : owners) times.add(time(first.get(other)));
    return times.size() == owners.size() ? "-" + time(first.get(owner)) : null;
  }

  private String time(Instant at) {
    return TIME.format(at.atZone(zone));
  }
}
