package omnipoints.jobs;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
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

/**
 * What is booked on the accounts of a {@link Year} in a night, one event after the other: awards,
 * what is asked for and comes back, gifts, corrections, the draw.
 */
final class YearAccounts {
  private record Act(
      LocalDateTime at,
      int rank,
      String key,
      YearAward award,
      Told cause,
      long points,
      List<YearPurses.Lot> portions) {

    /** What decides between two of one moment. */
    String source() {
      if (cause instanceof Told.Loose l) return "pos\t" + l.shop() + "\t" + key;
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

  private final YearFacts facts;
  private final YearPurses purses;
  private final List<YearAward> awards;
  private final Map<String, Told.Ask> asks = new TreeMap<>();
  private final List<Told.Ask> open = new ArrayList<>();
  private final Map<Told.Ask, Long> restored = new IdentityHashMap<>();
  private final Map<String, Long> stock = new HashMap<>();
  private final Map<String, Long> comesBack = new HashMap<>();
  private final List<Told.Gift> gave = new ArrayList<>();
  private final Map<String, Queue> queues = new HashMap<>();
  private final Set<String> opened = new HashSet<>();
  private final Map<String, Told.State> closings = new TreeMap<>();
  private final Set<Told> letGo = new HashSet<>();
  private final List<Told.Ask> spent = new ArrayList<>();
  private final Map<Told.Loose, Long> unlinked = new HashMap<>();
  private boolean drawn;

  /** What became of what was asked for, by number. */
  final Map<String, String> outcomes = new TreeMap<>();

  final List<String> winners = new ArrayList<>();

  /**
   * @param awards that are booked
   */
  YearAccounts(YearFacts facts, YearPurses purses, List<YearAward> awards) {
    this.facts = facts;
    this.purses = purses;
    this.awards = awards;
    stock.put("mug", facts.year.mugs() - 2);
    stock.put("ten", facts.year.coupons() - 2);
  }

  /** What came back yesterday is to be had again. */
  void begin() {
    comesBack.forEach((item, qty) -> stock.merge(item, qty, Long::sum));
    comesBack.clear();
  }

  /** What is left of an item, from tomorrow on. */
  long left(String item) {
    return stock.get(item) + comesBack.getOrDefault(item, 0L);
  }

  /** What tills made of codes: {@code <time> <outcome>} of each use. */
  List<String> uses() {
    List<Told.Use> uses = new ArrayList<>();
    for (Told one : facts.all) if (one instanceof Told.Use u) uses.add(u);
    uses.sort(Comparator.comparing(Told.Use::at));
    Set<String> before = new HashSet<>();
    List<String> outcomes = new ArrayList<>();
    for (Told.Use u : uses) {
      boolean first = before.add(u.ask().no() + " " + u.k());
      LocalDate until = u.ask().at().toLocalDate().plusDays(19);
      String outcome =
          !facts.granted.containsKey(u.ask())
              ? "UNKNOWN"
              : facts.cancelled.containsKey(u.ask())
                  ? "CANCELLED"
                  : u.shop().equals("s3")
                      ? "SHOP"
                      : u.at().toLocalDate().isAfter(until) ? "EXPIRED" : first ? "OK" : "USED";
      outcomes.add(u.at().toString().replace('T', ' ') + " " + outcome);
    }
    return outcomes;
  }

  /** Books a night: event by event, account by account. */
  void book(List<Told> told) {
    queues.clear();
    for (String account : facts.accounts()) queues.put(account, new Queue());
    for (YearAward award : awards) plan(award);
    facts.loose.forEach(this::planLoose);
    for (Told one : told) {
      if (one instanceof Told.Ask a) {
        asks.put(a.no(), a);
        open.add(a);
      }
      if (one instanceof Told.Cancel c) facts.cancelled.put(c.ask(), c);
      if (one instanceof Told.State t && t.state().equals("closed")) {
        closings.put(facts.births.get(t.card()), t);
        for (int rank : new int[] {9, 10})
          plan(t.card(), new Act(t.at(), rank, closing(t), null, t, 0, null));
      }
      if (one instanceof Told.Correction c && c.signed())
        plan(c.card(), new Act(c.at(), c.points() > 0 ? 4 : 6, c.no(), null, c, c.points(), null));
    }
    var asked = new ArrayList<Told>();
    for (Told.Ask a : List.copyOf(open)) {
      boolean waits = a.order() != null && !facts.sales.contains(a.order());
      if (waits && !a.executed()) continue;
      open.remove(a);
      if (a.executed()) {
        if (stock.containsKey(a.item())) stock.merge(a.item(), -(long) a.qty(), Long::sum);
        outcomes.put(
            a.no(), facts.frozen(facts.account(a.card()), a.at()) ? "BOOKED FROZEN" : "BOOKED");
        facts.granted.put(a, facts.date);
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
    for (Told one : letGo) {
      if (one instanceof Told.Ask a)
        plan(a.card(), new Act(a.at(), 8, a.no(), null, a, price(a), null));
      if (one instanceof Told.Gift g)
        plan(g.from(), new Act(g.at(), 7, g.no(), null, g, -g.points(), null));
      asked.add(one);
    }
    for (Told.Ask a : asks.values()) planBack(a, told);
    queues.values().forEach(Queue::sort);
    asked.sort(Comparator.comparing(YearAccounts::at));
    for (Told one : asked)
      run(facts.account(one instanceof Told.Ask a ? a.card() : ((Told.Gift) one).from()), one);
    for (String account : new TreeSet<>(queues.keySet())) run(account, null);
    letGo.clear();
    open(told);
    closings.forEach(
        (birth, closing) -> {
          close(facts.living(birth), 9, closing(closing), facts.endOfDay());
          close(facts.living(birth), 10, closing(closing), facts.endOfDay());
        });
  }

  private static String closing(Told.State closing) {
    return closing.at().format(java.time.format.DateTimeFormatter.ISO_LOCAL_DATE_TIME) + "+08:00";
  }

  /** What is owed is let go, then what is there is lost, usable or not. */
  private void close(String account, int rank, String key, LocalDateTime at) {
    long owed = purses.owed(account);
    long there = purses.pending(account) + purses.available(account);
    if (rank == 9 && owed > 0) {
      purses.entry(account, "WRITE_OFF", owed, 0, key, at);
      purses.letGo(account);
    }
    if (rank == 10 && there > 0) {
      purses.entry(account, "FORFEIT", -there, 0, key, at);
      purses.lose(account);
    }
  }

  /** Whoever holds it lets it go: the next night judges it anew. */
  boolean letGo(String no) {
    if (!"HELD".equals(outcomes.get(no))) return false;
    if (asks.containsKey(no)) letGo.add(asks.get(no));
    for (Told one : facts.all) if (one instanceof Told.Gift g && g.no().equals(no)) letGo.add(g);
    return true;
  }

  private boolean tooFast(String account, LocalDateTime at, Told one) {
    return !letGo.contains(one)
        && spent.stream()
            .filter(a -> facts.account(a.card()).equals(account))
            .anyMatch(a -> a.at().toLocalDate().equals(at.toLocalDate()));
  }

  /**
   * After all else but what closing takes: once a person comes to hold what another platform says.
   */
  private void open(List<Told> told) {
    Map<String, Long> holds = new TreeMap<>();
    for (Told one : told)
      if (one instanceof Told.Holds h) holds.merge(facts.account(h.card()), h.points(), Long::sum);
    holds.forEach(
        (account, points) -> {
          if (opened.stream().anyMatch(birth -> facts.living(birth).equals(account))) return;
          opened.add(account);
          long ours = purses.pending(account) + purses.available(account) - purses.owed(account);
          LocalDate on = facts.date;
          if (points == ours) return;
          purses.entry(account, "OPENING", points - ours, 0, "loyal", facts.endOfDay());
          if (points > ours)
            purses.put(account, new Object(), points - ours, on, facts.lastDay(on, on));
          else purses.take(account, null, new Object(), ours - points, facts.endOfDay());
        });
  }

  private static LocalDateTime at(Told one) {
    return one instanceof Told.Ask a ? a.at() : ((Told.Gift) one).at();
  }

  private void plan(String card, Act act) {
    queues.get(facts.account(card)).acts.add(act);
  }

  private void plan(YearAward award) {
    List<Act> acts = queues.get(facts.living(award.birth)).acts;
    if (award.money != null && !award.barren)
      award.target = award.money.of(thing -> facts.base(award.sale, thing), Long.MAX_VALUE);
    if (!award.revoked && award.earned != award.target)
      acts.add(earned(award, award.at, award.target - award.earned));
    if (!award.barren && (!award.revoked || award.earned > award.clawed)) {
      long reached = award.clawed;
      var steps = new TreeSet<LocalDateTime>();
      if (award.sale != null) steps.addAll(facts.steps(award.sale));
      if (award.topup != null)
        for (Told one : facts.all)
          if (one instanceof Told.TopUp t && t.paidIn() == award.topup) steps.add(t.at());
      // who turn out to be one at the same moment lose it by that
      if (award.revoked && award.rule.equals("once")) steps.remove(facts.endOfDay());
      for (LocalDateTime step : steps) {
        long left =
            award.topup != null
                ? 0
                : award.left(
                    thing -> facts.earning(award.sale, thing, step),
                    facts.earning(award.sale, step));
        long claw = award.target - left;
        if (claw > reached) {
          LocalDateTime at = step.isBefore(award.at) ? award.at : step;
          acts.add(new Act(at, 5, award.key, award, null, reached - claw, null));
          reached = claw;
        }
      }
      // what no return has taken goes when they turn out to be one
      if (award.revoked && award.earned > reached)
        acts.add(earned(award, facts.endOfDay(), reached - award.earned));
    }
    // what is taken back tonight is usable no sooner than it is taken back
    if (!award.availableOn.isAfter(facts.date) && !(award.revoked && award.rule.equals("first"))) {
      LocalDateTime at = award.revoked ? facts.endOfDay() : award.availableOn.atStartOfDay();
      acts.add(new Act(at.isBefore(award.at) ? award.at : at, 1, award.key, award, null, 0, null));
    }
  }

  /** What found no sale takes what its money would have earned; a sale that comes takes it over. */
  private void planLoose(Told.Loose one, int left) {
    long more = left - unlinked.getOrDefault(one, 0L);
    if (more == 0) return;
    plan(one.card(), new Act(one.at(), 5, one.key(), null, one, -more, null));
    unlinked.merge(one, more, Long::sum);
  }

  private static Act earned(YearAward award, LocalDateTime at, long points) {
    return new Act(at, 2, award.key, award, null, points, null);
  }

  /**
   * Points that come back: of a redemption that is facts.cancelled, or of goods it paid a part of.
   */
  private void planBack(Told.Ask ask, List<Told> told) {
    Told.Cancel cancel = facts.cancelled.get(ask);
    if (cancel != null) {
      plan(
          ask.card(),
          new Act(later(cancel.at(), ask.at()), 3, ask.no(), null, cancel, Long.MAX_VALUE, null));
      return;
    }
    if (ask.order() == null || !facts.sales.contains(ask.order())) return;
    long had = restored.getOrDefault(ask, 0L);
    var steps = new TreeSet<LocalDateTime>();
    for (Told.Back b : facts.backs.get(ask.order())) steps.add(b.at());
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
    long sum = 0;
    for (Map.Entry<Told.Thing, Long> share :
        YearFacts.spread(ask.points(), ask.order()).entrySet()) {
      long base = 100L * share.getKey().yuan();
      sum += share.getValue() * (base - facts.kept(ask.order(), share.getKey(), step)) / base;
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
        if (act.award() == null) {
          loose(account, act);
          return;
        }
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
      case 9, 10 -> close(account, act.rank(), act.key(), act.at());
      default -> throw new IllegalStateException();
    }
  }

  private void loose(String account, Act act) {
    purses.entry(account, "CLAWBACK", act.points(), 0, act.key(), act.at());
    if (act.points() < 0) purses.take(account, null, act.cause(), -act.points(), act.at());
    else purses.giveBack(account, act.cause(), act.points(), act.at(), 0);
  }

  private void earn(String account, Act act, List<Act> acts) {
    YearAward award = act.award();
    purses.entry(account, "EARN", act.points(), 0, act.key(), act.at());
    award.earned += act.points();
    if (act.points() < 0) {
      purses.take(account, award, new Object(), -act.points(), act.at());
      return;
    }
    purses.put(account, award, act.points(), null, null);
    boolean ahead = acts.stream().anyMatch(one -> one.rank() == 1 && one.award() == award);
    if (!ahead && !award.availableOn.isAfter(facts.date)) release(account, award);
  }

  private void release(String account, YearAward award) {
    LocalDateTime at = award.availableOn.atStartOfDay();
    if (award.revoked) at = facts.endOfDay();
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
    if (act.points() > 0) purses.put(account, act.cause(), act.points(), on, facts.lastDay(on, on));
    else purses.take(account, null, act.cause(), -act.points(), act.at());
  }

  private void spend(String account, Act act) {
    Told.Ask ask = (Told.Ask) act.cause();
    long price = act.points();
    if (!ask.executed()) {
      String refused = refused(account, ask, price);
      boolean held = refused == null && tooFast(account, ask.at(), ask);
      outcomes.put(ask.no(), refused != null ? "REFUSED " + refused : held ? "HELD" : "GRANTED");
      if (refused != null || held) return;
      facts.granted.put(ask, facts.date);
      if (stock.containsKey(ask.item())) stock.merge(ask.item(), -(long) ask.qty(), Long::sum);
    }
    spent.add(ask);
    purses.entry(account, "REDEEM", -price, 0, ask.no(), act.at());
    purses.take(account, null, ask, price, act.at());
  }

  private String refused(String account, Told.Ask ask, long price) {
    if (facts.frozen(account, ask.at())) return "FROZEN";
    if (ask.item().equals("roll"))
      for (Map.Entry<Told.Ask, LocalDate> one : facts.granted.entrySet()) {
        Told.Cancel cancel = facts.cancelled.get(one.getKey());
        boolean back = cancel != null && cancel.night().isBefore(facts.date);
        if (one.getKey().item().equals("roll")
            && facts.account(one.getKey().card()).equals(account)
            && !back) return "LIMIT";
      }
    if (purses.usable(account, ask.at()) < price) return "SHORT";
    if (stock.containsKey(ask.item()) && stock.get(ask.item()) < ask.qty()) return "STOCK";
    return null;
  }

  private void back(String account, Act act) {
    Told.Ask ask = act.cause() instanceof Told.Cancel c ? c.ask() : (Told.Ask) act.cause();
    if (!facts.granted.containsKey(ask)) return;
    long points = act.points();
    if (act.cause() instanceof Told.Cancel) {
      points = price(ask) - restored.getOrDefault(ask, 0L);
      if (points > 0 && stock.containsKey(ask.item()))
        comesBack.merge(ask.item(), (long) ask.qty(), Long::sum);
    }
    if (points == 0) return;
    restored.merge(ask, points, Long::sum);
    purses.entry(account, "RESTORE", points, 0, ask.no(), act.at());
    purses.giveBack(account, ask, points, act.at(), 10);
  }

  private void give(String account, Told.Gift gift) {
    String to = facts.account(gift.to());
    String refused = null;
    boolean friends =
        facts.all.stream()
            .anyMatch(
                one ->
                    one instanceof Told.Friends f
                        && f.night().isBefore(facts.date)
                        && facts.account(f.card()).equals(account)
                        && facts.account(f.friend()).equals(to));
    long times =
        gave.stream()
            .filter(one -> facts.account(one.from()).equals(account))
            .filter(one -> YearMonth.from(one.at()).equals(YearMonth.from(gift.at())))
            .count();
    if (!friends || to.equals(account)) refused = "RELATION";
    else if (facts.frozen(account, gift.at()) || facts.frozen(to, gift.at())) refused = "FROZEN";
    else if (purses.owed(account) > 0) refused = "DEBT";
    else if (times >= 2) refused = "LIMIT";
    else if (purses.usable(account, gift.at()) < gift.points()) refused = "SHORT";
    boolean held =
        refused == null
            && !letGo.contains(gift)
            && gave.stream()
                .filter(one -> facts.account(one.to()).equals(to))
                .anyMatch(one -> one.at().toLocalDate().equals(gift.at().toLocalDate()));
    outcomes.put(gift.no(), refused != null ? "REFUSED " + refused : held ? "HELD" : "GRANTED");
    if (refused != null || held) return;
    gave.add(gift);
    purses.entry(account, "TRANSFER", -gift.points(), 0, gift.no(), gift.at());
    List<YearPurses.Lot> portions = purses.giveAway(account, gift.points(), gift.at());
    Queue queue = queues.get(to);
    queue.acts.add(new Act(gift.at(), 7, gift.no(), null, gift, gift.points(), portions));
    queue.sort();
  }

  void endOfDraw(List<Told> told) {
    for (Told one : told) {
      if (!(one instanceof Told.Value v) || drawn) continue;
      drawn = true;
      Map<String, String> cards = new HashMap<>();
      List<String> list = new ArrayList<>();
      for (Told.Ask a : asks.values())
        if (a.item().equals("draw:one") && facts.granted.containsKey(a)) {
          list.add(a.no());
          cards.put(a.no(), facts.account(a.card()));
        }
      winners.addAll(YearDraw.winners(v, list, cards, 4));
      List<String> prizes = List.of("mug", "mug", "ten", "ten");
      for (int i = winners.size(); i < 4; i++) comesBack.merge(prizes.get(i), 1L, Long::sum);
    }
  }
}
