package omnipoints.jobs;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * A seeded year of a brand: what members buy, bring back, do, ask for and give each other, day by
 * day, and the night in whose files each of it stands; some of it comes late. It says what happens
 * and nothing of what becomes of it.
 *
 * @param step days from one night with files to the next
 * @param busy how often a member does something, 1 for several times a week
 */
record Year(long seed, LocalDate first, int days, int step, int members, double busy) {

  static final List<String> SHOPS = List.of("s1", "s2", "s3");

  /** Goods that are sold again and again; all others are sold once. */
  static final List<String> COMMON = List.of("BREAD", "MILK");

  /** Two versions side by side; both know every kind of rule. */
  String version(int version) {
    boolean second = version == 2;
    return """
        program: base
        version: %d
        effective_from: %s
        earn: {per_fen: 100, points: 1, mode: linear, rounding: %s, scope: %s}
        stack: {across: multiply, max_times: 3}
        caps: [{when: {channel: tmall}, max_times: 3/2}]
        variants: {key: ab1, shares: {a: 1/2, b: 1/2}}
        rules:
        - {id: trial, when: {variant: b}, times: 11/10}
        - {id: basket, when: {order_fen: {gte: 15000}}, times: 5/4, requalify: true}
        - {id: outlet, when: {channel: pos, shop: s3}, times: 11/10, excludes: [campaign, loyal]}
        - {id: tier_rate, group: tier, times_by: {tier: {silver: 6/5, gold: 3/2}}}
        - {id: eighteenth, group: campaign, window: {month_days: [18]}, times: 2}
        - {id: wednesday, group: campaign, window: {weekdays: [WED]}, times: %s}
        - {id: vip, group: pass, when: {pass: vip}, times: 5/4, excludes: [outlet]}
        - {id: bread, when: {sku: BREAD}, times: 3/2}
        - {id: parcel, scope: order, when: {shop: s2, order_fen: {gte: 5000}}, times: 6/5, campaign: spring}
        - {id: first, slot: first_order, slot_min_fen: 3000, points: 100, after_return: next}
        - {id: big, when: {order_fen: {gte: 20000}}, points: %d, limit: {per: member_month, count: 2}}
        - {id: once, when: {channel: tmall}, points: 15, limit: {per: member, count: 1}}
        - {id: loyal, when: {tag: loyal}, times: 6/5, budget: %d, campaign: autumn}
        - {id: share, on: activity, when: {type: share}, limit: {per: member_platform_day, count: 1}, points: 2}
        - {id: check_in, on: activity, when: {type: check_in}, ladder: {1: 1, 3: 3, 7: 10}, restart: 7, accept_late: 7d}
        - {id: review, on: activity, when: {type: review}, limit: {per: order, count: 1}, points: 20}
        - {id: bring, on: referral, when: {friend_order_fen: {gte: 10000}}, points: 50}
        - {id: welcome, on: member, window: {from: 2026-01-01}, points: 50}
        - {id: wake, on: schedule, at: %s, when: {tag: silent}, points: 40, expires: 4d, budget: 100}
        - {id: stored, on: topup, rate: {per_fen: 100000, points: 100, mode: step}}
        hold: {days: %d, from: completed}
        expiry: {kind: rolling, length: %s, start: available}
        tiers:
          cycle: rolling
          measure: {days: %d}
          levels: [{id: base}, {id: silver, enter: {paid_net_fen: {gte: 50000}}}, {id: gold, enter: {paid_net_fen: {gte: 120000}}}]
          returns: immediate
        redeem:
          earn_on: %s
          cash_off: {points: 100, off_fen: 1000, step: 10}
          restore: {grace_days: 10}
        limits: {transfer: {per_month: 2}, velocity: {redeem_per_day: 1, transfer_in_per_day: 1}}
        frozen: {earn: false, expire: false}
        catalogue:
        - {item: mug, kind: goods, points: 150, stock: %d}
        - {item: roll, kind: goods, points: 1, limit: {per: member, count: 1}}
        - {item: ten, kind: coupon, points: 30, off: {fen: 1000}, valid: 20d, shops: [s1, s2], stock: %d}
        - {item: card, kind: pass, points: 80, pass: vip, valid: 10d, uses: 2}
        draws:
        - {draw: one, points: 10, prizes: [{item: mug, n: 2}, {item: ten, n: 2}], closes: %s, wins: 1}
        """
        .formatted(
            version,
            second ? change() : LocalDate.of(2000, 1, 1),
            second ? "round" : "floor",
            second ? "order" : "line",
            second ? "2" : "3/2",
            second ? 50 : 30,
            budget(),
            wake(),
            second ? 2 : 3,
            Math.max(6, days / (second ? 5 : 7)) + "d",
            Math.max(5, days / 10),
            second ? "whole" : "cash",
            mugs(),
            coupons(),
            closes());
  }

