package omnipoints.jobs;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes away of a {@link Year} what its failure does not need: whoever the failure does not name,
 * then half by half, then row by row.
 */
final class YearShrink {
  private static final Duration PATIENCE =
      Duration.ofSeconds(
          Math.round(60 * Double.parseDouble(System.getProperty("year.shrink", "10"))));
  private static final Pattern CARD = Pattern.compile("C\\d{5}");

  private final Function<Map<LocalDate, List<Told>>, String> live;
  private final Instant until = Instant.now().plus(PATIENCE);
  private List<Told> rows = new ArrayList<>();
  private String differs;

  private YearShrink(String differs, Function<Map<LocalDate, List<Told>>, String> live) {
    this.differs = differs;
    this.live = live;
  }

  /**
   * What is left of it.
   *
   * @param differs how it still does, the night first
   */
  record Small(List<Told> rows, String differs) {

    /** The night in which it differs. */
    LocalDate night() {
      return LocalDate.parse(differs.substring(0, 10));
    }
  }

  /**
   * @param differs how it does, the night first, and whom it concerns by their cards
   * @param live the same of what is told then; null for nothing
   */
  static Small smallest(
      Map<LocalDate, List<Told>> told,
      String differs,
      Function<Map<LocalDate, List<Told>>, String> live) {
    var shrink = new YearShrink(differs, live);
    told.values().forEach(shrink.rows::addAll);
    shrink.rows = shrink.upToFailure(shrink.rows);
    shrink.onlyThoseNamed();
    shrink.kindByKind();
    shrink.cardByCard();
    shrink.halfByHalf();
    return new Small(List.copyOf(shrink.rows), shrink.differs);
  }

  private LocalDate failure() {
    return new Small(rows, differs).night();
  }

  private List<Told> upToFailure(Collection<Told> all) {
    return all.stream().filter(row -> !row.night().isAfter(failure())).toList();
  }

  /** Whether it differs with fewer rows, too; they are all there is from then on. */
  private boolean enough(List<Told> fewer) {
    if (fewer.size() >= rows.size() || Instant.now().isAfter(until)) return false;
    String still = live.apply(byNight(fewer, failure()));
    if (still == null) return false;
    differs = still;
    rows = upToFailure(fewer);
    return true;
  }

  /** Everybody stays a member, so that their numbers do; then those who deal with those named. */
  private void onlyThoseNamed() {
    Set<String> cards = new TreeSet<>();
    for (Matcher found = CARD.matcher(differs); found.find(); ) cards.add(found.group());
    for (int circle = 0; circle < 3 && !cards.isEmpty(); circle++) {
      Set<String> named = cards;
      if (enough(standing(rows.stream().filter(row -> joins(row) || anyOf(row, named)).toList())))
        return;
      cards = wider(named);
    }
  }

  /** These, those whom their rows name, and those who turn out to be the same. */
  private Set<String> wider(Set<String> cards) {
    Set<String> wider = new TreeSet<>(cards);
    Set<String> phones = new HashSet<>();
    for (Told row : rows) {
      if (!anyOf(row, cards)) continue;
      wider.addAll(persons(row));
      if (row instanceof Told.Person p && !p.phone().isEmpty()) phones.add(p.phone());
    }
    for (Told row : rows)
      if (row instanceof Told.Person p && phones.contains(p.phone())) wider.add(p.card());
    return wider;
  }

  private static boolean joins(Told row) {
    return row instanceof Told.Person p && p.phone().isEmpty();
  }

  private static boolean anyOf(Told row, Set<String> cards) {
    return persons(row).isEmpty() || persons(row).stream().anyMatch(cards::contains);
  }

  /** Of many kinds of rows none is needed. */
  private void kindByKind() {
    Set<Class<?>> kinds = new LinkedHashSet<>();
    for (Told row : rows) kinds.add(row.getClass());
    for (Class<?> kind : kinds)
      enough(standing(rows.stream().filter(row -> joins(row) || row.getClass() != kind).toList()));
  }

  private void cardByCard() {
    Set<String> cards = new TreeSet<>();
    for (Told row : rows) if (!joins(row)) cards.addAll(persons(row));
    for (String card : cards)
      enough(
          standing(
              rows.stream().filter(row -> joins(row) || !persons(row).contains(card)).toList()));
  }

  private void halfByHalf() {
    int chunk = Math.max(1, rows.size() / 2);
    while (Instant.now().isBefore(until)) {
      boolean less = false;
      for (int at = 0; at < rows.size() && Instant.now().isBefore(until); ) {
        List<Told> fewer = new ArrayList<>(rows.subList(0, at));
        fewer.addAll(rows.subList(Math.min(rows.size(), at + chunk), rows.size()));
        if (enough(standing(fewer))) less = true;
        else at += chunk;
      }
      if (chunk == 1 && !less) return;
      chunk = Math.max(1, chunk / 2);
    }
  }

  /** Rows that name nothing that was taken away. */
  static List<Told> standing(List<Told> rows) {
    Set<String> cards = new HashSet<>();
    for (Told row : rows) if (joins(row)) cards.addAll(persons(row));
    Set<Told> left = new HashSet<>(rows);
    Set<String> numbers = new HashSet<>();
    for (Told row : rows) {
      if (row instanceof Told.Ask a) numbers.add(a.no());
      if (row instanceof Told.Gift g) numbers.add(g.no());
    }
    List<Told> standing = new ArrayList<>();
    for (Told row : rows) {
      boolean nothingToLetGo = row instanceof Told.LetGo l && !numbers.contains(l.no());
      if (!nothingToLetGo && left.containsAll(needs(row)) && cards.containsAll(persons(row)))
        standing.add(row);
    }
    return standing.size() == rows.size() ? rows : standing(standing);
  }

  private static List<Told> needs(Told row) {
    if (row instanceof Told.Back b) return List.of(b.sale());
    if (row instanceof Told.Bound b) return List.of(b.sale());
    if (row instanceof Told.Swap s) return List.of(s.fresh(), s.old());
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
    if (row instanceof Told.Back b) return List.of(b.sale().card());
    if (row instanceof Told.Bound b) return List.of(b.sale().card());
    if (row instanceof Told.Swap s) return List.of(s.old().card());
    if (row instanceof Told.Loose l) return List.of(l.card());
    if (row instanceof Told.Cancel c) return List.of(c.ask().card());
    if (row instanceof Told.Use u) return List.of(u.ask().card());
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
    if (row instanceof Told.PassUse u) return List.of(u.card());
    if (row instanceof Told.Holds h) return List.of(h.card());
    return List.of();
  }

  /** Nights that tell something, and the last one; those between run by themselves. */
  static Map<LocalDate, List<Told>> byNight(List<Told> rows, LocalDate last) {
    Map<LocalDate, List<Told>> told = new TreeMap<>();
    for (Told row : rows) told.computeIfAbsent(row.night(), night -> new ArrayList<>()).add(row);
    told.computeIfAbsent(last, night -> new ArrayList<>());
    return told;
  }
}
