package omnipoints.mappings;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is to be said about the header of a delivery: what its mapping does not know, every time,
 * for that can be mended there; what came and went since the delivery before, once.
 */
public final class HeaderNews {
  private HeaderNews() {}

  /**
   * One line, empty if there is nothing to say. A missing optional column is told of the delivery
   * that lost it, and of the first one if that has columns nobody knows, one of which it may be:
   * platforms have several layouts, and what one of them never had is no news.
   *
   * @param header cells as the file spells them
   * @param previousOrNull header of the delivery of this document before, null for the first one
   */
  public static String line(Document document, List<String> header, List<String> previousOrNull) {
    Drift drift = Drift.of(document, header);
    List<String> parts = new ArrayList<>();
    Set<String> told = new LinkedHashSet<>();
    List<Drift.Missing> missing = new ArrayList<>(drift.missing());
    if (previousOrNull != null) missing.removeAll(Drift.of(document, previousOrNull).missing());
    else if (drift.added().isEmpty() && drift.renamed().isEmpty()) missing.clear();
    String line = new Drift(drift.added(), missing, drift.renamed()).line();
    if (!line.isEmpty()) parts.add(line);
    drift.added().forEach(name -> told.add(Headers.normalise(name)));
    missing.forEach(one -> one.columns().forEach(name -> told.add(Headers.normalise(name))));
    drift.renamed().forEach(one -> told.add(Headers.normalise(one.header())));
    drift.renamed().forEach(one -> told.add(Headers.normalise(one.column())));
    if (previousOrNull != null) {
      compared("came", header, previousOrNull, told, parts);
      compared("gone", previousOrNull, header, told, parts);
    }
    return parts.isEmpty() ? "" : "header changed: " + String.join("; ", parts);
  }

  private static void compared(
      String word, List<String> some, List<String> others, Set<String> told, List<String> parts) {
    Set<String> known = others.stream().map(Headers::normalise).collect(Collectors.toSet());
    known.addAll(told);
    List<String> only =
        some.stream()
            .filter(name -> !name.isEmpty() && known.add(Headers.normalise(name)))
            .toList();
    if (!only.isEmpty()) parts.add(word + " " + Headers.listed(only));
  }
}
