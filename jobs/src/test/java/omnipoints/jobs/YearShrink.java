package omnipoints.jobs;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Takes away of a {@link Year} what its failure does not need, half by half, then row by row. */
final class YearShrink {
  private static final Duration PATIENCE = Duration.ofMinutes(Integer.getInteger("year.shrink", 5));

  private YearShrink() {}

  /**
   * @param live what differs when that is told; null for nothing
   * @return what is left, row by row, and how it still differs
   */
  static String smallest(
      Year year,
      Map<LocalDate, List<Told>> told,
      Function<Map<LocalDate, List<Told>>, String> live) {
    Instant until = Instant.now().plus(PATIENCE);
    List<Told> rows = new ArrayList<>();
    told.values().forEach(rows::addAll);
    String differs = "";
    int chunk = Math.max(1, rows.size() / 2);
    while (chunk >= 1 && Instant.now().isBefore(until)) {
      boolean less = false;
      for (int at = 0; at < rows.size() && Instant.now().isBefore(until); ) {
        List<Told> fewer = new ArrayList<>(rows.subList(0, at));
        fewer.addAll(rows.subList(Math.min(rows.size(), at + chunk), rows.size()));
        fewer = standing(fewer);
        String still = live.apply(byNight(told, fewer));
        if (still == null) at += chunk;
        else {
          rows = fewer;
          differs = still;
          less = true;
        }
      }
      if (chunk == 1 && !less) break;
      chunk = Math.max(1, chunk / 2);
    }
    var text = new StringBuilder();
    for (Told row : rows) text.append("  ").append(row).append('\n');
    return text + differs;
  }

  /** Rows that name nothing that was taken away. */
  private static List<Told> standing(List<Told> rows) {
    Set<String> cards = new HashSet<>();
    for (Told row : rows)
      if (row instanceof Told.Person p && p.phone().isEmpty()) cards.add(p.card());
    Set<Told> left = new HashSet<>(rows);
    List<Told> standing = new ArrayList<>();
    for (Told row : rows)
      if (needs(row).stream().allMatch(left::contains) && cards.containsAll(persons(row)))
        standing.add(row);
    return standing.size() == rows.size() ? rows : standing(standing);
  }

  private static List<Told> needs(Told row) {
    if (row instanceof Told.Back b) return List.of(b.sale());
    if (row instanceof Told.Cancel c) return List.of(c.ask());
    if (row instanceof Told.Use u) return List.of(u.ask());
    if (row instanceof Told.Act a && a.order() != null) return List.of(a.order());
    if (row instanceof Told.Ask a && a.order() != null) return List.of(a.order());
    if (row instanceof Told.TopUp t && t.paidIn() != null) return List.of(t.paidIn());
    return List.of();
  }

  private static List<String> persons(Told row) {
    if (row instanceof Told.Person p) return List.of(p.card());
    if (row instanceof Told.Sale s) return List.of(s.card());
    if (row instanceof Told.Act a)
      return a.friend() == null ? List.of(a.card()) : List.of(a.card(), a.friend());
    if (row instanceof Told.Nick n) return List.of(n.card());
    if (row instanceof Told.Tag t) return List.of(t.card());
    if (row instanceof Told.Friends f) return List.of(f.card(), f.friend());
    if (row instanceof Told.Ask a) return List.of(a.card());
    if (row instanceof Told.TopUp t) return List.of(t.card());
    if (row instanceof Told.Gift g) return List.of(g.from(), g.to());
    if (row instanceof Told.Correction c) return List.of(c.card());
    if (row instanceof Told.State s) return List.of(s.card());
    return List.of();
  }

  /** Nights after the last row are left out. */
  private static Map<LocalDate, List<Told>> byNight(
      Map<LocalDate, List<Told>> nights, List<Told> rows) {
    Map<LocalDate, List<Told>> told = new TreeMap<>();
    LocalDate last = LocalDate.MIN;
    for (Told row : rows) if (row.night().isAfter(last)) last = row.night();
    for (LocalDate night : nights.keySet())
      if (!night.isAfter(last)) told.put(night, new ArrayList<>());
    for (Told row : rows) told.get(row.night()).add(row);
    return told;
  }
}
