package omnipoints.facts;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import omnipoints.facts.Shown.LineShown;

/**
 * The keys of lines that the platform gives no id: (SKU, unit price, k-th of them). A row is the
 * known line that sells the same for the same, first of all; where a delivery shows the whole
 * order, what is left of its rows is what is left of the known lines, in order: the same lines with
 * other amounts. The rest is new, and k goes on from the largest known. A row whose SKU stands in
 * another column than before is found by any of its names. Nothing depends on the order of rows.
 */
final class LineKeys {

  static final short GENERATED = 1;

  private static final Comparator<LineShown> BY_AMOUNT =
      Comparator.comparing(LineShown::dueFen, Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(LineShown::paidFen, Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(LineShown::qty, Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(LineShown::content, Arrays::compareUnsigned)
          .thenComparingInt(LineShown::row);

  private LineKeys() {}

  private record Sold(String sku, long priceFen, BigDecimal qty, long dueFen) {}

  private record Good(String sku, long priceFen) {}

  /**
   * Keys of the rows of one order.
   *
   * @param rows rows without an id of the platform, of all deliveries
   * @param known lines known of the order
   * @param whole whether a delivery shows no rejected row of the order
   * @param complete whether a delivery certainly shows all lines of the order: what is left of its
   *     rows is then what is left of the known lines, whatever they are called
   * @param careful deliveries may show different parts of the order: rows are counted across them
   */
  static Map<LineShown, String> of(
      List<LineShown> rows,
      List<LineRow> known,
      Predicate<Integer> whole,
      Predicate<Integer> complete,
      boolean careful) {
    var keys = new IdentityHashMap<LineShown, String>();
    if (rows.isEmpty()) return keys;
    List<LineRow> generated =
        known.stream()
            .filter(line -> line.generation() == GENERATED)
            .sorted(Comparator.comparing(LineRow::lineKey, KeyCounts.ORDER))
            .toList();
    Map<Integer, List<LineShown>> byDelivery = byDelivery(rows);
    List<Line> lines =
        new ArrayList<>(
            generated.stream().map(row -> new Line(row.lineKey(), Goods.of(row))).toList());
    Map<String, String> names = sameGoods(byDelivery);
    var counts = new KeyCounts();
    for (Line line : lines) counts.known(line.key());
    if (careful) {
      byDelivery.forEach(
          (delivery, shown) ->
              pairKnown(shown, lines, whole.test(delivery), complete.test(delivery), keys));
      countAcross(byDelivery, counts, names, keys);
      return keys;
    }
    // One after the other, the fullest first: what one shows is known to the next.
    for (List<LineShown> shown : fullestFirst(byDelivery)) {
      if (!lines.isEmpty())
        pairKnown(shown, lines, true, complete.test(shown.get(0).delivery()), keys);
      for (LineShown row : shown) {
        if (keys.containsKey(row)) continue;
        String key = counts.next(prefix(row, names));
        keys.put(row, key);
        lines.add(new Line(key, Goods.of(row)));
      }
    }
    return keys;
  }

  /** What a row or a line sells, by all its names. */
  private record Goods(
      String sku, List<String> skuAlso, long priceFen, BigDecimal qty, long dueFen) {
    static Goods of(LineRow row) {
      return new Goods(
          row.sku(), row.skuAlso(), orZero(row.priceFen()), quantity(row.qty()), due(row.dueFen()));
    }

    static Goods of(LineShown row) {
      return new Goods(
          row.sku(), row.skuAlso(), orZero(row.priceFen()), quantity(row.qty()), due(row.dueFen()));
    }

    Stream<String> names() {
      Stream<String> others = skuAlso == null ? Stream.of() : skuAlso.stream();
      return Stream.concat(Stream.of(sku), others).filter(name -> !name.isEmpty());
    }

    Record sold(String name) {
      return new Sold(name, priceFen, qty, dueFen);
    }

    Record good(String name) {
      return new Good(name, priceFen);
    }
  }

  /** A line that has a key, known before or given tonight. */
  private record Line(String key, Goods goods) {}

  private static Collection<List<LineShown>> fullestFirst(Map<Integer, List<LineShown>> rows) {
    if (rows.size() == 1) return rows.values();
    return rows.values().stream()
        .sorted(
            Comparator.<List<LineShown>>comparingInt(shown -> -shown.size())
                .thenComparing(LineKeys::compareContents))
        .toList();
  }

  private static int compareContents(List<LineShown> a, List<LineShown> b) {
    for (int i = 0; i < a.size(); i++) {
      int order = Arrays.compareUnsigned(a.get(i).content(), b.get(i).content());
      if (order != 0) return order;
    }
    return 0;
  }

  private static Map<Integer, List<LineShown>> byDelivery(List<LineShown> rows) {
    var by = new TreeMap<Integer, List<LineShown>>();
    for (LineShown row : rows) by.computeIfAbsent(row.delivery(), n -> new ArrayList<>()).add(row);
    by.values().forEach(list -> list.sort(BY_AMOUNT));
    return by;
  }

  private static void pairKnown(
      List<LineShown> shown,
      List<Line> known,
      boolean whole,
      boolean complete,
      Map<LineShown, String> keys) {
    Set<String> taken = new HashSet<>();
    pairBy(shown, known, goods -> List.of(goods.sold(goods.sku())), keys, taken);
    pairBy(shown, known, goods -> goods.names().map(goods::sold).toList(), keys, taken);
    if (!whole) return;
    pairBy(shown, known, goods -> List.of(goods.good(goods.sku())), keys, taken);
    pairBy(shown, known, goods -> goods.names().map(goods::good).toList(), keys, taken);
    if (!complete) return;
    pairBy(shown, known, goods -> List.of(goods.sold("")), keys, taken);
    pairBy(shown, known, goods -> List.of(goods.good("")), keys, taken);
  }

  /**
   * Pairs, in order, what has one of the marks in common: a row is the first line that is left
   * under its first mark. Linear in rows, lines and their marks.
   */
  private static void pairBy(
      List<LineShown> shown,
      List<Line> known,
      Function<Goods, List<Record>> marks,
      Map<LineShown, String> keys,
      Set<String> taken) {
    Map<Record, Deque<String>> free = new HashMap<>();
    for (Line line : known) {
      if (taken.contains(line.key())) continue;
      for (Record mark : marks.apply(line.goods()))
        free.computeIfAbsent(mark, m -> new ArrayDeque<>(1)).add(line.key());
    }
    if (free.isEmpty()) return;
    for (LineShown row : shown) {
      if (keys.containsKey(row)) continue;
      for (Record mark : marks.apply(Goods.of(row))) {
        String line = first(free.get(mark), taken);
        if (line == null) continue;
        keys.put(row, line);
        taken.add(line);
        break;
      }
    }
  }

  private static String first(Deque<String> lines, Set<String> taken) {
    if (lines == null) return null;
    while (!lines.isEmpty()) {
      String line = lines.poll();
      if (!taken.contains(line)) return line;
    }
    return null;
  }

  /**
   * By what name new rows go that another delivery of the night calls otherwise: the name of the
   * row that knows both.
   */
  private static Map<String, String> sameGoods(Map<Integer, List<LineShown>> byDelivery) {
    if (byDelivery.size() == 1) return Map.of();
    Map<String, Set<Integer>> shownBy = new HashMap<>();
    byDelivery.forEach(
        (delivery, rows) ->
            rows.forEach(
                row -> shownBy.computeIfAbsent(row.sku(), sku -> new HashSet<>()).add(delivery)));
    Map<String, String> names = new HashMap<>();
    byDelivery.forEach(
        (delivery, rows) -> {
          for (LineShown row : rows) {
            if (row.skuAlso() == null) continue;
            for (String other : row.skuAlso()) {
              Set<Integer> where = shownBy.getOrDefault(other, Set.of());
              if (where.isEmpty() || where.contains(delivery)) continue;
              names.merge(other, row.sku(), (a, b) -> CodePoints.compare(a, b) <= 0 ? a : b);
            }
          }
        });
    return names;
  }

  /**
   * Counts rows across deliveries that may show different parts of the order: equal rows of two
   * deliveries are one line, whatever else they say.
   */
  private static void countAcross(
      Map<Integer, List<LineShown>> byDelivery,
      KeyCounts counts,
      Map<String, String> names,
      Map<LineShown, String> keys) {
    record Place(long dueFen, BigDecimal qty, int copy) implements Comparable<Place> {
      @Override
      public int compareTo(Place o) {
        int order = Long.compare(dueFen, o.dueFen);
        if (order == 0) order = qty.compareTo(o.qty);
        return order != 0 ? order : Integer.compare(copy, o.copy);
      }
    }
    Map<String, TreeMap<Place, List<LineShown>>> places = new HashMap<>();
    for (List<LineShown> shown : byDelivery.values()) {
      Map<Record, Integer> copies = new HashMap<>();
      for (LineShown row : shown) {
        int copy = copies.merge(Goods.of(row).sold(row.sku()), 1, Integer::sum);
        if (keys.containsKey(row)) continue;
        var place = new Place(due(row.dueFen()), quantity(row.qty()), copy);
        places
            .computeIfAbsent(prefix(row, names), prefix -> new TreeMap<>())
            .computeIfAbsent(place, p -> new ArrayList<>(1))
            .add(row);
      }
    }
    places.forEach(
        (prefix, rows) ->
            rows.values()
                .forEach(
                    same -> {
                      String key = counts.next(prefix);
                      same.forEach(row -> keys.put(row, key));
                    }));
  }

  private static String prefix(LineShown row, Map<String, String> names) {
    return KeyCounts.prefix(names.getOrDefault(row.sku(), row.sku()), orZero(row.priceFen()));
  }

  private static long orZero(Long fen) {
    return fen == null ? 0 : fen;
  }

  private static long due(Long fen) {
    return fen == null ? -1 : fen;
  }

  private static BigDecimal quantity(BigDecimal qty) {
    return qty == null ? BigDecimal.ZERO : qty.stripTrailingZeros();
  }
}
