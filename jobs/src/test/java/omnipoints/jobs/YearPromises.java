package omnipoints.jobs;

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

/**
 * What members of a {@link Year} are promised: by orders, days, friends, dates, each rule by itself
 * and the budgets over all of them.
 */
class YearPromises {
  private static final long BASKET = 15_000;

  private final YearFacts facts;
  private final YearTiers tiers;
  private final Map<String, Told.Sale> slots = new HashMap<>();
  private final Map<String, List<Told.Sale>> firsts = new HashMap<>();
  private final Set<Told.Sale> neverFirst = new HashSet<>();
  private final List<Told.Act> acts = new ArrayList<>();
  private final List<Told.Act> reviews = new ArrayList<>();
  private final List<Told.Act> invites = new ArrayList<>();
  private final Set<String> registered = new HashSet<>();

  /** All that was ever promised. */
  final List<YearAward> awards = new ArrayList<>();

  final Map<String, Long> budgets = new HashMap<>();

  YearPromises(YearFacts facts, YearTiers tiers) {
    this.facts = facts;
    this.tiers = tiers;
  }

  /** What was the first order of each is one of those of both. */
  void merge(String other, String survivor) {
    for (String account : List.of(other, survivor)) {
      Told.Sale first = slots.remove(account);
      if (first != null) firsts.computeIfAbsent(survivor, x -> new ArrayList<>()).add(first);
    }
  }

  /**
   * What a night promises, and what it takes back of that.
   *
   * @param merged accounts that others became tonight
   */
  void night(List<Told> told, Set<String> merged) {
    for (Told one : told) if (one instanceof Told.Act a) acts.add(a);
    List<Told.Sale> fresh = facts.fresh;
    var bids = new ArrayList<YearAward>();
    for (Told.Sale sale : fresh) decide(sale, bids);
    firstOrders(merged);
    limits(fresh, merged);
    activities(told, merged);
    referrals(told);
    registrations(told, merged);
    if (facts.date.equals(facts.year.wake())) wake(bids);
    topups(told);
    share(bids);
  }

  /** So many of these are one: every product of factors is whole in them. */
  private static final long ONE = 800_000;

  /** What a sale is multiplied by: group by group the best, bounded. */
  long times(Told.Sale sale, Told.Thing thing, String beside, boolean basket) {
    LocalDate on = sale.at().toLocalDate();
    String account = facts.account(sale.card());
    String tier = tiers.inForce(account, on, facts.date);
    boolean vip = facts.holdsPass(account, sale.at());
    boolean outlet = outlet(sale);
    long n = ONE;
    n = tier.equals("gold") ? n * 3 / 2 : tier.equals("silver") ? n * 6 / 5 : n;
    if (!outlet) {
      if (on.getDayOfMonth() == 18) n *= 2;
      else if (on.getDayOfWeek() == DayOfWeek.WEDNESDAY) n = facts.second(on) ? n * 2 : n * 3 / 2;
    }
    if (vip) n = n * 5 / 4;
    if (outlet && !vip) n = n * 11 / 10;
    if (facts.trial(account)) n = n * 11 / 10;
    if (basket) n = n * 5 / 4;
    if (thing.sku().equals("BREAD")) n = n * 3 / 2;
    if (!beside.isEmpty()) n = n * 6 / 5;
    n = Math.min(n, 3 * ONE);
    if (sale.channel().equals("tmall")) n = Math.min(n, ONE * 3 / 2);
    return n;
  }

  /** Where campaigns are silent, also to those whose pass silences that rule itself. */
  private static boolean outlet(Told.Sale sale) {
    return sale.shop().equals("s3");
  }

  /** Points for so much money times so much. */
  long rounded(LocalDate on, long times) {
    long unit = 100 * ONE;
    return facts.second(on) ? (2 * times + unit) / (2 * unit) : times / unit;
  }

