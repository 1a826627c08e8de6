package omnipoints.jobs;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a {@link Year} has told by some night: who is who, what is kept of what was bought, and what
 * was asked for.
 */
final class YearFacts {
  private static final Comparator<Told.Loose> BY_TIME =
      Comparator.comparing(Told.Loose::at).thenComparing(Told.Loose::key);

  final Year year;
  final Map<String, String> births = new HashMap<>();
  final Map<String, String> survivors = new HashMap<>();
  final List<Told> all = new ArrayList<>();
  final List<Told.Sale> sales = new ArrayList<>();
  final Map<Told.Sale, List<Told.Back>> backs = new IdentityHashMap<>();
  final Map<Told.Ask, LocalDate> granted = new IdentityHashMap<>();
  final Map<Told.Ask, Told.Cancel> cancelled = new IdentityHashMap<>();
  final Map<Told.Loose, Integer> loose = new TreeMap<>(BY_TIME);
  final List<Told.Sale> fresh = new ArrayList<>();
  final Set<String> returned = new HashSet<>();

  /** Those that an account was when somebody said something of it. */
  private final Map<Told.State, Set<String>> meant = new HashMap<>();

  private final Set<Told.Sale> told = new HashSet<>();
  private final Set<Told.Sale> bound = new HashSet<>();
  LocalDate date;

  YearFacts(Year year) {
    this.year = year;
  }

  /** Begins a night. */
  void begin(LocalDate night, Map<String, String> members) {
    date = night;
    members.forEach(births::putIfAbsent);
  }

  /**
   * Keeps what the night tells, once it is known who is who.
   *
   * @param merged accounts that others became tonight
   */
  void add(List<Told> tonight, Set<String> merged) {
    all.addAll(tonight);
    fresh.clear();
    returned.clear();
    for (Told one : tonight) {
      if (one instanceof Told.Bound b) bound.add(b.sale());
      if (one instanceof Told.Sale s) {
        told.add(s);
        backs.put(s, new ArrayList<>());
        if (!s.channel().equals("wechat_store")) bound.add(s);
      }
    }
    for (Told.Sale sale : told) if (bound.contains(sale)) fresh.add(sale);
    told.removeAll(fresh);
    fresh.sort(Comparator.comparing(Told.Sale::at));
    sales.addAll(fresh);
    for (Told one : tonight) if (one instanceof Told.Back b) back(b);
    for (Told one : tonight)
      if (one instanceof Told.State s)
        meant.put(
            s,
            births.values().stream()
                .filter(birth -> living(birth).equals(account(s.card())))
                .collect(Collectors.toSet()));
    // a sale that comes takes it over, or one of who turns out to be the same, but not for ever
    for (Told.Loose one : loose.keySet())
      if (!one.night().isBefore(date.minusDays(90)))
        match(one, merged.contains(account(one.card())) ? sales : fresh);
    for (Told one : tonight) if (one instanceof Told.Loose l) loose.put(l, l.yuan());
    for (Told.Loose one : loose.keySet()) if (one.night().equals(date)) match(one, sales);
  }

  private void back(Told.Back one) {
    backs.get(one.sale()).add(one);
    backs.get(one.sale()).sort(Comparator.comparing(Told.Back::at));
    returned.add(account(one.sale().card()));
  }