  LocalDate change() {
    return first.plusDays(days / 2);
  }

  LocalDate wake() {
    return first.plusDays(days / 3);
  }

  /** The list of a draw ends with a night that has files. */
  LocalDate closes() {
    return first.plusDays(days * 2L / 3 / step * step);
  }

  long budget() {
    return Math.max(60, Math.round(members * busy * days / 4));
  }

  long mugs() {
    return Math.max(6, Math.round(members * busy * days / 200));
  }

  long coupons() {
    return Math.max(8, Math.round(members * busy * days / 60));
  }

  LocalDate last() {
    return first.plusDays((days - 1L) / step * step);
  }

  /** Nights with files, and what they tell, in no order. */
  Map<LocalDate, List<Told>> live() {
    return new Life().live();
  }

  private final class Life {
    private final Random random = new Random(seed);
    private final Map<LocalDate, List<Told>> told = new TreeMap<>();
    private final Set<LocalDateTime> taken = new HashSet<>();
    private final List<String> joined = new ArrayList<>();
    private final List<Told.Sale> sales = new ArrayList<>();
    private final Map<Told.Thing, Integer> back = new java.util.IdentityHashMap<>();
    private final Set<Told.Sale> swapped = new HashSet<>();
    private final List<Told.Ask> asks = new ArrayList<>();
    private final List<Told.TopUp> topups = new ArrayList<>();
    private final List<Told.PassUse> passUses = new ArrayList<>();
    private final Map<String, String> friendOf = new TreeMap<>();
    private final Set<Integer> phones = new HashSet<>();
    private final Set<String> named = new HashSet<>();
    private int number;
    private LocalDate day;

    Map<LocalDate, List<Told>> live() {
      for (LocalDate night = first; !night.isAfter(last()); night = night.plusDays(step))
        told.put(night, new ArrayList<>());
      for (int n = 0; n < days; n++) {
        day = first.plusDays(n);
        if (day.isAfter(last())) break;
        join(n);
        if (n == 0) continue;
        some(0.30, this::buy);
        some(0.05, this::giveBack);
        some(0.01, this::swap);
        some(0.12, this::ask);
        some(0.03, this::cancel);
        some(0.10, this::gift);
        some(0.02, this::topUp);
        some(0.01, this::refund);
        some(0.02, this::correct);
        some(0.04, this::looseReturn);
        some(0.10, this::use);
        some(0.25, this::act);
        some(0.05, this::review);
        some(0.01, this::tag);
        some(0.10, this::usePass);
        some(0.01, this::holds);
        if (!day.isAfter(closes())) some(0.05, this::enter);
        if (n == days / 4) states("frozen");
        if (n == days / 2) states("active");
        if (n > days / 3) some(0.002, this::close);
        if (n > days / 5 && n % Math.max(2, days / 8) == 0)
          for (int i = 0; i <= members / 20; i++) become();
      }
      LocalDate drawn = closes().plusDays(step);
      if (told.containsKey(drawn)) add(new Told.Value(drawn, "one", "3141592"));
      return told;
    }

    private void some(double each, Runnable happens) {
      double expected = each * busy * joined.size();
      int times = (int) expected + (random.nextDouble() < expected % 1 ? 1 : 0);
      for (int i = 0; i < times; i++) happens.run();
    }

    private void add(Told one) {
      told.get(one.night()).add(one);
    }

    private String anybody() {
      return joined.get(random.nextInt(joined.size()));
    }

    /** A moment of the day that nothing else has. */
    private LocalDateTime moment() {
      while (true) {
        LocalDateTime at = day.atStartOfDay().plusSeconds(8 * 3600 + random.nextInt(14 * 3600));
        if (taken.add(at)) return at;
      }
    }

    /** The night whose files tell what happens now. */
    private LocalDate soon() {
      long n = (day.toEpochDay() - first.toEpochDay() + step - 1) / step;
      LocalDate night = first.plusDays(n * step);
      return night.isAfter(last()) ? last() : night;
    }