  private YearAward ofSale(Told.Sale sale, String rule, String key, long target) {
    LocalDate on = sale.at().toLocalDate();
    LocalDate from = on.plusDays(facts.hold(on));
    return new YearAward(
        facts.births.get(sale.card()),
        rule,
        key,
        sale.at(),
        sale,
        from,
        facts.lastDay(on, from),
        target);
  }

  private void decide(Told.Sale sale, List<YearAward> bids) {
    if (facts.earning(sale, null) <= 0 || facts.base(sale) < 3000) neverFirst.add(sale);
    LocalDate on = sale.at().toLocalDate();
    boolean basket = facts.base(sale) >= BASKET;
    boolean parcel = sale.shop().equals("s2") && facts.base(sale) >= 5000;
    boolean loyal = facts.tagged(facts.account(sale.card()), "loyal") && !outlet(sale);
    var parcels = new ArrayList<YearAward.Money>();
    for (List<Told.Thing> rounded : rounded(sale)) {
      String key = sale.no() + "/" + (facts.second(on) ? "" : rounded.get(0).line());
      YearAward.Money earns = money(sale, rounded, "", basket);
      YearAward rate = ofSale(sale, "", key, 0);
      rate.money = earns;
      promise(rate);
      // what is given beside keeps to what it was decided by
      YearAward.Money alone = (fen, order) -> earns.of(fen, Long.MAX_VALUE);
      if (parcel) parcels.add(more(money(sale, rounded, "parcel", basket), alone));
      if (!loyal || rounded.stream().allMatch(one -> facts.earning(sale, one, null) <= 0)) continue;
      YearAward.Money more = more(money(sale, rounded, "loyal", basket), alone);
      YearAward bid =
          ofSale(sale, "loyal", key + "#loyal", more.of(one -> facts.base(sale, one), 0));
      if (bid.target <= 0) continue;
      bid.money = (fen, order) -> Math.min(bid.granted, more.of(fen, 0));
      bids.add(bid);
    }
    if (parcels.isEmpty() || facts.earning(sale, null) <= 0) return;
    YearAward.Money all =
        (fen, order) -> parcels.stream().mapToLong(one -> one.of(fen, order)).sum();
    YearAward award = ofSale(sale, "parcel", sale.no() + "/#parcel", 0);
    award.granted = all.of(one -> facts.base(sale, one), 0);
    if (award.granted <= 0) return;
    award.money = (fen, order) -> Math.min(award.granted, all.of(fen, 0));
    promise(award);
  }

  /** Goods whose points are rounded together: each by itself, later all of an order. */
  private List<List<Told.Thing>> rounded(Told.Sale sale) {
    if (facts.second(sale.at().toLocalDate())) return List.of(sale.things());
    List<List<Told.Thing>> each = new ArrayList<>();
    for (Told.Thing thing : sale.things()) each.add(List.of(thing));
    return each;
  }

  private static YearAward.Money more(YearAward.Money with, YearAward.Money without) {
    return (fen, order) -> with.of(fen, Long.MAX_VALUE) - without.of(fen, Long.MAX_VALUE);
  }

  /**
   * By what counts tonight.
   *
   * @param beside the rule of a factor that is given beside the others, or nothing
   * @param basket whether the order is a large one as long as enough of it is kept
   */
  private YearAward.Money money(
      Told.Sale sale, List<Told.Thing> things, String beside, boolean basket) {
    Map<Told.Thing, Long> small = new IdentityHashMap<>();
    Map<Told.Thing, Long> large = new IdentityHashMap<>();
    for (Told.Thing thing : things) {
      small.put(thing, times(sale, thing, beside, false));
      large.put(thing, times(sale, thing, beside, true));
    }
    return (fen, order) -> {
      long sum = 0;
      for (Told.Thing thing : things)
        sum += fen.applyAsLong(thing) * (basket && order >= BASKET ? large : small).get(thing);
      return rounded(sale.at().toLocalDate(), sum);
    };
  }

  private void promise(YearAward award) {
    award.barren = facts.barren(facts.living(award.birth), award.at);
    if (award.barren) award.target = 0;
    awards.add(award);
  }

