package omnipoints.jobs;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a {@link Year} has told by some night: who is who, what is kept of what was bought, and what
 * was asked for.
 */
final class YearFacts {
  final Year year;
  final Map<String, String> births = new HashMap<>();
  final Map<String, String> survivors = new HashMap<>();
  final List<Told> all = new ArrayList<>();
  final List<Told.Sale> sales = new ArrayList<>();
  final Map<Told.Sale, List<Told.Back>> backs = new IdentityHashMap<>();
  final Map<Told.Ask, LocalDate> granted = new IdentityHashMap<>();
  final Map<Told.Ask, Told.Cancel> cancelled = new IdentityHashMap<>();
  LocalDate date;

  YearFacts(Year year) {
    this.year = year;
  }

  /** Begins a night. */
  void begin(LocalDate night, Map<String, String> members) {
    date = night;
    members.forEach(births::putIfAbsent);
  }

  /** Keeps what the night tells, once it is known who is who. */
  void add(List<Told> told) {
    all.addAll(told);
    for (Told one : told)
      if (one instanceof Told.Sale s) {
        sales.add(s);
        backs.put(s, new ArrayList<>());
      }
    for (Told one : told)
      if (one instanceof Told.Back b) {
        backs.get(b.sale()).add(b);
        backs.get(b.sale()).sort(Comparator.comparing(Told.Back::at));
      }
  }

  /** Those who are themselves, in their order. */
  Set<String> accounts() {
    Set<String> accounts = new TreeSet<>(births.values());
    accounts.removeAll(survivors.keySet());
    return accounts;
  }

  String account(String card) {
    String birth = births.get(card);
    if (birth == null) throw new IllegalStateException("nobody has card " + card);
    return living(birth);
  }

  String living(String birth) {
    String account = birth;
    while (survivors.containsKey(account)) account = survivors.get(account);
    return account;
  }

  boolean known(String card) {
    return births.containsKey(card);
  }

  LocalDateTime endOfDay() {
    return date.atTime(23, 59, 59);
  }

  boolean second(LocalDate on) {
    return !on.isBefore(year.change());
  }

  int hold(LocalDate on) {
    return second(on) ? 2 : 3;
  }

  LocalDate lastDay(LocalDate version, LocalDate from) {
    return from.plusDays(Math.max(6, year.days() / (second(version) ? 5 : 7)) - 1L);
  }

  long kept(Told.Sale sale, Told.Thing thing, LocalDateTime until) {
    long back = 0;
    for (Told.Back b : backs.get(sale))
      if (b.thing() == thing && (until == null || !b.at().isAfter(until))) back += b.yuan();
    return 100 * (thing.yuan() - back);
  }

  long kept(Told.Sale sale, LocalDateTime until) {
    long kept = 0;
    for (Told.Thing thing : sale.things()) kept += kept(sale, thing, until);
    return kept;
  }

  /** By account and day what is kept, and what would be without tonight's returns. */
  Map<String, Map<LocalDate, long[]>> money() {
    Map<String, Map<LocalDate, long[]>> money = new HashMap<>();
    for (Told.Sale sale : sales) {
      long[] day =
          money
              .computeIfAbsent(account(sale.card()), a -> new TreeMap<>())
              .computeIfAbsent(sale.at().toLocalDate(), d -> new long[2]);
      day[0] += kept(sale, (LocalDateTime) null);
      day[1] += keptBefore(sale);
    }
    return money;
  }

  /** Of tonight's returns nothing. */
  long keptBefore(Told.Sale sale) {
    long kept = sale.fen();
    for (Told.Back b : backs.get(sale)) if (b.night().isBefore(date)) kept -= 100L * b.yuan();
    return kept;
  }

  /** {@code <member> <spent> <refunded>} in fen, of living members that bought. */
  List<String> spent() {
    Map<String, long[]> spent = new TreeMap<>();
    for (Told.Sale sale : sales) {
      long[] sums = spent.computeIfAbsent(account(sale.card()), a -> new long[2]);
      sums[0] += sale.fen();
      sums[1] += sale.fen() - kept(sale, (LocalDateTime) null);
    }
    List<String> lines = new ArrayList<>();
    spent.forEach((account, sums) -> lines.add(account + " " + sums[0] + " " + sums[1]));
    return lines;
  }

  boolean tagged(String account, String name) {
    for (Told one : all)
      if (one instanceof Told.Tag t && t.name().equals(name) && account(t.card()).equals(account))
        return true;
    return false;
  }

  boolean holdsPass(String account, LocalDateTime at) {
    for (Map.Entry<Told.Ask, LocalDate> one : granted.entrySet()) {
      Told.Ask ask = one.getKey();
      if (ask.item().equals("card")
          && account(ask.card()).equals(account)
          && one.getValue().isBefore(date)
          && !at.isBefore(ask.at())
          && at.toLocalDate().isBefore(ask.at().toLocalDate().plusDays(10))) return true;
    }
    return false;
  }

  /** Whether the account is frozen then. */
  boolean frozen(String account, LocalDateTime at) {
    Map<String, Told.State> last = new HashMap<>();
    for (Told one : all)
      if (one instanceof Told.State s && account(s.card()).equals(account) && !s.at().isAfter(at))
        last.merge(births.get(s.card()), s, (x, y) -> y.at().isBefore(x.at()) ? x : y);
    return last.values().stream().anyMatch(one -> one.state().equals("frozen"));
  }
}
