package omnipoints.jobs;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongUnaryOperator;

/**
 * What becomes of a {@link Year}, told naively: it knows every rule of its programme together,
 * looks every night at everything that was ever told, and shares nothing with the product but the
 * numbers of members.
 */
final class YearOracle {
  private final Year year;
  private final YearPurses purses = new YearPurses();
  private final YearTiers tiers;
  private final Map<String, String> births = new HashMap<>();
  private final Map<String, String> survivors = new HashMap<>();
  private final List<Told> all = new ArrayList<>();
  private final List<Told.Sale> sales = new ArrayList<>();
  private final Map<Told.Sale, List<Told.Back>> backs = new IdentityHashMap<>();
  private final List<Award> awards = new ArrayList<>();
  private final Map<String, Told.Sale> slots = new HashMap<>();
  private final Set<Told.Sale> neverFirst = new HashSet<>();
  private final List<Told.Act> acts = new ArrayList<>();
  private final List<Told.Act> reviews = new ArrayList<>();
  private final List<Told.Act> invites = new ArrayList<>();
  private final Map<String, Long> budgets = new HashMap<>();
  private final Map<String, Told.Ask> asks = new TreeMap<>();
  private final List<Told.Ask> open = new ArrayList<>();
  private final Map<Told.Ask, LocalDate> granted = new IdentityHashMap<>();
  private final Map<Told.Ask, Told.Cancel> cancelled = new IdentityHashMap<>();
  private final Map<Told.Ask, Long> restored = new IdentityHashMap<>();
  private final Map<String, Long> stock = new HashMap<>();
  private final Map<String, Long> comesBack = new HashMap<>();
  private final List<Told.Gift> gave = new ArrayList<>();
  private final Map<String, Queue> queues = new HashMap<>();
  private final List<Told.Ask> won = new ArrayList<>();
  private final Set<String> registered = new HashSet<>();
  private boolean drawn;
  private LocalDate date;

  final Map<String, String> outcomes = new TreeMap<>();
  final List<String> winners = new ArrayList<>();

  /** What somebody is given for a reason; what of it was booked. */
  private static final class Award {
    final String birth;
    final String rule;
    final String key;
    final LocalDateTime at;
    final Told.Sale sale;
    final LocalDate availableOn;
    final LocalDate until;
    long target;
    LongUnaryOperator kept;
    Told.Thing thing;
    Told.TopUp topup;
    boolean revoked;
    long earned;
    long clawed;

    Award(
        String birth,
        String rule,
        String key,
        LocalDateTime at,
        Told.Sale sale,
        LocalDate availableOn,
        LocalDate until,
        long target) {
      this.birth = birth;
      this.rule = rule;
      this.key = key;
      this.at = at;
      this.sale = sale;
      this.availableOn = availableOn;
      this.until = until;
      this.target = target;
    }
  }

  private record Act(
      LocalDateTime at,
      int rank,
      String key,
      Award award,
      Told cause,
      long points,
      List<YearPurses.Lot> portions) {

    /** What decides between two of one moment. */
    String source() {
      boolean sold = award != null && award.sale != null && key.startsWith(award.sale.no() + "/");
      return (sold ? award.sale.channel() + "\t" + award.sale.shop() : "program\t") + "\t" + key;
    }
  }

  private static final class Queue {
    final List<Act> acts = new ArrayList<>();

    void sort() {
      acts.sort(Comparator.comparing(Act::at).thenComparing(Act::rank).thenComparing(Act::source));
    }
  }

  YearOracle(Year year) {
    this.year = year;
    this.tiers = new YearTiers(Math.max(5, year.days() / 10));
    stock.put("mug", year.mugs() - 2);
    stock.put("ten", year.coupons() - 2);
  }

  private String account(String card) {
    String birth = births.get(card);
    if (birth == null) throw new IllegalStateException("nobody has card " + card);
    return living(birth);
  }

  private String living(String birth) {
    String account = birth;
    while (survivors.containsKey(account)) account = survivors.get(account);
    return account;
  }

  private boolean known(String card) {
    return births.containsKey(card);
  }

  private LocalDateTime endOfDay() {
    return date.atTime(23, 59, 59);
  }

  private boolean second(LocalDate on) {
    return !on.isBefore(year.change());
  }

  private int hold(LocalDate on) {
    return second(on) ? 2 : 3;
  }

  private LocalDate lastDay(LocalDate version, LocalDate from) {
    return from.plusDays(Math.max(6, year.days() / (second(version) ? 5 : 7)) - 1L);
  }

  List<String> ledger() {
    return purses.ledger();
  }