  private YearAward ofOrder(Told.Sale sale, String rule, long points) {
    return ofSale(sale, rule, sale.no() + "/#" + rule, points);
  }

  private YearAward find(String rule, Told.Sale sale) {
    for (YearAward award : awards)
      if (award.rule.equals(rule) && award.sale == sale && !award.revoked) return award;
    return null;
  }

  private void firstOrders(Set<String> merged) {
    for (String account : merged) {
      // of two the earlier one stays the first, unless all of it went back
      firsts.getOrDefault(account, List.of()).stream()
          .min(
              Comparator.comparing((Told.Sale one) -> facts.earning(one, null) <= 0)
                  .thenComparing(Told.Sale::at))
          .ifPresent(first -> slots.put(account, first));
      Told.Sale holder = slots.get(account);
      for (YearAward award : awards)
        if (award.rule.equals("first")
            && facts.living(award.birth).equals(account)
            && award.sale != holder
            && award.clawed < award.earned) award.revoked = true;
    }
    firsts.clear();
    Map<String, Told.Sale> earliest = new TreeMap<>();
    for (Told.Sale sale : facts.sales) {
      if (neverFirst.contains(sale) || facts.earning(sale, null) <= 0) continue;
      earliest.merge(facts.account(sale.card()), sale, (a, b) -> a.at().isBefore(b.at()) ? a : b);
    }
    earliest.forEach(
        (account, sale) -> {
          Told.Sale holder = slots.get(account);
          if (holder != null && facts.earning(holder, null) > 0) return;
          slots.put(account, sale);
          if (find("first", sale) == null) promise(ofOrder(sale, "first", 100));
        });
  }

  private void limits(List<Told.Sale> fresh, Set<String> merged) {
    for (Told.Sale sale : fresh) {
      if (facts.earning(sale, null) <= 0) continue;
      LocalDate on = sale.at().toLocalDate();
      if (facts.base(sale) >= 20_000 && inMonth("big", facts.account(sale.card()), on) < 2)
        promise(ofOrder(sale, "big", facts.second(on) ? 50 : 30));
      if (sale.channel().equals("tmall")
          && standing("once", facts.account(sale.card())).stream().allMatch(one -> one.barren))
        promise(ofOrder(sale, "once", 15));
    }
    for (String account : merged) onlyTheEarliest("once", account);
  }

  private long inMonth(String rule, String account, LocalDate on) {
    return awards.stream()
        .filter(one -> one.rule.equals(rule) && facts.living(one.birth).equals(account))
        .filter(one -> !one.barren)
        .filter(one -> YearMonth.from(one.at).equals(YearMonth.from(on)))
        .count();
  }

  private List<YearAward> standing(String rule, String account) {
    return awards.stream()
        .filter(one -> one.rule.equals(rule) && !one.revoked)
        .filter(one -> facts.living(one.birth).equals(account))
        .sorted(Comparator.comparing((YearAward one) -> one.at).thenComparing(one -> one.key))
        .toList();
  }

  /** Of members who turn out to be one. */
  void onlyTheEarliest(String rule, String account) {
    List<YearAward> standing = standing(rule, account).stream().filter(one -> !one.barren).toList();
    for (YearAward award : standing.subList(Math.min(1, standing.size()), standing.size()))
      award.revoked = true;
  }

