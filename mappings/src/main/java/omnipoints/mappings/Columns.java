package omnipoints.mappings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The fields of a document laid over one header: which column each field reads, what is missing,
 * what is ambiguous.
 */
final class Columns {
  private final Map<String, int[]> indexes = new HashMap<>();
  private final List<String> missing = new ArrayList<>();
  private final List<String> ambiguous = new ArrayList<>();
  private int requiredFound;

  private Columns() {}

  static Columns of(Document document, HeaderRow header) {
    Columns columns = new Columns();
    for (Field field : document.fields().values()) columns.lay(field, header);
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
      indexes.put(field.name(), found.stream().mapToInt(Integer::intValue).toArray());
    }
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

  /** Two columns that claim one field, or quotes that do not pair. */
  List<String> ambiguous() {
    return ambiguous;
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

  int requiredFound() {
    return requiredFound;
  }

  /** Columns of a field, in the order they are asked; null if the file has none. */
  int[] of(String field) {
    return indexes.get(field);
  }

  /** Whether the field reads the column at {@code index}. */
  boolean reads(String field, int index) {
    int[] read = indexes.get(field);
    return read != null && Arrays.stream(read).anyMatch(i -> i == index);
  }

  static List<String> unmapped(Document document, List<String> headers) {
    Set<String> mapped = new HashSet<>();
    for (Field field : document.fields().values()) {
      field.columns().forEach(name -> mapped.add(Headers.normalise(name)));
      field.fallbacks().forEach(name -> mapped.add(Headers.normalise(name)));
    }
    return headers.stream()
        .filter(h -> !h.isEmpty() && !mapped.contains(Headers.normalise(h)))
        .toList();
  }
}