    /** The same, sometimes a file or more later. */
    private LocalDate late() {
      LocalDate night = soon();
      if (random.nextInt(6) == 0) night = night.plusDays((1L + random.nextInt(2)) * step);
      return night.isAfter(last()) ? last() : night;
    }

    private static LocalDate later(LocalDate a, LocalDate b) {
      return a.isAfter(b) ? a : b;
    }

    /** Half of them are there from the beginning, the others come one by one. */
    private void join(int n) {
      int by = n == 0 ? members / 2 : (int) (members / 2 + (long) members * n / days / 2);
      while (joined.size() < by) {
        String card = "C%05d".formatted(joined.size());
        add(new Told.Person(soon(), card, ""));
        add(new Told.Nick(soon(), card, moment()));
        if (!joined.isEmpty()) {
          String other = anybody();
          add(new Told.Friends(soon(), other, card));
          friendOf.put(other, card);
          if (n > 0) {
            bring(other, card);
            if (random.nextInt(3) == 0) bring(anybody(), card);
          }
        }
        joined.add(card);
        if (random.nextInt(3) > 0) buy(card);
        if (random.nextBoolean()) buy(card);
      }
    }

    private void bring(String card, String friend) {
      if (card.equals(friend)) return;
      add(new Told.Act(late(), no(), "invite", "app", card, moment(), null, friend, false));
    }

    private String no() {
      return Integer.toString(++number);
    }

    private void buy() {
      buy(anybody());
    }

    private void buy(String card) {
      boolean parcel = random.nextInt(3) == 0;
      boolean tmall = parcel && random.nextBoolean();
      String no = no();
      LocalDateTime at = moment();
      var things = new ArrayList<Told.Thing>();
      for (int i = parcel ? 0 : random.nextInt(2); i >= 0; i--) {
        int yuan = 10 + random.nextInt(random.nextInt(4) == 0 ? 400 : 120);
        boolean common = !parcel && i == 0 && random.nextInt(3) == 0;
        if (common) yuan = 5 + random.nextInt(30);
        String sku = common ? COMMON.get(random.nextInt(2)) : "G" + no + (char) ('A' + i);
        String line = tmall ? "9" + no + "1" : "%s#%010d#001".formatted(sku, yuan * 100);
        things.add(new Told.Thing(sku, yuan, line));
      }
      LocalDate night = late();
      Told.Sale sale =
          parcel
              ? new Told.Sale(
                  night,
                  card,
                  tmall ? "tmall" : "wechat_store",
                  tmall ? "flag" : "w1",
                  (tmall ? "9" : "W") + no,
                  List.copyOf(things),
                  at)
              : new Told.Sale(
                  night,
                  card,
                  "pos",
                  SHOPS.get(random.nextInt(3)),
                  day.toString().replace("-", "") + "-1-" + no,
                  List.copyOf(things),
                  at);
      add(sale);
      sales.add(sale);
      if (parcel && !tmall && random.nextInt(8) > 0) add(new Told.Bound(late(), sale, moment()));
      if (!parcel && random.nextInt(6) == 0 && sale.fen() > 20_000) {
        long points = 10L * (1 + random.nextInt(8));
        boolean executed = random.nextBoolean();
        add(new Told.Ask(night, "X" + no, executed, card, "cash_off", 1, points, sale, moment()));
      }
    }

    private void giveBack() {
      if (sales.isEmpty()) return;
      Told.Sale sale = sales.get(sales.size() - 1 - random.nextInt(Math.min(sales.size(), 40)));
      if (!sale.at().toLocalDate().isBefore(day)) return;
      List<Told.Thing> things =
          random.nextBoolean() ? sale.things() : List.of(sale.things().get(0));
      for (Told.Thing thing : things) {
        if (thing.common()) continue;
        int left = thing.yuan() - back.getOrDefault(thing, 0);
        if (left == 0) continue;
        int yuan = random.nextInt(3) > 0 ? left : 1 + random.nextInt(left);
        LocalDate night = later(late(), sale.night());
        LocalDateTime at = sale.channel().equals("pos") ? moment() : night.atTime(23, 59, 59);
        if (!sale.channel().equals("pos") && refundedIn(sale, night)) continue;
        back.merge(thing, yuan, Integer::sum);
        add(new Told.Back(night, sale, thing, yuan, back.get(thing), at, no()));
      }
    }

