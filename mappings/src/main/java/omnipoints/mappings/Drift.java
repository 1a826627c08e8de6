package omnipoints.mappings;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a header differs from what a document knows: platforms add, drop and rename columns any
 * month. The three lists tell each column and field once.
 *
 * @param added headers that no field reads and that are not among the known columns
 * @param missing fields none of whose columns is there
 * @param renamed fields that lack their column, where one added header is likely its new name
 */
public record Drift(List<String> added, List<Missing> missing, List<Renamed> renamed) {
  /** What is less alike than this is no suggestion, only a guess. */
  private static final int ALIKE = 60;

  /**
   * @param columns every name under which the column would have been found
   * @param required whether the document is not recognised without it
   */
  public record Missing(String field, List<String> columns, boolean required) {}

  /**
   * @param column the name of the field's column that is most like the header
   * @param header the new name, as the file spells it
   */
  public record Renamed(String field, String column, String header, boolean required) {}

  /** Compares {@code header}, cells as the file spells them, with the document. */
  public static Drift of(Document document, List<String> header) {
    Set<String> known = new HashSet<>();
    document.knownColumns().forEach(name -> known.add(Headers.normalise(name)));
    Set<String> added = new LinkedHashSet<>();
    for (String name : Columns.unmapped(document, header)) {
      if (!known.contains(Headers.normalise(name))) added.add(name);
    }
    List<Missing> missing = missing(document, header);
    List<Renamed> renamed = renamed(missing, added);
    for (Renamed one : renamed) {
      added.remove(one.header());
      missing.removeIf(
          other -> other.field().equals(one.field()) && other.columns().contains(one.column()));
    }
    return new Drift(List.copyOf(added), List.copyOf(missing), renamed);
  }

  private static List<Missing> missing(Document document, List<String> header) {
    HeaderRow row = HeaderRow.of(header);
    List<Missing> missing = new ArrayList<>();
    for (Field field : document.fields().values()) {
      boolean required = field.need() != Field.Need.OPTIONAL;
      // A row that no column, folder or file name gives a shop is rejected as NO_SHOP: that tells
      // it.
      if (field.name().equals("shop") && !required) continue;
      List<String> names = new ArrayList<>(field.columns());
      names.addAll(field.fallbacks());
      boolean absent = absent(row, names);
      if (absent) missing.add(new Missing(field.name(), List.copyOf(names), required));
      // What is added to an amount that is there changes it when it goes.
      for (List<String> terms : List.of(field.plus(), field.minus(), field.and())) {
        for (String term : terms) {
          boolean needed = terms == field.and() && !absent;
          if (!absent && absent(row, List.of(term)))
            missing.add(new Missing(field.name(), List.of(term), needed));
        }
      }
    }
    return missing;
  }

  private static boolean absent(HeaderRow row, List<String> names) {
    return names.stream().allMatch(name -> row.find(name).isEmpty());
  }

  /** Every missing field with the one added header that is most like its column. */
  private static List<Renamed> renamed(List<Missing> missing, Set<String> added) {
    Map<Renamed, Integer> found = new LinkedHashMap<>();
    for (Missing field : missing) {
      Renamed best = null;
      int most = 0;
      boolean tie = false;
      for (String header : added) {
        int alike = 0;
        String nearest = null;
        for (String column : field.columns()) {
          int similarity = Similarity.of(column, header);
          if (similarity <= alike) continue;
          alike = similarity;
          nearest = column;
        }
        if (alike < ALIKE || alike < most) continue;
        tie = alike == most;
        most = alike;
        best = new Renamed(field.field(), nearest, header, field.required());
      }
      if (best != null && !tie) found.put(best, most);
    }
    // One header is one column: the name most like it, and none if two names are equally so.
    return found.keySet().stream()
        .filter(
            one ->
                found.keySet().stream()
                    .noneMatch(
                        other ->
                            other.header().equals(one.header())
                                && !other.column().equals(one.column())
                                && found.get(other) >= found.get(one)))
        .toList();
  }

  /** Nothing differs. */
  public boolean isEmpty() {
    return added.isEmpty() && missing.isEmpty() && renamed.isEmpty();
  }

  /** {@code new 淘鲜达渠道; missing 宝贝总数量; 买家实付额 may be 买家实际支付金额}, empty if nothing differs. */
  public String line() {
    List<String> parts = new ArrayList<>();
    if (!added.isEmpty()) parts.add("new " + Headers.listed(added));
    if (!missing.isEmpty()) {
      parts.add(
          missing.stream()
              .map(one -> one.columns().get(0))
              .distinct()
              .collect(Collectors.joining(", ", "missing ", "")));
    }
    renamed.stream()
        .map(one -> one.header() + " may be " + one.column())
        .distinct()
        .forEach(parts::add);
    return String.join("; ", parts);
  }

  /** What to type, one sentence for each header that may be renamed. */
  public List<String> advice(Document document) {
    return renamed.stream()
        .map(
            one ->
                "if "
                    + one.header()
                    + " is "
                    + one.column()
                    + ", add it to the aliases of field "
                    + one.field()
                    + " of document "
                    + document.name()
                    + " in mappings/"
                    + document.channel()
                    + ".yaml of the home")
        .toList();
  }
}
