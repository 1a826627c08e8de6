package omnipoints.points;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import omnipoints.facts.Acceptance;
import omnipoints.facts.LineKey;
import omnipoints.facts.Purchase;
import omnipoints.facts.WholeMoney;
import omnipoints.points.rules.CashOff;
import omnipoints.points.rules.Facts;

/**
 * What an order would be worth, as if it were posted alone tonight and completed when it is paid:
 * decided by the same functions.
 *
 * @param points of all lines and grants
 * @param grants what is given beside the rate, by rule
 * @param availableOn first usable day, null where nothing is earned
 * @param expiresOn last usable day, null where nothing is earned or nothing expires
 */
public record Quote(
    long points,
    List<Quote.Line> lines,
    List<Quote.Grant> grants,
    LocalDate availableOn,
    LocalDate expiresOn) {

  /** What one rule gives beside the rate. */
  public record Grant(String rule, long points) {}

  /**
   * One line of the answer.
   *
   * @param formula {@code floor(19900/100*3/2*2)}
   */
  public record Line(String line, long points, String formula) {}

  /**
   * An order that may come.
   *
   * @param orderType its kind, null where nobody says it
   * @param cashOffFen money that points take off it
   * @param owner what is known of who buys, null of nobody
   */
  public record Basket(
      String channel,
      String shop,
      String orderType,
      Instant paidAt,
      List<Item> items,
      long cashOffFen,
      Facts.Member owner) {

    /** One of which nothing tells its kind. */
    public Basket(
        String channel, String shop, Instant paidAt, List<Item> items, Facts.Member owner) {
      this(channel, shop, null, paidAt, items, 0, owner);
    }

    /** The same, of which what documents exclude is no goods. */
    Basket goods(Products products) {
      List<Item> goods =
          items.stream()
              .map(
                  item ->
                      products.of(item.sku()).excluded()
                          ? new Item(item.line(), item.sku(), 0)
                          : item)
              .toList();
      return new Basket(channel, shop, orderType, paidAt, goods, cashOffFen, owner);
    }

    /** The same with what points take off added back, where an order earns on that, too. */
    Basket whole(Programme programme, ZoneId zone) {
      Program version = programme.at(LocalDate.ofInstant(paidAt, zone));
      if (cashOffFen == 0 || version == null || !version.redeem().earnsOnWhole()) return this;
      Purchase whole = WholeMoney.of(purchase(this), cashOffFen, List.of(), paidAt);
      var more = new ArrayList<Item>(items.size());
      for (int i = 0; i < items.size(); i++)
        more.add(new Item(items.get(i).line(), items.get(i).sku(), whole.lines().get(i).baseFen()));
      return new Basket(channel, shop, orderType, paidAt, more, 0, owner);
    }
  }

  /**
   * A line of it.
   *
   * @param sku empty if it has none
   * @param baseFen what is paid for it, without freight; 0 if it is no goods
   */
  public record Item(String line, String sku, long baseFen) {}

  /** Who buys where nobody is known: an order of nobody is worth nothing, one of somebody is. */
  private static final String SOMEBODY = "somebody";

  /**
   * Says what it would be worth.
   *
   * @param products what is told of SKUs
   */
  public static Quote of(Programme programme, ZoneId zone, Products products, Basket basket) {
    return of(programme, zone, products, basket, Remembered.NOTHING);
  }

  /**
   * The same.
   *
   * @param remembered what the books know of limits, budgets and first orders
   */
  public static Quote of(
      Programme programme, ZoneId zone, Products products, Basket basket, Remembered remembered) {
    Basket goods = basket.goods(products).whole(programme, zone);
    Purchase purchase = purchase(goods);
    LocalDate paidOn = LocalDate.ofInstant(basket.paidAt(), zone);
    OrderWorth.Verdict verdict =
        OrderWorth.of(
            purchase,
            basket.owner(),
            new OrderWorth.Before(List.of(), null, false),
            new OrderWorth.Rules(programme, zone, paidOn, products));
    LineTarget whole = whole(verdict);
    var shares = new Shares(whole == null ? 0 : whole.baseFen());
    var lines = new ArrayList<Line>();
    long sum = 0;
    PinnedRule decision = null;
    for (Item item : goods.items()) {
      PinnedRule rule = decision(verdict, item.line(), whole);
      long points =
          rule == null
              ? 0
              : whole == null ? Earning.points(rule, item.baseFen()) : shares.next(rule, item);
      if (points != 0) decision = rule;
      String formula = rule == null ? "0" : Earning.arithmetic(rule, item.baseFen());
      lines.add(new Line(item.line(), points, formula));
      sum = Math.addExact(sum, points);
    }
    List<LineTarget> granted = granted(verdict);
    granted.addAll(
        remembered.given(
            programme,
            zone,
            paidOn,
            verdict.bids().stream().map(OrderWorth.Target::line).toList(),
            goods.items().stream().mapToLong(Item::baseFen).sum()));
    List<Grant> grants = grants(granted);
    for (Grant grant : grants) sum = Math.addExact(sum, grant.points());
    if (decision == null && !grants.isEmpty()) decision = granted.get(0).decision();
    if (decision == null) return new Quote(sum, lines, grants, null, null);
    LocalDate availableOn = paidOn.plusDays(decision.holdDays());
    return new Quote(
        sum,
        lines,
        grants,
        availableOn,
        Validity.expiresOn(decision.expiry(), availableOn, paidOn, paidOn));
  }

  /** What an account is given that earns nothing at that time. */
  public static Quote nothing(Basket basket) {
    return new Quote(
        0,
        basket.items().stream().map(item -> new Line(item.line(), 0, "0")).toList(),
        List.of(),
        null,
        null);
  }

  /**
   * The most money that points may take off the order, however many somebody has; null where points
   * take nothing off at that time.
   */
  public static Long cashOffMaxFen(Programme programme, ZoneId zone, Basket basket) {
    LocalDateTime at = LocalDateTime.ofInstant(basket.paidAt(), zone);
    Program version = programme.at(at.toLocalDate());
    CashOff cashOff = version == null ? null : version.redeem().cashOff();
    if (cashOff == null) return null;
    long payable = basket.cashOffFen();
    for (Item item : basket.items())
      if (!cashOff.except().contains(item.sku())) payable = Math.addExact(payable, item.baseFen());
    return cashOff.mostOff(payable, at);
  }

  private static List<LineTarget> granted(OrderWorth.Verdict verdict) {
    return verdict.targets().stream()
        .map(OrderWorth.Target::line)
        .filter(target -> target.award() != null)
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static List<Grant> grants(List<LineTarget> granted) {
    var byRule = new TreeMap<String, Long>();
    for (LineTarget target : granted)
      byRule.merge(target.decision().rule(), target.award().granted(), Math::addExact);
    return byRule.entrySet().stream()
        .map(rule -> new Grant(rule.getKey(), rule.getValue()))
        .toList();
  }

  /** What is counted for the order as a whole, null where each line is. */
  private static LineTarget whole(OrderWorth.Verdict verdict) {
    for (OrderWorth.Target target : verdict.targets())
      if (target.line().key().line().isEmpty()) return target.line();
    return null;
  }

  private static PinnedRule decision(OrderWorth.Verdict verdict, String line, LineTarget whole) {
    for (OrderWorth.Target target : verdict.targets())
      if (target.line().key().line().equals(line)) return target.line().decision();
    return whole == null ? null : whole.decision();
  }

  /** Spreads the points of an order over its lines: what they are worth so far, rounded down. */
  private static final class Shares {
    private final long points;
    private final List<OrderRate.Part> parts = new ArrayList<>();
    private long given;

    Shares(long points) {
      this.points = points;
    }

    long next(PinnedRule rule, Item item) {
      parts.add(new OrderRate.Part(rule, item.baseFen()));
      long soFar = Math.min(points, OrderRate.points(OrderRate.decision(parts), parts));
      long next = soFar - given;
      given = soFar;
      return next;
    }
  }

  private static Purchase purchase(Basket basket) {
    var lines = new ArrayList<Purchase.Line>();
    long base = 0;
    for (Item item : basket.items()) {
      base = Math.addExact(base, item.baseFen());
      lines.add(
          new Purchase.Line(
              new LineKey(basket.channel(), basket.shop(), "quote", item.line()),
              item.sku(),
              true,
              true,
              basket.paidAt(),
              item.baseFen(),
              List.of(),
              basket.paidAt(),
              false));
    }
    String owner = basket.owner() == null ? SOMEBODY : basket.owner().member();
    return new Purchase(
        Acceptance.ACCEPTED, owner, basket.paidAt(), base, 0, basket.orderType(), null, lines);
  }
}
