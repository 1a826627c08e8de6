package omnipoints.mappings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The fields of a document laid over one header: which column each field reads, what is missing,
 * what is ambiguous.
 */
final class Columns {
  private static final int[] NONE = new int[0];

  private final Map<String, int[]> indexes = new HashMap<>();
  private final Map<String, int[]> plus = new HashMap<>();
  private final Map<String, int[]> minus = new HashMap<>();
  private final Map<String, int[]> and = new HashMap<>();
  private final List<String> missing = new ArrayList<>();
  private final List<String> ambiguous = new ArrayList<>();
  private int requiredFound;
  private int last = -1;

  private Columns() {}

  static Columns of(Document document, HeaderRow header) {
    Columns columns = new Columns();
    for (Field field : document.fields().values()) columns.lay(field, header);
    for (String name : document.without()) {
      if (!header.find(name).isEmpty())
        columns.ambiguous.add(name + " tells that it is another one");
    }
    if (header.strayQuote() >= 0)
      columns.ambiguous.add("quotes do not pair at column " + (header.strayQuote() + 1));
    return columns;
  }

  private void lay(Field field, HeaderRow header) {
    List<Integer> found = new ArrayList<>();
    oneOf(field, field.columns(), header, found);
    for (String fallback : field.fallbacks()) oneOf(field, List.of(fallback), header, found);
    if (found.isEmpty()) {
      if (field.need() != Field.Need.OPTIONAL) missing.add(field.columnNames());
    } else {
      if (field.need() != Field.Need.OPTIONAL) requiredFound++;
      int[] read = found.stream().mapToInt(Integer::intValue).toArray();
      indexes.put(field.name(), read);
      for (int index : read) last = Math.max(last, index);
    }
    plus.put(field.name(), terms(field, field.plus(), header));
    minus.put(field.name(), terms(field, field.minus(), header));
    and.put(field.name(), terms(field, field.and(), header));
    if (found.isEmpty()) return;
    absent(field.and(), header);
    // Without them the amount would be another one, not an unknown one.
    if (field.need() != Field.Need.OPTIONAL) {
      absent(field.plus(), header);
      absent(field.minus(), header);
    }
  }

  private void absent(List<String> names, HeaderRow header) {
    for (String name : names) {
      if (header.find(name).isEmpty() && !missing.contains(name)) missing.add(name);
    }
  }

  private int[] terms(Field field, List<String> names, HeaderRow header) {
    List<Integer> found = new ArrayList<>();
    for (String name : names) oneOf(field, List.of(name), header, found);
    return found.isEmpty() ? NONE : found.stream().mapToInt(Integer::intValue).toArray();
  }

  private void oneOf(Field field, List<String> names, HeaderRow header, List<Integer> found) {
    List<Integer> matches = new ArrayList<>();
    for (String name : names) {
      for (Integer index : header.find(name)) if (!matches.contains(index)) matches.add(index);
    }
    if (matches.size() > 1) {
      List<String> shown =
          matches.stream().map(i -> header.cells().get(i) + " (column " + (i + 1) + ")").toList();
      ambiguous.add(String.join(" and ", shown) + " both mean " + field.name());
    }
    if (!matches.isEmpty() && !found.contains(matches.get(0))) found.add(matches.get(0));
  }

  /** Every required column is there once. */
  boolean complete() {
    return missing.isEmpty() && ambiguous.isEmpty();
  }

  /** Required columns that are absent, with their other names. */
  List<String> missing() {
    return missing;
  }

  /** {@code tmall/line_list: row 1 lacks 购买数量, 价格 (or 商品价格)}. */
  String whyNot(Document document, int row) {
    String why = document.title() + ": ";
    if (requiredFound == 0)
      return why + "no row has any of its required headers " + String.join(", ", missing);
    why += "row " + row;
    if (!missing.isEmpty()) why += " lacks " + String.join(", ", missing);
    if (!ambiguous.isEmpty())
      why += (missing.isEmpty() ? " is ambiguous: " : "; ") + String.join("; ", ambiguous);
    return why;
  }

  /** Index of the last column that a field reads, -1 if none does. */
  int last() {
    return last;
  }

  int requiredFound() {
    return requiredFound;
  }

  /** Columns of a field, in the order they are asked; null if the file has none. */
  int[] of(String field) {
    return indexes.get(field);
  }

  /** Columns whose amounts are added to the field's. */
  int[] plus(String field) {
    return plus.getOrDefault(field, NONE);
  }

  /** Columns whose amounts are taken from the field's. */
  int[] minus(String field) {
    return minus.getOrDefault(field, NONE);
  }

  /** Columns whose texts follow the field's. */
  int[] and(String field) {
    return and.getOrDefault(field, NONE);
  }

  /** Whether the field reads the column at {@code index}. */
  boolean reads(String field, int index) {
    return Stream.of(indexes.get(field), plus(field), minus(field), and(field))
        .filter(Objects::nonNull)
        .flatMapToInt(Arrays::stream)
        .anyMatch(i -> i == index);
  }

  /** A column name without its occurrence: {@code name#2} is a column called {@code name}. */
  private static String plain(String name) {
    return Headers.normalise(name).replaceFirst("(?<=.)#[1-9]\\d?$", "");
  }

  static List<String> unmapped(Document document, List<String> headers) {
    Set<String> mapped = new HashSet<>();
    for (Field field : document.fields().values()) {
      Stream.of(field.columns(), field.fallbacks(), field.plus(), field.minus(), field.and())
          .flatMap(List::stream)
          .forEach(name -> mapped.add(plain(name)));
    }
    return headers.stream()
        .filter(h -> !h.isEmpty() && !mapped.contains(Headers.normalise(h)))
        .toList();
  }
}