  /** To the same shop first, then to the latest of which something is left. */
  private void match(Told.Loose one, List<Told.Sale> among) {
    List<Told.Sale> mine = new ArrayList<>();
    for (Told.Sale sale : among)
      if (sale.channel().equals("pos")
          && account(sale.card()).equals(account(one.card()))
          && !sale.at().isAfter(one.at())) mine.add(sale);
    mine.sort(
        Comparator.comparing((Told.Sale sale) -> !sale.shop().equals(one.shop()))
            .thenComparing(Told.Sale::at, Comparator.reverseOrder()));
    for (Told.Sale sale : mine)
      for (Told.Thing thing : sale.things()) {
        int some = Math.min(loose.get(one), (int) (kept(sale, thing, null) / 100));
        if (!thing.sku().equals(one.sku()) || some <= 0) continue;
        back(new Told.Back(date, sale, thing, some, 0, one.at(), one.receipt()));
        loose.merge(one, -some, Integer::sum);
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

  /** What an order earns on: of one that took another's place what it cost more. */
  long base(Told.Sale sale) {
    long base = 0;
    for (Told.Thing thing : sale.things()) base += base(sale, thing);
    return base;
  }

  long base(Told.Sale sale, Told.Thing thing) {
    return 100L * thing.yuan() + off(sale, thing) - lent(sale);
  }

  /** What is left by then of what it earns on. */
  long earning(Told.Sale sale, Told.Thing thing, LocalDateTime until) {
    long money = 100L * thing.yuan();
    long back = money - kept(sale, thing, until);
    long off = off(sale, thing);
    Told.Swap there = swap(sale, false);
    if (there != null) {
      // its place was taken: it goes on as far as the other one does
      Told.Sale fresh = there.fresh();
      Told.Thing other = fresh.things().get(0);
      long more = 100L * other.yuan() - lent(fresh);
      long gone = 100L * other.yuan() - kept(fresh, other, until);
      return money - Math.max(0, back - lent(fresh)) - Math.max(0, gone - more);
    }
    return Math.max(0, money - lent(sale) - back) + off - off * back / money;
  }

  long earning(Told.Sale sale, LocalDateTime until) {
    long left = 0;
    for (Told.Thing thing : sale.things()) left += earning(sale, thing, until);
    return left;
  }

  /** When something went back of it, or of what took its place. */
  Set<LocalDateTime> steps(Told.Sale sale) {
    Set<LocalDateTime> steps = new TreeSet<>();
    for (Told.Back b : backs.get(sale)) steps.add(b.at());
    Told.Swap there = swap(sale, false);
    if (there != null) for (Told.Back b : backs.get(there.fresh())) steps.add(b.at());
    return steps;
  }

  private Told.Swap swap(Told.Sale sale, boolean fresh) {
    for (Told one : all)
      if (one instanceof Told.Swap s && (fresh ? s.fresh() : s.old()).equals(sale)) return s;
    return null;
  }

  /** What an order has of the one whose place it took. */
  private long lent(Told.Sale sale) {
    Told.Swap here = swap(sale, true);
    if (here == null) return 0;
    return Math.min(sale.fen(), here.old().fen() - kept(here.old(), (LocalDateTime) null));
  }

  /** A line's part of the money that points took off, where the version earns on that. */
  private long off(Told.Sale sale, Told.Thing thing) {
    if (!second(sale.at().toLocalDate())) return 0;
    long off = 0;
    for (Told one : all)
      if (one instanceof Told.Ask a
          && sale.equals(a.order())
          && !cancelled.containsKey(a)
          && (a.executed() || granted.containsKey(a) && granted.get(a).isBefore(date)))
        off += a.points() * 10;
    return spread(off, sale).get(thing);
  }

  /** By what lines cost, rounded to the largest remainder; ties by line. */
  static Map<Told.Thing, Long> spread(long all, Told.Sale sale) {
    List<Told.Thing> things = new ArrayList<>(sale.things());
    things.sort(Comparator.comparing(Told.Thing::line));
    Map<Told.Thing, Long> shares = new IdentityHashMap<>();
    long left = all;
    for (Told.Thing thing : things) {
      shares.put(thing, all * 100 * thing.yuan() / sale.fen());
      left -= shares.get(thing);
    }
    things.sort(Comparator.comparing(thing -> -(all * 100 * thing.yuan() % sale.fen())));
    for (Told.Thing thing : things) if (left-- > 0) shares.merge(thing, 1L, Long::sum);
    return shares;
  }

  /**
   * By account and day what is kept, what would be without tonight's returns, and what the last
   * night knew.
   */
  Map<String, Map<LocalDate, long[]>> money() {
    Map<String, Map<LocalDate, long[]>> money = new HashMap<>();
    for (Told.Sale sale : sales) {
      long[] day =
          money
              .computeIfAbsent(account(sale.card()), a -> new TreeMap<>())
              .computeIfAbsent(sale.at().toLocalDate(), d -> new long[3]);
      day[0] += kept(sale, (LocalDateTime) null);
      day[1] += keptBefore(sale);
      if (!fresh.contains(sale)) day[2] += keptBefore(sale);
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

  /** Each use takes one of the pass that ends first; who had his last use holds it until then. */
  boolean holdsPass(String account, LocalDateTime at) {
    List<Told.Ask> passes = new ArrayList<>();
    granted.forEach(
        (ask, night) -> {
          if (ask.item().equals("card")
              && account(ask.card()).equals(account)
              && !cancelled.containsKey(ask)
              && night.isBefore(date)) passes.add(ask);
        });
    passes.sort(Comparator.comparing(Told.Ask::at));
    Map<Told.Ask, LocalDateTime> until = new IdentityHashMap<>();
    Map<Told.Ask, Integer> used = new IdentityHashMap<>();
    for (Told.Ask pass : passes)
      until.put(pass, pass.at().toLocalDate().plusDays(10).atStartOfDay());
    for (Told.PassUse use : passUses(account))
      for (Told.Ask pass : passes)
        if (!use.at().isBefore(pass.at())
            && use.at().isBefore(pass.at().toLocalDate().plusDays(10).atStartOfDay())
            && used.getOrDefault(pass, 0) < 2) {
          if (used.merge(pass, 1, Integer::sum) == 2) until.put(pass, use.at().plusSeconds(1));
          break;
        }
    return passes.stream()
        .anyMatch(pass -> !at.isBefore(pass.at()) && at.isBefore(until.get(pass)));
  }

  /** In order of time, without those that were none after all. */
  private List<Told.PassUse> passUses(String account) {
    Set<String> undone = new HashSet<>();
    List<Told.PassUse> uses = new ArrayList<>();
    for (Told one : all)
      if (one instanceof Told.PassUse u && account(u.card()).equals(account)) {
        if (u.undo()) undone.add(u.no());
        else uses.add(u);
      }
    uses.removeIf(one -> undone.contains(one.no()));
    uses.sort(Comparator.comparing(Told.PassUse::at));
    return uses;
  }

  /** Half of the members, as everybody can work it out. */
  boolean trial(String account) {
    return YearDraw.sha("ab1\n" + account)[0] < 0;
  }

  /** Whether the account spends nothing then. */
  boolean frozen(String account, LocalDateTime at) {
    return states(account, at).contains("frozen") || closed(account, at);
  }

  boolean closed(String account, LocalDateTime at) {
    return states(account, at).contains("closed");
  }

  /** Whether nothing of that moment is given any more. */
  boolean barren(String account, LocalDateTime at) {
    return frozen(account, at) || closed(account, endOfDay());
  }

  /** Whether what is past its last day dies tonight. */
  boolean dies(String account) {
    return !frozen(account, endOfDay());
  }

  /** Of each of those that the account was. */
  private Set<String> states(String account, LocalDateTime at) {
    Map<String, Told.State> last = new HashMap<>();
    for (Told one : all)
      if (one instanceof Told.State s && account(s.card()).equals(account) && !s.at().isAfter(at))
        for (String birth : meant.get(s))
          last.merge(birth, s, (x, y) -> y.at().isBefore(x.at()) ? x : y);
    Set<String> states = new TreeSet<>();
    for (Told.State one : last.values()) states.add(one.state());
    return states;
  }
}