    /** A parcel has one row a night, and what it shows only grows. */
    private boolean refundedIn(Told.Sale sale, LocalDate night) {
      for (Map.Entry<LocalDate, List<Told>> one : told.entrySet())
        if (!one.getKey().isBefore(night))
          for (Told other : one.getValue())
            if (other instanceof Told.Back b && b.sale() == sale) return true;
      return false;
    }

    /** The whole parcel for another one, dearer or cheaper. */
    private void swap() {
      List<Told.Sale> parcels =
          sales.stream()
              .filter(one -> one.channel().equals("tmall") && !swapped.contains(one))
              .filter(one -> one.night().isBefore(day) && !refundedIn(one, first))
              .toList();
      if (parcels.isEmpty()) return;
      Told.Sale old = parcels.get(Math.max(0, parcels.size() - 1 - random.nextInt(5)));
      Told.Thing thing = old.things().get(0);
      String no = no();
      LocalDate night = soon();
      int yuan = Math.max(5, thing.yuan() + (random.nextInt(3) - 1) * (1 + random.nextInt(100)));
      var goods = new Told.Thing("G" + no + "A", yuan, "9" + no + "1");
      var fresh =
          new Told.Sale(night, old.card(), "tmall", "flag", "9" + no, List.of(goods), moment());
      add(fresh);
      sales.add(fresh);
      swapped.add(old);
      swapped.add(fresh);
      back.put(thing, thing.yuan());
      LocalDateTime at = night.atTime(23, 59, 59);
      add(new Told.Back(night, old, thing, thing.yuan(), thing.yuan(), at, no()));
      add(new Told.Swap(night, fresh, old));
    }

    /** Mostly of goods that the member bought; of which sale nobody says. */
    private void looseReturn() {
      if (sales.isEmpty()) return;
      Told.Sale sale = sales.get(sales.size() - 1 - random.nextInt(Math.min(sales.size(), 60)));
      for (Told.Thing thing : sale.things())
        if (thing.common())
          add(
              new Told.Loose(
                  late(),
                  random.nextInt(6) == 0 ? anybody() : sale.card(),
                  SHOPS.get(random.nextInt(3)),
                  thing.sku(),
                  random.nextBoolean() ? thing.yuan() : 1 + random.nextInt(40),
                  moment(),
                  no()));
    }

    private void ask() {
      String card = anybody();
      String item = List.of("mug", "roll", "ten", "ten", "card").get(random.nextInt(5));
      int qty = item.equals("ten") ? 1 + random.nextInt(3) : 1;
      boolean executed = item.equals("mug") && random.nextInt(8) == 0;
      LocalDate night = executed ? soon() : late();
      var ask =
          new Told.Ask(
              night, "Q" + no(), executed, card, item, qty, executed ? 150 : 0, null, moment());
      add(ask);
      asks.add(ask);
      perhapsLetGo(night, ask.no());
    }

    private void enter() {
      add(new Told.Ask(soon(), "E" + no(), false, anybody(), "draw:one", 1, 0, null, moment()));
    }

    private void cancel() {
      if (asks.isEmpty()) return;
      Told.Ask ask = asks.remove(random.nextInt(asks.size()));
      add(new Told.Cancel(later(soon(), ask.night()), ask, moment()));
    }

    private void gift() {
      String from = anybody();
      String to = random.nextInt(4) == 0 ? anybody() : friendOf.getOrDefault(from, from);
      if (from.equals(to)) return;
      var gift = new Told.Gift(late(), "T" + no(), from, to, 1 + random.nextInt(80), moment());
      add(gift);
      perhapsLetGo(gift.night(), gift.no());
    }

    private void perhapsLetGo(LocalDate told, String no) {
      LocalDate night = told.plusDays((1L + random.nextInt(3)) * step);
      if (random.nextInt(3) > 0 && !night.isAfter(last())) add(new Told.LetGo(night, no));
    }

    private void topUp() {
      var one =
          new Told.TopUp(late(), "U" + no(), anybody(), 500 + random.nextInt(3000), null, moment());
      add(one);
      topups.add(one);
    }

    private void refund() {
      if (topups.isEmpty()) return;
      Told.TopUp one = topups.remove(random.nextInt(topups.size()));
      if (!one.at().toLocalDate().isBefore(day)) return;
      add(
          new Told.TopUp(
              later(late(), one.night()), "R" + one.no(), one.card(), one.yuan(), one, moment()));
    }

    private void correct() {
      long points = random.nextBoolean() ? 5 + random.nextInt(50) : -5 - random.nextInt(50);
      add(
          new Told.Correction(
              late(), "A" + no(), anybody(), points, random.nextInt(4) > 0, moment()));
    }

