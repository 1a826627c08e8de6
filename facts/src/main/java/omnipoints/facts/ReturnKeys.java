package omnipoints.facts;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import omnipoints.facts.Shown.ReturnShown;

/**
 * The keys of the return rows of one receipt, counted apart from its sales; a return is kept as it
 * was first shown, so that only equal amounts are the same return.
 */
final class ReturnKeys {

  private static final Comparator<ReturnShown> BY_AMOUNT =
      Comparator.comparingLong(ReturnShown::amountFen)
          .thenComparing(ReturnShown::content, Arrays::compareUnsigned)
          .thenComparingInt(ReturnShown::row);

  private ReturnKeys() {}

  private record Back(String prefix, long amountFen) {}

  /** The copy-th return of an amount. */
  private record Place(long amountFen, int copy) implements Comparable<Place> {
    @Override
    public int compareTo(Place o) {
      int order = Long.compare(amountFen, o.amountFen);
      return order != 0 ? order : Integer.compare(copy, o.copy);
    }
  }

  /**
   * Keys of the return rows of all deliveries.
   *
   * @param careful deliveries may show different parts of the receipt: equal rows of two of them
   *     are one return
   */
  static Map<ReturnShown, String> of(
      List<ReturnShown> rows, List<ReturnRow> known, boolean careful) {
    var keys = new IdentityHashMap<ReturnShown, String>();
    if (rows.isEmpty()) return keys;
    Map<Integer, List<ReturnShown>> byDelivery = new TreeMap<>();
    for (ReturnShown row : rows)
      byDelivery.computeIfAbsent(row.delivery(), n -> new ArrayList<>()).add(row);
    Map<String, TreeMap<Place, List<ReturnShown>>> across = new TreeMap<>();
    for (List<ReturnShown> shown : byDelivery.values()) {
      shown.sort(BY_AMOUNT);
      Map<Back, Deque<String>> free = free(known);
      Map<Back, Integer> copies = new HashMap<>();
      KeyCounts counts = counts(known);
      for (ReturnShown row : shown) {
        long price = row.priceFen() == null ? 0 : row.priceFen();
        var back = new Back(KeyCounts.prefix(row.sku(), price) + "R", row.amountFen());
        int copy = copies.merge(back, 1, Integer::sum);
        Deque<String> left = free.get(back);
        if (left != null && !left.isEmpty()) keys.put(row, left.poll());
        else if (!careful) keys.put(row, counts.next(back.prefix()));
        else
          across
              .computeIfAbsent(back.prefix(), p -> new TreeMap<>())
              .computeIfAbsent(new Place(row.amountFen(), copy), p -> new ArrayList<>(1))
              .add(row);
      }
    }
    KeyCounts counts = counts(known);
    across.forEach(
        (prefix, places) ->
            places
                .values()
                .forEach(
                    same -> {
                      String key = counts.next(prefix);
                      same.forEach(row -> keys.put(row, key));
                    }));
    return keys;
  }

  private static KeyCounts counts(List<ReturnRow> known) {
    var counts = new KeyCounts();
    for (ReturnRow row : known) counts.known(row.lineKey());
    return counts;
  }

  private static Map<Back, Deque<String>> free(List<ReturnRow> known) {
    Map<Back, Deque<String>> free = new HashMap<>();
    known.stream()
        .sorted(Comparator.comparing(ReturnRow::lineKey, KeyCounts.ORDER))
        .forEach(
            row ->
                free.computeIfAbsent(
                        new Back(KeyCounts.prefix(row.lineKey()), row.amountFen()),
                        b -> new ArrayDeque<>())
                    .add(row.lineKey()));
    return free;
  }
}