  private YearAward ofEvent(String card, String rule, String key, LocalDateTime at, long points) {
    LocalDate on = at.toLocalDate();
    return new YearAward(
        facts.births.get(card), rule, key, at, null, on, facts.lastDay(on, on), points);
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
      if (facts.date.toEpochDay() - a.at().toLocalDate().toEpochDay() > 30) continue;
      String platform = "share/" + a.platform() + "/";
      boolean had =
          awards.stream()
              .anyMatch(
                  one ->
                      one.rule.equals("share")
                          && !one.barren
                          && one.key.startsWith(platform)
                          && one.at.toLocalDate().equals(a.at().toLocalDate())
                          && facts.living(one.birth).equals(facts.account(a.card())));
      if (!had) promise(ofEvent(a.card(), "share", a.key() + "#share", a.at(), 2));
    }
    reviews.sort(Comparator.comparing(Told.Act::at).thenComparing(Told.Act::no));
    for (Told.Act a : List.copyOf(reviews)) {
      if (!facts.sales.contains(a.order())) continue;
      if (!facts.account(a.card()).equals(facts.account(a.order().card()))) continue;
      reviews.remove(a);
      YearAward before = find("review", a.order());
      if (facts.earning(a.order(), null) <= 0 || before != null && !before.barren) continue;
      promise(ofAct(a, "review", 20));
    }
    ladder(merged);
  }

  /** What names an order is usable with that, and falls with all of it. */
  private YearAward ofAct(Told.Act a, String rule, long points) {
    String key = a.key() + "#" + rule;
    if (a.order() == null) return ofEvent(a.card(), rule, key, a.at(), points);
    LocalDate on = a.at().toLocalDate();
    LocalDate paid = a.order().at().toLocalDate();
    // its own version says how many days after the order
    LocalDate from = paid.plusDays(facts.hold(on));
    if (from.isBefore(on)) from = on;
    String birth = facts.births.get(a.card());
    LocalDate until = facts.lastDay(on, from);
    return new YearAward(birth, rule, key, a.at(), a.order(), from, until, points);
  }

  /**
   * @param before as the last night knew it
   */
  private boolean bears(Told.Act a, boolean before) {
    if (before && !a.night().isBefore(facts.date)) return false;
    Told.Sale order = a.order();
    if (order == null) return true;
    if (!facts.sales.contains(order) || before && !order.night().isBefore(facts.date)) return false;
    if (!facts.account(a.card()).equals(facts.account(order.card()))) return false;
    return (before ? facts.keptBefore(order) : facts.kept(order, (LocalDateTime) null)) > 0;
  }

  private void ladder(Set<String> merged) {
    Map<String, TreeMap<LocalDate, Told.Act>> days = new TreeMap<>();
    Map<String, Set<LocalDate>> news = new HashMap<>();
    for (Told.Act a : acts) {
      if (!a.type().equals("check_in") || a.makeup()) continue;
      LocalDate day = a.at().toLocalDate();
      if (a.night().toEpochDay() - day.toEpochDay() > 7) continue;
      String account = facts.account(a.card());
      if (bears(a, true) != bears(a, false))
        news.computeIfAbsent(account, x -> new HashSet<>()).add(day);
      if (bears(a, false))
        days.computeIfAbsent(account, x -> new TreeMap<>())
            .merge(day, a, (x, y) -> x.at().isBefore(y.at()) ? x : y);
    }
    days.forEach(
        (account, events) -> {
          Set<LocalDate> told = news.getOrDefault(account, Set.of());
          boolean joined = merged.contains(account);
          var anew = new HashSet<>(told);
          events.forEach(
              (day, event) -> {
                if (anew.contains(day.minusDays(1))
                    || joined && !day.isBefore(facts.date.minusDays(7))) anew.add(day);
                if (anew.contains(day)) climb(account, events, day, event);
              });
        });
  }

  /** What a day in a row gives. */
  long rung(int day) {
    return day >= 7 ? 10 : day >= 3 ? 3 : 1;
  }

  private void climb(
      String account, TreeMap<LocalDate, Told.Act> events, LocalDate day, Told.Act event) {
    int n = 1;
    while (events.containsKey(day.minusDays(n))) n++;
    long points = rung((n - 1) % 7 + 1);
    List<YearAward> had =
        standing("check_in", account).stream()
            .filter(one -> one.at.toLocalDate().equals(day))
            // what gave nothing stands where nothing else does
            .sorted(Comparator.comparing(one -> one.barren))
            .toList();
    if (had.isEmpty()) promise(ofAct(event, "check_in", points));
    else {
      had.get(0).target = had.get(0).barren ? 0 : points;
      for (YearAward other : had.subList(1, had.size())) other.target = 0;
    }
  }

  private void referrals(List<Told> told) {
    for (Told one : told) if (one instanceof Told.Act a && a.friend() != null) invites.add(a);
    Map<String, Told.Act> first = new TreeMap<>();
    for (Told.Act a : invites) {
      if (!facts.known(a.friend())) continue;
      first.merge(
          facts.account(a.friend()),
          a,
          (x, y) ->
              x.at().isBefore(y.at()) || x.at().equals(y.at()) && x.no().compareTo(y.no()) < 0
                  ? x
                  : y);
    }
    Set<String> paid = new HashSet<>();
    for (YearAward one : awards)
      if (one.rule.equals("bring")) paid.add(facts.account(one.sale.card()));
    Map<String, List<Told.Sale>> bought = new HashMap<>();
    for (Told.Sale sale : facts.sales)
      bought.computeIfAbsent(facts.account(sale.card()), x -> new ArrayList<>()).add(sale);
    first.forEach(
        (friend, a) -> {
          if (paid.contains(friend) || facts.account(a.card()).equals(friend)) return;
          Told.Sale order = null;
          for (Told.Sale sale : bought.getOrDefault(friend, List.of())) {
            if (sale.at().isBefore(a.at())) return;
            if (facts.earning(sale, null) < 10_000) continue;
            if (order == null || sale.at().isBefore(order.at())) order = sale;
          }
          if (order == null) return;
          LocalDate on = order.at().toLocalDate();
          LocalDate from = on.plusDays(facts.hold(on));
          YearAward award =
              new YearAward(
                  facts.births.get(a.card()),
                  "bring",
                  order.no() + "#bring",
                  order.at(),
                  order,
                  from,
                  facts.lastDay(on, from),
                  50);
          promise(award);
        });
  }

  private void registrations(List<Told> told, Set<String> merged) {
    for (Told one : told)
      if (one instanceof Told.Person p && registered.add(facts.births.get(p.card()))) {
        String birth = facts.births.get(p.card());
        promise(ofEvent(p.card(), "welcome", birth + "#welcome", facts.date.atStartOfDay(), 50));
      }
    for (String account : merged) onlyTheEarliest("welcome", account);
  }

  private void wake(List<YearAward> bids) {
    for (String account : facts.accounts()) {
      if (!facts.tagged(account, "silent")) continue;
      bids.add(
          new YearAward(
              account,
              "wake",
              facts.date + "#wake",
              facts.date.atStartOfDay(),
              null,
              facts.date,
              facts.date.plusDays(3),
              40));
    }
  }

  private void topups(List<Told> told) {
    for (Told one : told)
      if (one instanceof Told.TopUp t && t.paidIn() == null && t.yuan() >= 1000) {
        // what was given back before anybody looked at it gave nothing
        if (told.stream().anyMatch(o -> o instanceof Told.TopUp back && back.paidIn() == t))
          continue;
        YearAward award =
            ofEvent(t.card(), "stored", t.no() + "#stored", t.at(), t.yuan() / 1000 * 100L);
        award.topup = t;
        promise(award);
      }
  }

  private void share(List<YearAward> bids) {
    bids.sort(
        Comparator.comparing((YearAward one) -> one.at)
            .thenComparing(
                one ->
                    one.rule.equals("wake")
                        ? HexFormat.of().formatHex(YearDraw.sha("wake\n" + one.birth))
                        : one.key));
    for (YearAward bid : bids) {
      if (facts.barren(facts.living(bid.birth), bid.at)) continue;
      long size = bid.rule.equals("wake") ? 100 : facts.year.budget();
      long left = size - budgets.getOrDefault(bid.rule, 0L);
      bid.target = Math.min(bid.target, left);
      if (bid.target <= 0) continue;
      bid.granted = bid.target;
      budgets.merge(bid.rule, bid.target, Long::sum);
      promise(bid);
    }
  }
}