    private void use() {
      List<Told.Ask> coupons =
          asks.stream()
              .filter(one -> one.item().equals("ten") && one.night().isBefore(day))
              .toList();
      if (coupons.isEmpty()) return;
      Told.Ask ask = coupons.get(random.nextInt(coupons.size()));
      String order = day.toString().replace("-", "") + "-9-" + no();
      add(
          new Told.Use(
              soon(),
              ask,
              1 + random.nextInt(ask.qty()),
              SHOPS.get(random.nextInt(3)),
              order,
              moment()));
    }

    private void act() {
      boolean share = random.nextBoolean();
      String platform = share && random.nextBoolean() ? "wechat" : "app";
      int index =
          random.nextInt(3) > 0
              ? random.nextInt((joined.size() + 3) / 4)
              : random.nextInt(joined.size());
      String card = joined.get(index);
      boolean names = !share && namesOrders(index);
      if (names && !named.add(card + day)) return;
      add(
          new Told.Act(
              late(),
              no(),
              share ? "share" : "check_in",
              platform,
              card,
              moment(),
              names ? bought(random.nextInt(5) > 0 ? card : anybody()) : null,
              null,
              random.nextInt(12) == 0));
    }

    /** Whose days are borne by orders: of one card once a day. */
    private static boolean namesOrders(int index) {
      return index % 4 == 1;
    }

    /** One of the last receipts of somebody, null where there is none. */
    private Told.Sale bought(String card) {
      for (int i = sales.size() - 1; i >= Math.max(0, sales.size() - 200); i--) {
        Told.Sale sale = sales.get(i);
        if (sale.card().equals(card) && sale.channel().equals("pos") && random.nextInt(3) > 0)
          return sale;
      }
      return null;
    }

    private void review() {
      if (sales.isEmpty()) return;
      Told.Sale sale = sales.get(sales.size() - 1 - random.nextInt(Math.min(sales.size(), 20)));
      if (!sale.channel().equals("pos")) return;
      String card = random.nextInt(5) > 0 ? sale.card() : anybody();
      add(new Told.Act(late(), no(), "review", "app", card, moment(), sale, null, false));
    }

    private void tag() {
      add(new Told.Tag(soon(), anybody(), random.nextBoolean() ? "loyal" : "silent"));
    }

    private void usePass() {
      List<Told.Ask> passes = asks.stream().filter(one -> one.item().equals("card")).toList();
      if (passes.isEmpty()) return;
      if (!passUses.isEmpty() && random.nextInt(5) == 0) {
        Told.PassUse none = passUses.remove(random.nextInt(passUses.size()));
        add(new Told.PassUse(later(late(), none.night()), none.no(), none.card(), moment(), true));
        return;
      }
      Told.Ask pass = passes.get(Math.max(0, passes.size() - 1 - random.nextInt(6)));
      String card = random.nextInt(10) == 0 ? anybody() : pass.card();
      var use = new Told.PassUse(late(), "P" + no(), card, moment(), false);
      add(use);
      passUses.add(use);
    }

    private void holds() {
      add(new Told.Holds(soon(), anybody(), random.nextInt(300)));
    }

    /** Who is closed turns out to be nobody else. */
    private void close() {
      int who = random.nextInt(joined.size());
      if (phones.add(who))
        add(
            new Told.State(
                soon(),
                joined.get(who),
                "closed",
                soon().equals(day) ? moment() : day.atStartOfDay()));
    }

    private void states(String state) {
      for (int i = state.equals("active") ? 1 : 0; i <= members / 20 + 1; i++)
        add(
            new Told.State(
                soon(),
                joined.get(3 + 4 * i < joined.size() ? 3 + 4 * i : 0),
                state,
                soon().atStartOfDay()));
    }

    /** Two cards turn out to be one person. */
    private void become() {
      var single = new ArrayList<Integer>();
      for (int i = 0; i < joined.size(); i++) if (!phones.contains(i)) single.add(i);
      if (single.size() < 2) return;
      int a = single.remove(random.nextInt(single.size()));
      int b = single.get(random.nextInt(single.size()));
      phones.add(a);
      phones.add(b);
      String phone = "138%08d".formatted(++number);
      add(new Told.Person(soon(), joined.get(a), phone));
      add(new Told.Person(soon(), joined.get(b), phone));
    }
  }
}
