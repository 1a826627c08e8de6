package omnipoints.facts;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import omnipoints.facts.Shown.LineShown;
import omnipoints.facts.Shown.ReturnShown;

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

  private static final Comparator<ReturnShown> BY_RETURNED =
      Comparator.comparingLong(ReturnShown::amountFen)
          .thenComparing(ReturnShown::content, Arrays::compareUnsigned)
          .thenComparingInt(ReturnShown::row);

  /** Keys in the order in which they were given: a longer one counts further. */
  private static final Comparator<String> BY_KEY =
      Comparator.comparingInt(String::length).thenComparing(CodePoints::compare);

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
            .sorted(Comparator.comparing(LineRow::lineKey, BY_KEY))
            .toList();
    Map<Integer, List<LineShown>> byDelivery = byDelivery(rows, BY_AMOUNT);
    List<Line> lines = new ArrayList<>(generated.stream().map(Line::of).toList());
    Map<String, String> names = sameGoods(byDelivery);
    if (careful) {
      byDelivery.forEach(
          (delivery, shown) ->
              pairKnown(shown, lines, whole.test(delivery), complete.test(delivery), keys));
      countAcross(byDelivery, lines, names, keys);
      return keys;
    }
    // One after the other, the fullest first: what one shows is known to the next.
    for (List<LineShown> shown : fullestFirst(byDelivery)) {
      if (!lines.isEmpty())
        pairKnown(shown, lines, true, complete.test(shown.get(0).delivery()), keys);
      count(shown, lines, names, keys);
    }
    return keys;
  }

  /** A line that has a key, known before or given tonight. */
  private record Line(
      String key, String sku, List<String> skuAlso, long priceFen, BigDecimal qty, long dueFen) {
    static Line of(LineRow row) {
      return new Line(
          row.lineKey(),
          row.sku(),
          row.skuAlso(),
          orZero(row.priceFen()),
          quantity(row.qty()),
          due(row.dueFen()));
    }

    static Line of(String key, LineShown row) {
      return new Line(
          key,
          row.sku(),
          row.skuAlso(),
          orZero(row.priceFen()),
          quantity(row.qty()),
          due(row.dueFen()));
    }
  }

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

  private static <T extends Shown> Map<Integer, List<T>> byDelivery(
      List<T> rows, Comparator<T> order) {
    var by = new TreeMap<Integer, List<T>>();
    for (T row : rows) by.computeIfAbsent(row.delivery(), n -> new ArrayList<>()).add(row);
    by.values().forEach(list -> list.sort(order));
    return by;
  }

  private static void pairKnown(
      List<LineShown> shown,
      List<Line> known,
      boolean whole,
      boolean complete,
      Map<LineShown, String> keys) {
    Set<String> taken = new HashSet<>();
    pairBy(shown, known, LineKeys::sold, LineKeys::sold, keys, taken);
    pair(shown, known, (row, line) -> named(row, line) && sameAmounts(row, line), keys, taken);
    if (!whole) return;
    pairBy(shown, known, LineKeys::good, LineKeys::good, keys, taken);
    pair(
        shown,
        known,
        (row, line) -> named(row, line) && orZero(row.priceFen()) == line.priceFen(),
        keys,
        taken);
    if (!complete) return;
    pairBy(
        shown,
        known,
        row -> new Sold("", orZero(row.priceFen()), quantity(row.qty()), due(row.dueFen())),
        line -> new Sold("", line.priceFen(), line.qty(), line.dueFen()),
        keys,
        taken);
    pairBy(
        shown,
        known,
        row -> new Good("", orZero(row.priceFen())),
        line -> new Good("", line.priceFen()),
        keys,
        taken);
  }

  /** Pairs what is equal, in order; linear in the rows. */
  private static void pairBy(
      List<LineShown> shown,
      List<Line> known,
      Function<LineShown, Object> ofRow,
      Function<Line, Object> ofLine,
      Map<LineShown, String> keys,
      Set<String> taken) {
    Map<Object, ArrayList<Line>> free = new HashMap<>();
    for (int i = known.size() - 1; i >= 0; i--) {
      Line line = known.get(i);
      if (taken.contains(line.key())) continue;
      free.computeIfAbsent(ofLine.apply(line), k -> new ArrayList<>()).add(line);
    }
    for (LineShown row : shown) {
      if (keys.containsKey(row)) continue;
      ArrayList<Line> lines = free.get(ofRow.apply(row));
      if (lines == null || lines.isEmpty()) continue;
      take(row, lines.remove(lines.size() - 1), keys, taken);
    }
  }

  /** Pairs rows that have several names; few. */
  private static void pair(
      List<LineShown> shown,
      List<Line> known,
      BiPredicate<LineShown, Line> same,
      Map<LineShown, String> keys,
      Set<String> taken) {
    for (LineShown row : shown) {
      if (keys.containsKey(row)) continue;
      for (Line line : known) {
        if (taken.contains(line.key()) || (row.skuAlso() == null && line.skuAlso() == null))
          continue;
        if (!same.test(row, line)) continue;
        take(row, line, keys, taken);
        break;
      }
    }
  }

  private static void take(
      LineShown row, Line line, Map<LineShown, String> keys, Set<String> taken) {
    keys.put(row, line.key());
    taken.add(line.key());
  }

  private static Object sold(LineShown row) {
    return new Sold(row.sku(), orZero(row.priceFen()), quantity(row.qty()), due(row.dueFen()));
  }

  private static Object sold(Line line) {
    return new Sold(line.sku(), line.priceFen(), line.qty(), line.dueFen());
  }

  private static Object good(LineShown row) {
    return new Good(row.sku(), orZero(row.priceFen()));
  }

  private static Object good(Line line) {
    return new Good(line.sku(), line.priceFen());
  }

  private static boolean sameAmounts(LineShown row, Line line) {
    return orZero(row.priceFen()) == line.priceFen()
        && quantity(row.qty()).equals(line.qty())
        && due(row.dueFen()) == line.dueFen();
  }

  /** Whether one of the names of the row is one of those of the line. */
  private static boolean named(LineShown row, Line line) {
    return is(line, row.sku())
        || (row.skuAlso() != null && row.skuAlso().stream().anyMatch(name -> is(line, name)));
  }

  private static boolean is(Line line, String name) {
    if (name.isEmpty()) return false;
    return line.sku().equals(name) || (line.skuAlso() != null && line.skuAlso().contains(name));
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

  private static void count(
      List<LineShown> shown,
      List<Line> lines,
      Map<String, String> names,
      Map<LineShown, String> keys) {
    Map<Good, Integer> last = new HashMap<>();
    List<Line> fresh = new ArrayList<>(0);
    for (LineShown row : shown) {
      if (keys.containsKey(row)) continue;
      Good good = named(row, names);
      int k = last.merge(good, last.containsKey(good) ? 1 : largest(lines, good) + 1, Integer::sum);
      String key = key(good, k);
      keys.put(row, key);
      fresh.add(Line.of(key, row));
    }
    lines.addAll(fresh);
  }

  /**
   * Counts rows across deliveries that may show different parts of the order: equal rows of two
   * deliveries are one line, whatever else they say.
   */
  private static void countAcross(
      Map<Integer, List<LineShown>> byDelivery,
      List<Line> known,
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
    Map<Good, TreeMap<Place, List<LineShown>>> places = new HashMap<>();
    for (List<LineShown> shown : byDelivery.values()) {
      Map<Object, Integer> copies = new HashMap<>();
      for (LineShown row : shown) {
        int copy = copies.merge(sold(row), 1, Integer::sum);
        if (keys.containsKey(row)) continue;
        var place = new Place(due(row.dueFen()), quantity(row.qty()), copy);
        places
            .computeIfAbsent(named(row, names), good -> new TreeMap<>())
            .computeIfAbsent(place, p -> new ArrayList<>(1))
            .add(row);
      }
    }
    places.forEach(
        (good, rows) -> {
          int k = largest(known, good);
          for (List<LineShown> same : rows.values()) {
            String key = key(good, ++k);
            same.forEach(row -> keys.put(row, key));
          }
        });
  }

  private static Good named(LineShown row, Map<String, String> names) {
    return new Good(names.getOrDefault(row.sku(), row.sku()), orZero(row.priceFen()));
  }

  private static int largest(List<Line> known, Good good) {
    if (known.isEmpty()) return 0;
    String prefix = prefix(good.sku(), good.priceFen());
    int largest = 0;
    for (Line line : known) largest = Math.max(largest, k(line.key(), prefix));
    return largest;
  }

  private static int k(String key, String prefix) {
    if (!key.startsWith(prefix)) return 0;
    int k = 0;
    for (int i = prefix.length(); i < key.length(); i++) {
      char c = key.charAt(i);
      if (c < '0' || c > '9') return 0;
      k = k * 10 + (c - '0');
    }
    return k;
  }

  private static String key(Good good, int k) {
    return prefix(good.sku(), good.priceFen()) + padded(k, 3);
  }

  private static String prefix(String sku, long priceFen) {
    return sku + "#" + padded(priceFen, 10) + "#";
  }

  /** Padded, never cut: the thousandth row is none of the first nine hundred. */
  private static String padded(long number, int width) {
    String text = Long.toString(number);
    return text.length() >= width ? text : "0".repeat(width - text.length()) + text;
  }

  /**
   * Keys of the return rows of one receipt, counted apart from its sales; a return is kept as it
   * was first shown, so that only equal amounts are the same return.
   */
  static Map<ReturnShown, String> ofReturns(
      List<ReturnShown> rows, List<ReturnRow> known, boolean careful) {
    var keys = new IdentityHashMap<ReturnShown, String>();
    if (rows.isEmpty()) return keys;
    record Back(String prefix, long amountFen) {}
    record Place(long amountFen, int copy) {}
    List<ReturnRow> sorted =
        known.stream().sorted(Comparator.comparing(ReturnRow::lineKey, BY_KEY)).toList();
    Map<String, TreeMap<Long, TreeMap<Integer, List<ReturnShown>>>> across = new TreeMap<>();
    byDelivery(rows, BY_RETURNED)
        .values()
        .forEach(
            shown -> {
              Map<Back, ArrayList<String>> free = new HashMap<>();
              for (int i = sorted.size() - 1; i >= 0; i--) {
                ReturnRow row = sorted.get(i);
                String prefix = row.lineKey().replaceFirst("[0-9]+$", "");
                free.computeIfAbsent(new Back(prefix, row.amountFen()), b -> new ArrayList<>())
                    .add(row.lineKey());
              }
              Map<String, Integer> last = new HashMap<>();
              Map<Back, Integer> copies = new HashMap<>();
              for (ReturnShown row : shown) {
                String prefix = prefix(row.sku(), orZero(row.priceFen())) + "R";
                var back = new Back(prefix, row.amountFen());
                ArrayList<String> keysLeft = free.get(back);
                int copy = copies.merge(back, 1, Integer::sum);
                if (keysLeft != null && !keysLeft.isEmpty()) {
                  keys.put(row, keysLeft.remove(keysLeft.size() - 1));
                } else if (careful) {
                  across
                      .computeIfAbsent(prefix, p -> new TreeMap<>())
                      .computeIfAbsent(row.amountFen(), a -> new TreeMap<>())
                      .computeIfAbsent(copy, c -> new ArrayList<>(1))
                      .add(row);
                } else {
                  int first = last.containsKey(prefix) ? 1 : largestReturn(known, prefix) + 1;
                  keys.put(row, prefix + padded(last.merge(prefix, first, Integer::sum), 3));
                }
              }
            });
    across.forEach(
        (prefix, amounts) -> {
          int k = largestReturn(known, prefix);
          for (var copies : amounts.values())
            for (List<ReturnShown> same : copies.values()) {
              String key = prefix + padded(++k, 3);
              same.forEach(row -> keys.put(row, key));
            }
        });
    return keys;
  }

  private static int largestReturn(List<ReturnRow> known, String prefix) {
    int largest = 0;
    for (ReturnRow row : known) largest = Math.max(largest, k(row.lineKey(), prefix));
    return largest;
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
