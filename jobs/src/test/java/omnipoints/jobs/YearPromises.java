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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What members of a {@link Year} are promised: by orders, days, friends, dates, each rule by itself
 * and the budgets over all of them.
 */
final class YearPromises {
  private final YearFacts facts;
  private final YearTiers tiers;
  private final Map<String, Told.Sale> slots = new HashMap<>();
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

  /** Of two first orders the earlier one stays the first. */
  void merge(String other, String survivor) {
    Told.Sale a = slots.get(survivor);
    Told.Sale b = slots.remove(other);
    if (b != null && (a == null || b.at().isBefore(a.at()))) slots.put(survivor, b);
  }

  /**
   * What a night promises, and what it takes back of that.
   *
   * @param merged accounts that others became tonight
   */
  void night(List<Told> told, Set<String> merged) {
    for (Told one : told) if (one instanceof Told.Act a) acts.add(a);
    List<Told.Sale> fresh = new ArrayList<>();
    for (Told one : told) if (one instanceof Told.Sale s) fresh.add(s);
    fresh.sort(Comparator.comparing(Told.Sale::at));
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

  /** Twelfths of what is multiplied by: group by group the best, bounded. */
  private long times(Told.Sale sale, boolean loyal) {
    LocalDate on = sale.at().toLocalDate();
    String account = facts.account(sale.card());
    // in 1/800: 6/5, 3/2, 2, 5/4 and 6/5 of it are whole
    String tier = tiers.inForce(account, on, facts.date);
    long n = 800;
    n = tier.equals("gold") ? n * 3 / 2 : tier.equals("silver") ? n * 6 / 5 : n;
    if (on.getDayOfMonth() == 18) n *= 2;
    else if (on.getDayOfWeek() == DayOfWeek.WEDNESDAY) n = facts.second(on) ? n * 2 : n * 3 / 2;
    if (facts.holdsPass(account, sale.at())) n = n * 5 / 4;
    if (loyal) n = n * 6 / 5;
    n = Math.min(n, 3 * 800);
    if (sale.channel().equals("tmall")) n = Math.min(n, 1200);
    return n;
  }

  private long worth(LocalDate on, long fen, long times) {
    long unit = 100 * 800;
    return facts.second(on) ? (2 * fen * times + unit) / (2 * unit) : fen * times / unit;
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
    if (facts.kept(sale, (LocalDateTime) null) <= 0 || sale.fen() < 3000) neverFirst.add(sale);
    LocalDate on = sale.at().toLocalDate();
    long times = times(sale, false);
    boolean loyal = facts.tagged(facts.account(sale.card()), "loyal");
    long more = loyal ? times(sale, true) : times;
    for (Told.Thing thing : sale.things()) {
      String key = sale.no() + "/" + thing.line();
      long fen = 100L * thing.yuan();
      YearAward rate = ofSale(sale, "", key, worth(on, fen, times));
      rate.thing = thing;
      rate.kept = left -> worth(on, left, times);
      awards.add(rate);
      long extra = worth(on, fen, more) - worth(on, fen, times);
      if (extra <= 0 || facts.kept(sale, thing, null) <= 0) continue;
      YearAward bid = ofSale(sale, "loyal", key + "#loyal", extra);
      bid.thing = thing;
      bid.kept = left -> Math.min(bid.target, worth(on, left, more) - worth(on, left, times));
      bids.add(bid);
    }
  }

  private YearAward ofOrder(Told.Sale sale, String rule, long points) {
    YearAward award = ofSale(sale, rule, sale.no() + "/#" + rule, points);
    award.kept = left -> left > 0 ? award.target : 0;
    return award;
  }

  private YearAward find(String rule, Told.Sale sale) {
    for (YearAward award : awards)
      if (award.rule.equals(rule) && award.sale == sale && !award.revoked) return award;
    return null;
  }

  private void firstOrders(Set<String> merged) {
    for (String account : merged) {
      Told.Sale holder = slots.get(account);
      for (YearAward award : awards)
        if (award.rule.equals("first")
            && facts.living(award.birth).equals(account)
            && award.sale != holder
            && award.clawed < award.earned) award.revoked = true;
    }
    Map<String, Told.Sale> earliest = new TreeMap<>();
    for (Told.Sale sale : facts.sales) {
      if (neverFirst.contains(sale) || facts.kept(sale, (LocalDateTime) null) <= 0) continue;
      earliest.merge(facts.account(sale.card()), sale, (a, b) -> a.at().isBefore(b.at()) ? a : b);
    }
    earliest.forEach(
        (account, sale) -> {
          Told.Sale holder = slots.get(account);
          if (holder != null && facts.kept(holder, (LocalDateTime) null) > 0) return;
          slots.put(account, sale);
          if (find("first", sale) == null) awards.add(ofOrder(sale, "first", 100));
        });
  }

  private void limits(List<Told.Sale> fresh, Set<String> merged) {
    for (Told.Sale sale : fresh) {
      if (facts.kept(sale, (LocalDateTime) null) <= 0) continue;
      LocalDate on = sale.at().toLocalDate();
      if (sale.fen() >= 20_000 && inMonth("big", facts.account(sale.card()), on) < 2)
        awards.add(ofOrder(sale, "big", facts.second(on) ? 50 : 30));
      if (sale.channel().equals("tmall") && standing("once", facts.account(sale.card())).isEmpty())
        awards.add(ofOrder(sale, "once", 15));
    }
    for (String account : merged) onlyTheEarliest("once", account);
  }

  private long inMonth(String rule, String account, LocalDate on) {
    return awards.stream()
        .filter(one -> one.rule.equals(rule) && facts.living(one.birth).equals(account))
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

  private void onlyTheEarliest(String rule, String account) {
    List<YearAward> standing = standing(rule, account);
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
                          && one.key.startsWith(platform)
                          && one.at.toLocalDate().equals(a.at().toLocalDate())
                          && facts.living(one.birth).equals(facts.account(a.card())));
      if (!had) awards.add(ofEvent(a.card(), "share", a.key() + "#share", a.at(), 2));
    }
    reviews.sort(Comparator.comparing(Told.Act::at).thenComparing(Told.Act::no));
    for (Told.Act a : List.copyOf(reviews)) {
      if (!facts.backs.containsKey(a.order())) continue;
      if (!facts.account(a.card()).equals(facts.account(a.order().card()))) continue;
      reviews.remove(a);
      if (facts.kept(a.order(), (LocalDateTime) null) <= 0 || find("review", a.order()) != null)
        continue;
      awards.add(ofAct(a, "review", 20));
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
    var award = new YearAward(birth, rule, key, a.at(), a.order(), from, until, points);
    award.kept = left -> left > 0 ? award.target : 0;
    return award;
  }

  /**
   * @param before as the last night knew it
   */
  private boolean bears(Told.Act a, boolean before) {
    if (before && !a.night().isBefore(facts.date)) return false;
    Told.Sale order = a.order();
    if (order == null) return true;
    if (!facts.backs.containsKey(order) || before && !order.night().isBefore(facts.date))
      return false;
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

  private void climb(
      String account, TreeMap<LocalDate, Told.Act> events, LocalDate day, Told.Act event) {
    int n = 1;
    while (events.containsKey(day.minusDays(n))) n++;
    int step = (n - 1) % 7 + 1;
    long points = step >= 7 ? 10 : step >= 3 ? 3 : 1;
    List<YearAward> had =
        standing("check_in", account).stream()
            .filter(one -> one.at.toLocalDate().equals(day))
            .toList();
    if (had.isEmpty()) awards.add(ofAct(event, "check_in", points));
    else {
      had.get(0).target = points;
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
            if (facts.kept(sale, (LocalDateTime) null) < 10_000) continue;
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
          award.kept = left -> left > 0 ? award.target : 0;
          awards.add(award);
        });
  }

  private void registrations(List<Told> told, Set<String> merged) {
    for (Told one : told)
      if (one instanceof Told.Person p && registered.add(facts.births.get(p.card()))) {
        String birth = facts.births.get(p.card());
        awards.add(ofEvent(p.card(), "welcome", birth + "#welcome", facts.date.atStartOfDay(), 50));
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

  private void share(List<YearAward> bids) {
    bids.sort(
        Comparator.comparing((YearAward one) -> one.at)
            .thenComparing(one -> one.rule.equals("wake") ? sha("wake\n" + one.birth) : one.key));
    for (YearAward bid : bids) {
      long size = bid.rule.equals("wake") ? 100 : facts.year.budget();
      long left = size - budgets.getOrDefault(bid.rule, 0L);
      bid.target = Math.min(bid.target, left);
      if (bid.target <= 0) continue;
      budgets.merge(bid.rule, bid.target, Long::sum);
      awards.add(bid);
    }
  }
}