  /** {@code <pending> <available> <owed>} by living member. */
  Map<String, String> balances() {
    Map<String, String> balances = new TreeMap<>();
    for (String birth : new TreeSet<>(births.values()))
      if (!survivors.containsKey(birth))
        balances.put(
            birth,
            purses.pending(birth) + " " + purses.available(birth) + " " + purses.owed(birth));
    return balances;
  }

  /** What is left of an item, from tomorrow on. */
  long left(String item) {
    return stock.get(item) + comesBack.getOrDefault(item, 0L);
  }

  Map<String, Long> budgets() {
    return budgets;
  }

  Map<String, String> tiers() {
    Map<String, String> now = new TreeMap<>();
    for (String birth : new TreeSet<>(births.values()))
      if (!survivors.containsKey(birth)) now.put(birth, tiers.of(birth));
    return now;
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

  /** What tills made of codes: {@code <time> <outcome>} of each use. */
  List<String> uses() {
    List<Told.Use> uses = new ArrayList<>();
    for (Told one : all) if (one instanceof Told.Use u) uses.add(u);
    uses.sort(Comparator.comparing(Told.Use::at));
    Set<String> before = new HashSet<>();
    List<String> outcomes = new ArrayList<>();
    for (Told.Use u : uses) {
      boolean first = before.add(u.ask().no() + " " + u.k());
      LocalDate until = u.ask().at().toLocalDate().plusDays(19);
      String outcome =
          !granted.containsKey(u.ask())
              ? "UNKNOWN"
              : cancelled.containsKey(u.ask())
                  ? "CANCELLED"
                  : u.shop().equals("s3")
                      ? "SHOP"
                      : u.at().toLocalDate().isAfter(until) ? "EXPIRED" : first ? "OK" : "USED";
      outcomes.add(u.at().toString().replace('T', ' ') + " " + outcome);
    }
    return outcomes;
  }

  /**
   * One night.
   *
   * @param members who has which card by its end
   */
  void night(LocalDate night, List<Told> told, Map<String, String> members) {
    date = night;
    purses.begin(date);
    members.forEach(births::putIfAbsent);
    comesBack.forEach((item, qty) -> stock.merge(item, qty, Long::sum));
    comesBack.clear();
    Set<String> merged = merge(told);
    purses.opened();
    Set<String> tonight = new HashSet<>();
    all.addAll(told);
    for (Told one : told) {
      if (one instanceof Told.Sale s) {
        sales.add(s);
        backs.put(s, new ArrayList<>());
      }
      if (one instanceof Told.Act a) acts.add(a);
    }
    for (Told one : told)
      if (one instanceof Told.Back b) {
        backs.get(b.sale()).add(b);
        backs.get(b.sale()).sort(Comparator.comparing(Told.Back::at));
        tonight.add(account(b.sale().card()));
      }
    List<Told.Sale> fresh = new ArrayList<>();
    for (Told one : told) if (one instanceof Told.Sale s) fresh.add(s);
    fresh.sort(Comparator.comparing(Told.Sale::at));
    var bids = new ArrayList<Award>();
    for (Told.Sale sale : fresh) decide(sale, bids);
    firstOrders(merged);
    limits(fresh, merged);
    activities(told, merged);
    referrals(told);
    registrations(told, merged);
    if (date.equals(year.wake())) wake(bids);
    topups(told);
    share(bids);
    lanes(told);
    purses.expire();
    Map<String, Map<LocalDate, long[]>> money = money();
    for (String account : new TreeSet<>(births.values()))
      if (!survivors.containsKey(account))
        tiers.night(
            date, account, money.getOrDefault(account, Map.of()), tonight.contains(account));
    endOfDraw(told);
  }

  // ---- who is who

  private Set<String> merge(List<Told> told) {
    Map<String, TreeSet<String>> byPhone = new TreeMap<>();
    for (Told one : told)
      if (one instanceof Told.Person p && !p.phone().isEmpty())
        byPhone.computeIfAbsent(p.phone(), x -> new TreeSet<>()).add(account(p.card()));
    Set<String> merged = new HashSet<>();
    for (TreeSet<String> pair : byPhone.values()) {
      if (pair.size() < 2) continue;
      String survivor = pair.first();
      String other = pair.last();
      purses.merge(other, survivor, endOfDay());
      survivors.put(other, survivor);
      merged.add(survivor);
      tiers.merge(date, other, survivor);
      Told.Sale a = slots.get(survivor);
      Told.Sale b = slots.remove(other);
      if (a == null || b != null && b.at().isBefore(a.at())) {
        if (b != null) slots.put(survivor, b);
      }
    }
    for (String survivor : merged) purses.repayAll(survivor);
    return merged;
  }

  // ---- money

  private long kept(Told.Sale sale, Told.Thing thing, LocalDateTime until) {
    long back = 0;
    for (Told.Back b : backs.get(sale))
      if (b.thing() == thing && (until == null || !b.at().isAfter(until))) back += b.yuan();
    return 100 * (thing.yuan() - back);
  }

  private long kept(Told.Sale sale, LocalDateTime until) {
    long kept = 0;
    for (Told.Thing thing : sale.things()) kept += kept(sale, thing, until);
    return kept;
  }

  /** By account and day what is kept, and what would be without tonight's returns. */
  private Map<String, Map<LocalDate, long[]>> money() {
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
  private long keptBefore(Told.Sale sale) {
    long kept = sale.fen();
    for (Told.Back b : backs.get(sale)) if (b.night().isBefore(date)) kept -= 100L * b.yuan();
    return kept;
  }

  // ---- what orders give

  /** Twelfths of what is multiplied by: group by group the best, bounded. */
  private long times(Told.Sale sale, boolean loyal) {
    LocalDate on = sale.at().toLocalDate();
    String account = account(sale.card());
    // in 1/800: 6/5, 3/2, 2, 5/4 and 6/5 of it are whole
    String tier = tiers.inForce(account, on, date);
    long n = 800;
    n = tier.equals("gold") ? n * 3 / 2 : tier.equals("silver") ? n * 6 / 5 : n;
    if (on.getDayOfMonth() == 18) n *= 2;
    else if (on.getDayOfWeek() == DayOfWeek.WEDNESDAY) n = second(on) ? n * 2 : n * 3 / 2;
    if (holdsPass(account, sale.at())) n = n * 5 / 4;
    if (loyal) n = n * 6 / 5;
    n = Math.min(n, 3 * 800);
    if (sale.channel().equals("tmall")) n = Math.min(n, 1200);
    return n;
  }

  private boolean holdsPass(String account, LocalDateTime at) {
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

  private boolean tagged(String account, String name) {
    for (Told one : all)
      if (one instanceof Told.Tag t && t.name().equals(name) && account(t.card()).equals(account))
        return true;
    return false;
  }

  private long worth(LocalDate on, long fen, long times) {
    long unit = 100 * 800;
    return second(on) ? (2 * fen * times + unit) / (2 * unit) : fen * times / unit;
  }

  private Award ofSale(Told.Sale sale, String rule, String key, long target) {
    LocalDate on = sale.at().toLocalDate();
    LocalDate from = on.plusDays(hold(on));
    return new Award(
        births.get(sale.card()), rule, key, sale.at(), sale, from, lastDay(on, from), target);
  }

  private void decide(Told.Sale sale, List<Award> bids) {
    if (kept(sale, (LocalDateTime) null) <= 0 || sale.fen() < 3000) neverFirst.add(sale);
    LocalDate on = sale.at().toLocalDate();
    long times = times(sale, false);
    boolean loyal = tagged(account(sale.card()), "loyal");
    long more = loyal ? times(sale, true) : times;
    for (Told.Thing thing : sale.things()) {
      String key = sale.no() + "/" + thing.line();
      long fen = 100L * thing.yuan();
      Award rate = ofSale(sale, "", key, worth(on, fen, times));
      rate.thing = thing;
      rate.kept = left -> worth(on, left, times);
      awards.add(rate);
      long extra = worth(on, fen, more) - worth(on, fen, times);
      if (extra <= 0 || kept(sale, thing, null) <= 0) continue;
      Award bid = ofSale(sale, "loyal", key + "#loyal", extra);
      bid.thing = thing;
      bid.kept = left -> Math.min(bid.target, worth(on, left, more) - worth(on, left, times));
      bids.add(bid);
    }
  }

  private Award ofOrder(Told.Sale sale, String rule, long points) {
    Award award = ofSale(sale, rule, sale.no() + "/#" + rule, points);
    award.kept = left -> left > 0 ? award.target : 0;
    return award;
  }

  private Award find(String rule, Told.Sale sale) {
    for (Award award : awards)
      if (award.rule.equals(rule) && award.sale == sale && !award.revoked) return award;
    return null;
  }

  private void firstOrders(Set<String> merged) {
    for (String account : merged) {
      Told.Sale holder = slots.get(account);
      for (Award award : awards)
        if (award.rule.equals("first")
            && living(award.birth).equals(account)
            && award.sale != holder
            && award.clawed < award.earned) award.revoked = true;
    }
    Map<String, Told.Sale> earliest = new TreeMap<>();
    for (Told.Sale sale : sales) {
      if (neverFirst.contains(sale) || kept(sale, (LocalDateTime) null) <= 0) continue;
      earliest.merge(account(sale.card()), sale, (a, b) -> a.at().isBefore(b.at()) ? a : b);
    }
    earliest.forEach(
        (account, sale) -> {
          Told.Sale holder = slots.get(account);
          if (holder != null && kept(holder, (LocalDateTime) null) > 0) return;
          slots.put(account, sale);
          if (find("first", sale) == null) awards.add(ofOrder(sale, "first", 100));
        });
  }

  private void limits(List<Told.Sale> fresh, Set<String> merged) {
    for (Told.Sale sale : fresh) {
      if (kept(sale, (LocalDateTime) null) <= 0) continue;
      LocalDate on = sale.at().toLocalDate();
      if (sale.fen() >= 20_000 && inMonth("big", account(sale.card()), on) < 2)
        awards.add(ofOrder(sale, "big", second(on) ? 50 : 30));
      if (sale.channel().equals("tmall") && standing("once", account(sale.card())).isEmpty())
        awards.add(ofOrder(sale, "once", 15));
    }
    for (String account : merged) onlyTheEarliest("once", account);
  }

  private long inMonth(String rule, String account, LocalDate on) {
    return awards.stream()
        .filter(one -> one.rule.equals(rule) && living(one.birth).equals(account))
        .filter(one -> YearMonth.from(one.at).equals(YearMonth.from(on)))
        .count();
  }

  private List<Award> standing(String rule, String account) {
    return awards.stream()
        .filter(one -> one.rule.equals(rule) && !one.revoked)
        .filter(one -> living(one.birth).equals(account))
        .sorted(Comparator.comparing((Award one) -> one.at).thenComparing(one -> one.key))
        .toList();
  }

  private void onlyTheEarliest(String rule, String account) {
    List<Award> standing = standing(rule, account);
    for (Award award : standing.subList(Math.min(1, standing.size()), standing.size()))
      award.revoked = true;
  }

  // ---- what activities give

  private Award ofEvent(String card, String rule, String key, LocalDateTime at, long points) {
    LocalDate on = at.toLocalDate();
    return new Award(births.get(card), rule, key, at, null, on, lastDay(on, on), points);
  }

  private void activities(List<Told> told, Set<String> merged) {
    var shares = new ArrayList<Told.Act>();
    for (Told one : told)
      if (one instanceof Told.Act a) {
        if (a.type().equals("review")) reviews.add(a);
        if (a.type().equals("share") && !a.makeup()) shares.add(a);
      }
    shares.sort(Comparator.comparing(Told.Act::at).thenComparing(Told.Act::no));
    for (Told.Act a : shares) {
      if (date.toEpochDay() - a.at().toLocalDate().toEpochDay() > 30) continue;
      String platform = "share/" + a.platform() + "/";
      boolean had =
          awards.stream()
              .anyMatch(
                  one ->
                      one.rule.equals("share")
                          && one.key.startsWith(platform)
                          && one.at.toLocalDate().equals(a.at().toLocalDate())
                          && living(one.birth).equals(account(a.card())));
      if (!had) awards.add(ofEvent(a.card(), "share", a.key() + "#share", a.at(), 2));
    }
    reviews.sort(Comparator.comparing(Told.Act::at).thenComparing(Told.Act::no));
    for (Told.Act a : List.copyOf(reviews)) {
      if (!backs.containsKey(a.order())) continue;
      if (!account(a.card()).equals(account(a.order().card()))) continue;
      reviews.remove(a);
      if (kept(a.order(), (LocalDateTime) null) <= 0 || find("review", a.order()) != null) continue;
      LocalDate on = a.at().toLocalDate();
      LocalDate paid = a.order().at().toLocalDate();
      // its own version says how many days after the order
      LocalDate from = paid.plusDays(hold(on));
      if (from.isBefore(on)) from = on;
      Award award =
          new Award(
              births.get(a.card()),
              "review",
              a.key() + "#review",
              a.at(),
              a.order(),
              from,
              lastDay(on, from),
              20);
      award.kept = left -> left > 0 ? award.target : 0;
      awards.add(award);
    }
    ladder();
  }

  private void ladder() {
    Map<String, TreeMap<LocalDate, Told.Act>> days = new TreeMap<>();
    for (Told.Act a : acts) {
      if (!a.type().equals("check_in") || a.makeup()) continue;
      if (a.night().toEpochDay() - a.at().toLocalDate().toEpochDay() > 7) continue;
      days.computeIfAbsent(account(a.card()), x -> new TreeMap<>())
          .merge(a.at().toLocalDate(), a, (x, y) -> x.at().isBefore(y.at()) ? x : y);
    }
    days.forEach(
        (account, events) ->
            events.forEach(
                (day, event) -> {
                  if (day.isBefore(date.minusDays(7))) return;
                  int n = 1;
                  while (events.containsKey(day.minusDays(n))) n++;
                  int step = (n - 1) % 7 + 1;
                  long points = step >= 7 ? 10 : step >= 3 ? 3 : 1;
                  List<Award> had =
                      standing("check_in", account).stream()
                          .filter(one -> one.at.toLocalDate().equals(day))
                          .toList();
                  if (had.isEmpty())
                    awards.add(
                        ofEvent(
                            event.card(),
                            "check_in",
                            event.key() + "#check_in",
                            event.at(),
                            points));
                  else {
                    had.get(0).target = points;
                    for (Award other : had.subList(1, had.size())) other.target = 0;
                  }
                }));
  }

  private void referrals(List<Told> told) {
    for (Told one : told) if (one instanceof Told.Act a && a.friend() != null) invites.add(a);
    Map<String, Told.Act> first = new TreeMap<>();
    for (Told.Act a : invites) {
      if (!known(a.friend())) continue;
      first.merge(
          account(a.friend()),
          a,
          (x, y) ->
              x.at().isBefore(y.at()) || x.at().equals(y.at()) && x.no().compareTo(y.no()) < 0
                  ? x
                  : y);
    }
    Set<String> paid = new HashSet<>();
    for (Award one : awards) if (one.rule.equals("bring")) paid.add(account(one.sale.card()));
    Map<String, List<Told.Sale>> bought = new HashMap<>();
    for (Told.Sale sale : sales)
      bought.computeIfAbsent(account(sale.card()), x -> new ArrayList<>()).add(sale);
    first.forEach(
        (friend, a) -> {
          if (paid.contains(friend) || account(a.card()).equals(friend)) return;
          Told.Sale order = null;
          for (Told.Sale sale : bought.getOrDefault(friend, List.of())) {
            if (sale.at().isBefore(a.at())) return;
            if (kept(sale, (LocalDateTime) null) < 10_000) continue;
            if (order == null || sale.at().isBefore(order.at())) order = sale;
          }
          if (order == null) return;
          LocalDate on = order.at().toLocalDate();
          LocalDate from = on.plusDays(hold(on));
          Award award =
              new Award(
                  births.get(a.card()),
                  "bring",
                  order.no() + "#bring",
                  order.at(),
                  order,
                  from,
                  lastDay(on, from),
                  50);
          award.kept = left -> left > 0 ? award.target : 0;
          awards.add(award);
        });
  }

  private void registrations(List<Told> told, Set<String> merged) {
    for (Told one : told)
      if (one instanceof Told.Person p && registered.add(births.get(p.card()))) {
        String birth = births.get(p.card());
        awards.add(ofEvent(p.card(), "welcome", birth + "#welcome", date.atStartOfDay(), 50));
      }
    for (String account : merged) onlyTheEarliest("welcome", account);
  }

  private void wake(List<Award> bids) {
    for (String account : new TreeSet<>(births.values())) {
      if (survivors.containsKey(account) || !tagged(account, "silent")) continue;
      bids.add(
          new Award(
              account,
              "wake",
              date + "#wake",
              date.atStartOfDay(),
              null,
              date,
              date.plusDays(3),
              40));
    }
  }

  private void topups(List<Told> told) {
    for (Told one : told)
      if (one instanceof Told.TopUp t && t.paidIn() == null && t.yuan() >= 1000) {
        // what was given back before anybody looked at it gave nothing
        if (told.stream().anyMatch(o -> o instanceof Told.TopUp back && back.paidIn() == t))
          continue;
        Award award =
            ofEvent(t.card(), "stored", t.no() + "#stored", t.at(), t.yuan() / 1000 * 100L);
        award.topup = t;
        awards.add(award);
      }
  }

  private static String sha(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private void share(List<Award> bids) {
    bids.sort(
        Comparator.comparing((Award one) -> one.at)
            .thenComparing(one -> one.rule.equals("wake") ? sha("wake\n" + one.birth) : one.key));
    for (Award bid : bids) {
      long size = bid.rule.equals("wake") ? 100 : year.budget();
      long left = size - budgets.getOrDefault(bid.rule, 0L);
      bid.target = Math.min(bid.target, left);
      if (bid.target <= 0) continue;
      budgets.merge(bid.rule, bid.target, Long::sum);
      awards.add(bid);
    }
  }

  // ---- accounts

  private void lanes(List<Told> told) {
    queues.clear();
    for (String birth : births.values())
      if (!survivors.containsKey(birth)) queues.put(birth, new Queue());
    for (Award award : awards) plan(award);
    for (Told one : told) {
      if (one instanceof Told.Ask a) {
        asks.put(a.no(), a);
        open.add(a);
      }
      if (one instanceof Told.Cancel c) cancelled.put(c.ask(), c);
      if (one instanceof Told.Correction c && c.signed())
        plan(c.card(), new Act(c.at(), c.points() > 0 ? 4 : 6, c.no(), null, c, c.points(), null));
    }
    var asked = new ArrayList<Told>();
    for (Told.Ask a : List.copyOf(open)) {
      boolean waits = a.order() != null && !backs.containsKey(a.order());
      if (waits && !a.executed()) continue;
      open.remove(a);
      if (a.executed()) {
        if (stock.containsKey(a.item())) stock.merge(a.item(), -(long) a.qty(), Long::sum);
        outcomes.put(a.no(), state(account(a.card()), a.at()) ? "BOOKED FROZEN" : "BOOKED");
        granted.put(a, date);
        plan(a.card(), new Act(a.at(), 8, a.no(), null, a, price(a), null));
      } else {
        plan(a.card(), new Act(a.at(), 8, a.no(), null, a, price(a), null));
        asked.add(a);
      }
    }
    for (Told one : told)
      if (one instanceof Told.Gift g) {
        plan(g.from(), new Act(g.at(), 7, g.no(), null, g, -g.points(), null));
        asked.add(g);
      }
    for (Told.Ask a : asks.values()) planBack(a, told);
    queues.values().forEach(Queue::sort);
    asked.sort(Comparator.comparing(YearOracle::at));
    for (Told one : asked)
      run(account(one instanceof Told.Ask a ? a.card() : ((Told.Gift) one).from()), one);
    for (String account : new TreeSet<>(queues.keySet())) run(account, null);
  }

  private static LocalDateTime at(Told one) {
    return one instanceof Told.Ask a ? a.at() : ((Told.Gift) one).at();
  }

  private void plan(String card, Act act) {
    queues.get(account(card)).acts.add(act);
  }

  private void plan(Award award) {
    List<Act> acts = queues.get(living(award.birth)).acts;
    long due = award.revoked ? award.clawed : award.target;
    if (award.earned != due)
      acts.add(
          new Act(
              award.revoked ? endOfDay() : award.at,
              2,
              award.key,
              award,
              null,
              due - award.earned,
              null));
    if (!award.revoked) {
      long reached = award.clawed;
      var steps = new TreeSet<LocalDateTime>();
      if (award.sale != null) for (Told.Back b : backs.get(award.sale)) steps.add(b.at());
      if (award.topup != null)
        for (Told one : all)
          if (one instanceof Told.TopUp t && t.paidIn() == award.topup) steps.add(t.at());
      for (LocalDateTime step : steps) {
        long left =
            award.topup != null
                ? 0
                : award.kept.applyAsLong(
                    award.thing == null
                        ? kept(award.sale, step)
                        : kept(award.sale, award.thing, step));
        long claw = due - left;
        if (claw > reached) {
          LocalDateTime at = step.isBefore(award.at) ? award.at : step;
          acts.add(new Act(at, 5, award.key, award, null, reached - claw, null));
          reached = claw;
        }
      }
    }
    // what is taken back tonight is usable no sooner than it is taken back
    if (!award.availableOn.isAfter(date) && !(award.revoked && award.rule.equals("first"))) {
      LocalDateTime at = award.revoked ? endOfDay() : award.availableOn.atStartOfDay();
      acts.add(new Act(at.isBefore(award.at) ? award.at : at, 1, award.key, award, null, 0, null));
    }
  }

  /** Points that come back: of a redemption that is cancelled, or of goods it paid a part of. */
  private void planBack(Told.Ask ask, List<Told> told) {
    Told.Cancel cancel = cancelled.get(ask);
    if (cancel != null && cancel.night().equals(date)) {
      plan(
          ask.card(),
          new Act(later(cancel.at(), ask.at()), 3, ask.no(), null, cancel, Long.MAX_VALUE, null));
      return;
    }
    if (ask.order() == null || !backs.containsKey(ask.order())) return;
    long had = restored.getOrDefault(ask, 0L);
    var steps = new TreeSet<LocalDateTime>();
    for (Told.Back b : backs.get(ask.order())) steps.add(b.at());
    for (LocalDateTime step : steps) {
      long now = paidBack(ask, step);
      if (now <= had) continue;
      plan(ask.card(), new Act(later(step, ask.at()), 3, ask.no(), null, ask, now - had, null));
      had = now;
    }
  }

  private static LocalDateTime later(LocalDateTime a, LocalDateTime b) {
    return a.isAfter(b) ? a : b;
  }

  /** Spread by what lines cost, rounded to the largest remainder; each gives back its part. */
  private long paidBack(Told.Ask ask, LocalDateTime step) {
    List<Told.Thing> things = new ArrayList<>(ask.order().things());
    things.sort(Comparator.comparing(Told.Thing::line));
    long fen = ask.order().fen();
    long[] shares = new long[things.size()];
    long spread = 0;
    for (int i = 0; i < shares.length; i++) {
      shares[i] = ask.points() * 100 * things.get(i).yuan() / fen;
      spread += shares[i];
    }
    var byRest = new ArrayList<Integer>();
    for (int i = 0; i < shares.length; i++) byRest.add(i);
    byRest.sort(Comparator.comparing(i -> -(ask.points() * 100 * things.get(i).yuan() % fen)));
    for (int i = 0; spread < ask.points(); i++, spread++) shares[byRest.get(i)]++;
    long sum = 0;
    for (int i = 0; i < shares.length; i++) {
      long base = 100L * things.get(i).yuan();
      sum += shares[i] * (base - kept(ask.order(), things.get(i), step)) / base;
    }
    return sum;
  }

  private static long price(Told.Ask a) {
    return switch (a.item()) {
      case "cash_off" -> a.points();
      case "mug" -> 150L * a.qty();
      case "roll" -> a.qty();
      case "ten" -> 30L * a.qty();
      case "card" -> 80L * a.qty();
      default -> 10;
    };
  }

  /** Whether the account is frozen then. */
  private boolean state(String account, LocalDateTime at) {
    Map<String, Told.State> last = new HashMap<>();
    for (Told one : all)
      if (one instanceof Told.State s && account(s.card()).equals(account) && !s.at().isAfter(at))
        last.merge(births.get(s.card()), s, (x, y) -> y.at().isBefore(x.at()) ? x : y);
    return last.values().stream().anyMatch(one -> one.state().equals("frozen"));
  }

  /** Up to what is asked for, and with it; or to the end. */
  private void run(String account, Told until) {
    List<Act> acts = queues.get(account).acts;
    while (!acts.isEmpty()) {
      Act act = acts.remove(0);
      if (act.rank() == 3 && waits(act, acts)) continue;
      perform(account, act, acts);
      if (until != null && act.cause() == until) return;
    }
  }

  /** Nothing comes back before it was taken. */
  private static boolean waits(Act act, List<Act> acts) {
    for (int i = 0; i < acts.size(); i++)
      if (acts.get(i).rank() == 8 && acts.get(i).key().equals(act.key())) {
        int at = i + 1;
        while (at < acts.size() && acts.get(at).rank() == 3 && acts.get(at).key().equals(act.key()))
          at++;
        acts.add(at, act);
        return true;
      }
    return false;
  }

  private void perform(String account, Act act, List<Act> acts) {
    switch (act.rank()) {
      case 1 -> {
        boolean ahead =
            acts.stream()
                .anyMatch(one -> one.rank() == 2 && one.award() == act.award() && one.points() > 0);
        if (!ahead) release(account, act.award());
      }
      case 2 -> earn(account, act, acts);
      case 3 -> back(account, act);
      case 4, 6 -> correct(account, act);
      case 5 -> {
        purses.entry(account, "CLAWBACK", act.points(), 0, act.key(), act.at());
        purses.take(account, act.award(), act.award(), -act.points(), act.at());
        act.award().clawed -= act.points();
      }
      case 7 -> {
        if (act.points() < 0) give(account, (Told.Gift) act.cause());
        else {
          purses.entry(account, "TRANSFER", act.points(), 0, act.key(), act.at());
          purses.arrive(account, act.portions());
        }
      }
      case 8 -> spend(account, act);
      default -> throw new IllegalStateException();
    }
  }

  private void earn(String account, Act act, List<Act> acts) {
    Award award = act.award();
    purses.entry(account, "EARN", act.points(), 0, act.key(), act.at());
    award.earned += act.points();
    if (act.points() < 0) {
      purses.take(account, award, new Object(), -act.points(), act.at());
      return;
    }
    purses.put(account, award, act.points(), null, null);
    boolean ahead = acts.stream().anyMatch(one -> one.rank() == 1 && one.award() == award);
    if (!ahead && !award.availableOn.isAfter(date)) release(account, award);
  }

  private void release(String account, Award award) {
    LocalDateTime at = award.availableOn.atStartOfDay();
    if (award.revoked) at = endOfDay();
    purses.release(
        account,
        award,
        award.availableOn,
        award.until,
        award.key,
        at.isBefore(award.at) ? award.at : at);
  }

  private void correct(String account, Act act) {
    purses.entry(account, "ADJUST", act.points(), 0, act.key(), act.at());
    LocalDate on = act.at().toLocalDate();
    if (act.points() > 0) purses.put(account, act.cause(), act.points(), on, lastDay(on, on));
    else purses.take(account, null, act.cause(), -act.points(), act.at());
  }

  private void spend(String account, Act act) {
    Told.Ask ask = (Told.Ask) act.cause();
    long price = act.points();
    if (!ask.executed()) {
      String refused = refused(account, ask, price);
      outcomes.put(ask.no(), refused == null ? "GRANTED" : "REFUSED " + refused);
      if (refused != null) return;
      granted.put(ask, date);
      if (stock.containsKey(ask.item())) stock.merge(ask.item(), -(long) ask.qty(), Long::sum);
    }
    purses.entry(account, "REDEEM", -price, 0, ask.no(), act.at());
    purses.take(account, null, ask, price, act.at());
  }

  private String refused(String account, Told.Ask ask, long price) {
    if (state(account, ask.at())) return "FROZEN";
    if (ask.item().equals("roll"))
      for (Map.Entry<Told.Ask, LocalDate> one : granted.entrySet()) {
        Told.Cancel cancel = cancelled.get(one.getKey());
        boolean back = cancel != null && cancel.night().isBefore(date);
        if (one.getKey().item().equals("roll")
            && account(one.getKey().card()).equals(account)
            && !back) return "LIMIT";
      }
    if (purses.usable(account, ask.at()) < price) return "SHORT";
    if (stock.containsKey(ask.item()) && stock.get(ask.item()) < ask.qty()) return "STOCK";
    return null;
  }

  private void back(String account, Act act) {
    Told.Ask ask = act.cause() instanceof Told.Cancel c ? c.ask() : (Told.Ask) act.cause();
    if (!granted.containsKey(ask)) return;
    long points = act.points();
    if (act.cause() instanceof Told.Cancel) {
      points = price(ask) - restored.getOrDefault(ask, 0L);
      if (stock.containsKey(ask.item())) comesBack.merge(ask.item(), (long) ask.qty(), Long::sum);
    }
    if (points == 0) return;
    restored.merge(ask, points, Long::sum);
    purses.entry(account, "RESTORE", points, 0, ask.no(), act.at());
    purses.giveBack(account, ask, points, act.at(), 10);
  }

  private void give(String account, Told.Gift gift) {
    String to = account(gift.to());
    String refused = null;
    boolean friends =
        all.stream()
            .anyMatch(
                one ->
                    one instanceof Told.Friends f
                        && f.night().isBefore(date)
                        && account(f.card()).equals(account)
                        && account(f.friend()).equals(to));
    long times =
        gave.stream()
            .filter(one -> account(one.from()).equals(account))
            .filter(one -> YearMonth.from(one.at()).equals(YearMonth.from(gift.at())))
            .count();
    if (!friends || to.equals(account)) refused = "RELATION";
    else if (state(account, gift.at()) || state(to, gift.at())) refused = "FROZEN";
    else if (purses.owed(account) > 0) refused = "DEBT";
    else if (times >= 2) refused = "LIMIT";
    else if (purses.usable(account, gift.at()) < gift.points()) refused = "SHORT";
    outcomes.put(gift.no(), refused == null ? "GRANTED" : "REFUSED " + refused);
    if (refused != null) return;
    gave.add(gift);
    purses.entry(account, "TRANSFER", -gift.points(), 0, gift.no(), gift.at());
    List<YearPurses.Lot> portions = purses.giveAway(account, gift.points(), gift.at());
    Queue queue = queues.get(to);
    queue.acts.add(new Act(gift.at(), 7, gift.no(), null, gift, gift.points(), portions));
    queue.sort();
  }

  // ---- draws

  private void endOfDraw(List<Told> told) {
    for (Told one : told) {
      if (!(one instanceof Told.Value v) || drawn) continue;
      drawn = true;
      Map<String, String> cards = new HashMap<>();
      List<String> list = new ArrayList<>();
      for (Told.Ask a : asks.values())
        if (a.item().equals("draw:one") && granted.containsKey(a)) {
          list.add(a.no());
          cards.put(a.no(), account(a.card()));
        }
      winners.addAll(YearDraw.winners(v, list, cards, 4));
      List<String> prizes = List.of("mug", "mug", "ten", "ten");
      for (int i = winners.size(); i < 4; i++) comesBack.merge(prizes.get(i), 1L, Long::sum);
    }
  }
}
