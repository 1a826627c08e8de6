package omnipoints.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import omnipoints.facts.OrderFacts;
import omnipoints.points.Award;
import omnipoints.points.AwardKey;
import omnipoints.points.BudgetShare;
import omnipoints.points.FirstOrder;
import omnipoints.points.LineTarget;
import omnipoints.points.NamedOrder;
import omnipoints.points.OrderClass;
import omnipoints.points.OrderLimits;
import omnipoints.points.OrderWorth.Target;
import omnipoints.points.Products;
import omnipoints.points.rules.Bound;
import omnipoints.sql.Script;

/**
 * What orders are worth under one programme, as if nothing had been booked of them. Memory: one
 * number an order and member, and grants that slots, limits and budgets decide.
 */
final class WhatIf {

  private static final Script SQL = Night.script("compare");
  private static final Script POST = Night.script("post");
  private static final UUID FIRST = new UUID(0, 0);
  private static final UUID LAST = new UUID(-1, -1);

  /** An order of somebody. */
  record Order(String channel, String shop, String order, String member) {}

  /** A grant that its order alone does not decide. */
  private record Bid(UUID order, String member, LineTarget target, Bound bound) {

    /** The global order; what is read from here are orders and lines only. */
    private static final Comparator<Bid> GLOBAL =
        Comparator.comparing((Bid bid) -> bid.target().earnedAt())
            .thenComparing(bid -> AwardKey.line(bid.target().key().line()).isEmpty() ? 1 : 0)
            .thenComparing(bid -> bid.target().key().channel())
            .thenComparing(bid -> bid.target().key().shop())
            .thenComparing(bid -> bid.target().key().order())
            .thenComparing(bid -> bid.target().key().line());
  }

  private final Night night;
  private final Map<UUID, Order> orders = new HashMap<>();
  private final Map<UUID, Long> points = new HashMap<>();
  private final Map<String, Long> members = new HashMap<>();
  private final Map<String, List<FirstOrder.Order>> bought = new HashMap<>();
  private final List<Bid> bids = new ArrayList<>();

  WhatIf(Night night) {
    this.night = night;
  }

  Night night() {
    return night;
  }

  Map<UUID, Order> orders() {
    return orders;
  }

  Map<String, Long> members() {
    return members;
  }

  long points(UUID order) {
    return points.getOrDefault(order, 0L);
  }

  /** Reads and decides them. */
  void read(Connection reading, Products products, LocalDate from) throws SQLException {
    if (night.programme().asks("pass", "tag", "segment")) {
      night.run(reading, SQL, "standings_anew");
      night.run(reading, POST, "standings");
    }
    Exchanged exchanged = Exchanged.ofNight(night, reading);
    MoneyOff off = MoneyOff.ofClosed(night, reading);
    new OrderReader(night, products, off, exchanged).decide(reading, FIRST, LAST, this::add);
    exchanged.settle(this::add);
    Set<String> before = boughtBefore(reading, from);
    List<Bid> left = new ArrayList<>(bids);
    left.removeIf(bid -> bid.bound().slot() != null && !isFirst(bid, before));
    budgets(limits(left)).forEach(bid -> add(bid.order(), bid.member(), bid.target().worth()));
  }

  private void add(OrderReader.Decided decided) {
    OrderFacts.Order order = decided.order();
    OrderClass of = decided.verdict().orderClass();
    NamedOrder money = NamedOrder.of(decided.purchase());
    if (money.owner() == null || of != OrderClass.POSTED && of != OrderClass.ZERO) return;
    orders.put(order.key(), new Order(order.channel(), order.shop(), order.order(), money.owner()));
    add(order.key(), money.owner(), 0);
    for (Target target : decided.verdict().targets())
      add(order.key(), target.member(), target.line().worth());
    for (Target bid : decided.verdict().bids()) {
      LineTarget target = bid.line();
      String rule = AwardKey.rule(target.key().line());
      Bound bound = night.programme().bound(rule, target.earnedAt(), night.zone());
      bids.add(new Bid(order.key(), bid.member(), target, bound));
    }
    if (night.programme().hasSlot())
      bought
          .computeIfAbsent(money.owner(), any -> new ArrayList<>(2))
          .add(
              new FirstOrder.Order(
                  order.key(),
                  order.channel(),
                  order.shop(),
                  order.order(),
                  money.at(),
                  money.baseFen(),
                  money.keptFen(),
                  true,
                  false));
  }

  private void add(UUID order, String member, long more) {
    points.merge(order, more, Math::addExact);
    members.merge(member, more, Math::addExact);
  }

  private Set<String> boughtBefore(Connection reading, LocalDate from) {
    Set<String> asked = new TreeSet<>();
    for (Bid bid : bids) if (bid.bound().slot() != null) asked.add(bid.member());
    if (asked.isEmpty()) return Set.of();
    return new HashSet<>(
        SQL.statement("bought_before")
            .list(
                reading,
                Map.of("members", List.copyOf(asked), "from", from),
                row -> row.getString(1)));
  }

  private boolean isFirst(Bid bid, Set<String> before) {
    if (before.contains(bid.member())) return false;
    FirstOrder.Answer answer =
        FirstOrder.of(
            night.programme(),
            night.zone(),
            night.date(),
            List.of(),
            bought.getOrDefault(bid.member(), List.of()),
            List.of());
    return answer.taken() && answer.stands(bid.order());
  }

  private List<Bid> limits(List<Bid> all) {
    var left = new ArrayList<Bid>(all.size());
    Map<String, List<OrderLimits.Ask>> asks = new TreeMap<>();
    for (Bid bid : all) {
      if (bid.bound().limit() == null) left.add(bid);
      else
        asks.computeIfAbsent(bid.member(), any -> new ArrayList<>())
            .add(new OrderLimits.Ask(bid.order(), bid.target(), bid.bound().limit()));
    }
    asks.forEach(
        (member, his) -> {
          for (OrderLimits.Allowed one : OrderLimits.of(night.zone(), List.of(), his)) {
            LineTarget target = one.ask().target();
            String rule = AwardKey.rule(target.key().line());
            Bound bound = night.programme().bound(rule, target.earnedAt(), night.zone());
            Award award = new Award(one.points(), target.award().baseFen());
            left.add(new Bid(one.ask().order(), member, target.granting(award), bound));
          }
        });
    return left;
  }

  private List<Bid> budgets(List<Bid> all) {
    var budgets = new BudgetShare(Map.of());
    var given = new ArrayList<Bid>(all.size());
    for (Bid bid : all.stream().sorted(Bid.GLOBAL).toList()) {
      Bound.Budget budget = bid.bound().budget();
      LineTarget target = bid.target();
      if (budget != null) {
        String rule = AwardKey.rule(target.key().line());
        long granted = budgets.give(rule, budget, target.award().granted());
        target = target.granting(new Award(granted, target.award().baseFen()));
      }
      given.add(new Bid(bid.order(), bid.member(), target, bid.bound()));
    }
    return given;
  }
}
