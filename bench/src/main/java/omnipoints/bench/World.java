package omnipoints.bench;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import omnipoints.bench.Bought.Item;
import omnipoints.bench.Bought.Shown;

/**
 * The invented shops: who buys what, and what of it the files of a night show. Everything is a
 * function of the seed, so any night can be made at any time, alone.
 *
 * <p>Of a night's lines 85 % are Tmall's, 12 % a till's, 3 % Douyin's. A fifth of Tmall's orders is
 * seen paid first and completed a night later; others are seen unchanged again, with an after-sale
 * case that opens and ends, or with a refund; together they make 30 % of the orders known before.
 */
final class World {

  private static final int HOLD_DAYS = 1;
  private static final int VALID_DAYS = 365;

  /**
   * Refunds of old orders, and the old orders that expire or leave the year, are spread over so
   * many nights; a constant, so that a night's files do not depend on how many nights are asked
   * for.
   */
  private static final int NIGHTS_AHEAD = 10;

  private static final long FRESH = 100_000_000_000L;

  final Sizes sizes;
  private final long seed;
  private final int oldRefundsPerMille;

  World(Sizes sizes) {
    this.sizes = sizes;
    this.seed = sizes.seed();
    // Seven of a hundred of a night's lines, a quarter of them in two steps, of the orders that are
    // neither about to expire nor to leave the year.
    long orders = sizes.oldLines() * 85 / 100 * 10 / 18;
    long special = 2 * NIGHTS_AHEAD * sizes.expiring() * 1000 / Math.max(1, sizes.oldLines());
    long others = Math.max(1, orders * Math.max(0, 1000 - special) / 1000);
    oldRefundsPerMille =
        (int) Math.min(800, sizes.lines() * 85 / 100 * 65 / 1000 * NIGHTS_AHEAD * 1000 / others);
  }

  // ---- Tmall

  private long tmallOrders(int night) {
    return sizes.linesOf(night) * (night < 0 ? 88 : 85) / 100 * 10 / 18;
  }

  Bought tmall(int night, long i) {
    long draw = Draw.at(seed, night, i);
    boolean fresh = night >= 0 && Draw.happens(draw, 1, 30);
    long buyer = fresh ? fresh(night, i) : buyer(draw);
    List<Item> items = items(draw, "SKU");
    long goods = 0;
    for (Item item : items) goods += item.due();
    long discount = Draw.happens(draw, 2, 300) ? Draw.below(draw, 3, (int) (goods / 5)) : 0;
    long freight = Draw.happens(draw, 4, 100) ? 600 + Draw.below(draw, 5, 600) : 0;
    boolean late = night >= 0 && Draw.happens(draw, 6, 200);
    LocalDate day = night >= 0 ? sizes.date(late ? night + 1 : night) : oldDay(draw);
    LocalDateTime completed = day.atTime(time(draw));
    LocalDateTime paid =
        late ? sizes.date(night).atTime(time(draw)) : day.minusDays(5).atTime(time(draw));
    return new Bought(
        draw,
        night,
        Long.toString(2_000_000_000_000_000_000L + ((night + 1000) * 10_000_000L + i) * 100_003L),
        buyer,
        spread(items, goods - discount, goods),
        freight,
        discount,
        paid,
        completed,
        late);
  }

  /** Everything the order and line lists of a night show. */
  void tmallOf(int night, Consumer<Shown> shown) {
    if (night > 0) {
      for (long i = 0; i < tmallOrders(night - 1); i++) again(tmall(night - 1, i), night, shown);
      if (night > 1) {
        for (long i = 0; i < tmallOrders(night - 2); i++) closed(tmall(night - 2, i), shown);
      }
      for (int old = -sizes.oldGroups(); old < 0; old++) {
        for (long i = 0; i < tmallOrders(old); i++) oldAgain(old, i, night, shown);
      }
    }
    for (int first = sizes.shownFirstBy(night); first <= night; first++) {
      for (long i = 0; i < tmallOrders(first); i++) shown.accept(first(tmall(first, i)));
    }
  }

  /** What the first night that shows an order shows of it. */
  private static Shown first(Bought order) {
    if (order.night() < 0) return new Shown(order, true, -1, false, 0);
    if (ownRefund(order)) return refunded(order, !order.shownPaid(), ownPart(order));
    if (hasCase(order)) return new Shown(order, true, caseLine(order), true, 0);
    return new Shown(order, !order.shownPaid(), -1, false, 0);
  }

  /** What the night after shows of an order: completed, or the same once more. */
  private void again(Bought order, int night, Consumer<Shown> shown) {
    boolean unchanged = Draw.happens(order.draw(), 7, 120);
    if (!order.shownPaid() && !unchanged) return;
    if (ownRefund(order)) shown.accept(refunded(order, true, ownPart(order)));
    else if (hasCase(order)) shown.accept(new Shown(order, true, caseLine(order), true, 0));
    else shown.accept(new Shown(order, true, -1, false, 0));
  }

  /** An after-sale case that opened two nights ago ends without money: until then it held. */
  private void closed(Bought order, Consumer<Shown> shown) {
    if (!ownRefund(order) && hasCase(order))
      shown.accept(new Shown(order, true, caseLine(order), false, 0));
  }

  /**
   * Refunds of old orders: whole, or half and the rest a night later; some are then shown once more
   * by a file that was made before.
   */
  private void oldAgain(int old, long i, int night, Consumer<Shown> shown) {
    long draw = Draw.at(seed, old, i);
    if (!Draw.happens(draw, 10, oldRefundsPerMille) || special(draw) >= 0) return;
    int since = night - 1 - Draw.below(draw, 11, NIGHTS_AHEAD);
    boolean part = Draw.happens(draw, 12, 250);
    if (since == 0) shown.accept(refunded(tmall(old, i), true, part));
    else if (since == 1 && part) shown.accept(refunded(tmall(old, i), true, false));
    else if (since == 2 && Draw.happens(draw, 13, 50))
      shown.accept(new Shown(tmall(old, i), true, -1, false, 0));
  }

  private static Shown refunded(Bought order, boolean completed, boolean part) {
    int line = Draw.below(order.draw(), 14, order.items().size());
    long base = order.items().get(line).base();
    return new Shown(order, completed, line, false, part ? base / 2 : base);
  }

  private static boolean ownRefund(Bought order) {
    return Draw.happens(order.draw(), 15, 18);
  }

  private static boolean ownPart(Bought order) {
    return Draw.happens(order.draw(), 16, 250);
  }

  private static boolean hasCase(Bought order) {
    return !order.shownPaid() && Draw.happens(order.draw(), 17, 10);
  }

  private static int caseLine(Bought order) {
    return Draw.below(order.draw(), 18, order.items().size());
  }

  // ---- the till

  /** A row of the till's file: a line sold or given back (amount below zero). */
  record Scan(
      String card,
      LocalDateTime at,
      String sku,
      int qty,
      long price,
      long amount,
      String receipt) {}

  private long receipts(int night) {
    return sizes.linesOf(night) * 12 / 100 * 10 / 18;
  }

  Bought receipt(int night, long i) {
    long draw = Draw.at(seed + 1, night, i);
    boolean fresh = night >= 0 && Draw.happens(draw, 1, 30);
    long buyer = fresh ? fresh(night, i) + FRESH / 2 : cardHolder(draw);
    LocalDate day = night >= 0 ? sizes.date(night) : oldDay(draw);
    LocalDateTime at = day.atTime(time(draw));
    String number = night >= 0 ? "%06d".formatted(i) : "%d%06d".formatted(900 - night, i);
    return new Bought(draw, night, number, buyer, items(draw, "69"), 0, 0, at, at, false);
  }

  /** Every row of the till's file of a night. */
  void tillOf(int night, Consumer<Scan> scans) {
    for (int first = sizes.shownFirstBy(night); first <= night; first++) {
      for (long i = 0; i < receipts(first); i++) sold(receipt(first, i), scans);
    }
    if (night > 0) {
      for (long i = 0; i < receipts(night - 1); i++) givenBack(night, i, scans);
    }
  }

  private static void sold(Bought receipt, Consumer<Scan> scans) {
    for (Item item : receipt.items()) {
      scans.accept(
          new Scan(
              card(receipt.buyer()),
              receipt.paid(),
              item.sku(),
              item.qty(),
              item.price(),
              item.due(),
              receipt.number()));
    }
  }

  /** Returns of what was bought the night before, and returns of things nobody bought. */
  private void givenBack(int night, long i, Consumer<Scan> scans) {
    Bought sale = receipt(night - 1, i);
    LocalDateTime at = sizes.date(night).atTime(time(sale.draw() + 1));
    if (Draw.happens(sale.draw(), 20, 50)) {
      Item item = sale.items().get(0);
      long amount = Draw.happens(sale.draw(), 21, 300) ? item.due() / 2 : item.due();
      scans.accept(
          new Scan(
              card(sale.buyer()),
              at,
              item.sku(),
              -item.qty(),
              item.price(),
              -amount,
              "7%06d".formatted(i)));
    } else if (Draw.happens(sale.draw(), 22, 15)) {
      long price = 5000 + Draw.below(sale.draw(), 23, 400_000);
      String sku = "68" + Draw.below(sale.draw(), 24, 1_000_000_000);
      scans.accept(
          new Scan(
              card(cardHolder(sale.draw() + 1)), at, sku, -1, price, -price, "8%06d".formatted(i)));
    }
  }

  // ---- Douyin

  private long douyinOrders(int night) {
    return night < 0 ? 0 : sizes.lines() * 3 / 100 * 10 / 18;
  }

  Bought douyin(int night, long i) {
    long draw = Draw.at(seed + 2, night, i);
    LocalDateTime completed = sizes.date(night).atTime(time(draw));
    return new Bought(
        draw,
        night,
        Long.toString(6_900_000_000_000_000_000L + ((night + 1000) * 10_000_000L + i) * 10_007L),
        cardHolder(draw),
        items(draw, "DY"),
        0,
        0,
        completed.minusDays(4),
        completed,
        false);
  }

  void douyinOf(int night, Consumer<Bought> orders) {
    for (long i = 0; i < douyinOrders(night); i++) orders.accept(douyin(night, i));
  }

  // ---- our own documents

  /** A row that says whose a Tmall nick or a Douyin order is. */
  record Binding(String channel, String order, String nick, String card, LocalDateTime at) {}

  /**
   * The first night binds the card holders' Tmall nicks; every night binds four fifths of its
   * Douyin orders, and half of what was left over the night before.
   */
  void bindingsOf(int night, Consumer<Binding> bindings) {
    LocalDateTime at = sizes.date(night).atTime(21, 0);
    if (night == sizes.firstNight()) {
      for (long p = 0; p < sizes.members(); p++) {
        if (holdsCard(p)) bindings.accept(new Binding("tmall", "", nick(p), card(p), at));
      }
    }
    for (long i = 0; i < douyinOrders(night); i++) {
      Bought order = douyin(night, i);
      if (boundAfter(order) == 0)
        bindings.accept(new Binding("douyin", order.number(), "", card(order.buyer()), at));
    }
    if (night > 0) {
      for (long i = 0; i < douyinOrders(night - 1); i++) {
        Bought order = douyin(night - 1, i);
        if (boundAfter(order) == 1)
          bindings.accept(new Binding("douyin", order.number(), "", card(order.buyer()), at));
      }
    }
  }

  private static int boundAfter(Bought order) {
    int share = Draw.below(order.draw(), 30, 10);
    return share < 8 ? 0 : share - 7;
  }

  // ---- people

  static String nick(long person) {
    return "tb" + Long.toString(Draw.mix(person) >>> 1, 36);
  }

  static String card(long person) {
    return "88" + person;
  }

  private static boolean holdsCard(long person) {
    return person % 5 < 2;
  }

  /** A fifth of the buyers buys twice as often. */
  private long buyer(long draw) {
    long r = Draw.mix(draw + 77) >>> 1;
    long among = (r & 3) == 0 ? Math.max(1, sizes.members() / 5) : sizes.members();
    return (r >>> 2) % among;
  }

  private long cardHolder(long draw) {
    long person = buyer(draw);
    return person - person % 5 + (person % 5 < 3 ? 0 : Math.min(1, sizes.members() - 1));
  }

  private static long fresh(int night, long i) {
    return FRESH + night * 1_000_000_000L + i;
  }

  // ---- goods and days

  private static List<Item> items(long draw, String skus) {
    int kind = Draw.below(draw, 40, 5);
    int n = kind == 0 ? 3 : kind < 3 ? 1 : 2;
    List<Item> items = new ArrayList<>(n);
    for (int k = 0; k < n; k++) {
      // The k-th line takes the k-th third of the goods, so no order has two lines alike.
      String sku = skus + (100_000 + Draw.below(draw, 41 + k, 1700) * 3 + k);
      int qty = 1 + Draw.below(draw, 44 + k, 3);
      long price = 500 + Draw.below(draw, 47 + k, 30_000);
      items.add(new Item(sku, price, qty, price * qty, price * qty));
    }
    return items;
  }

  /** Shares of what was paid, by largest remainder; of equal remainders the earlier line first. */
  private static List<Item> spread(List<Item> items, long paid, long goods) {
    if (paid == goods) return items;
    long[] base = new long[items.size()];
    long left = paid;
    for (int k = 0; k < base.length; k++) left -= base[k] = paid * items.get(k).due() / goods;
    boolean[] given = new boolean[base.length];
    for (; left > 0; left--) {
      int most = -1;
      for (int k = 0; k < base.length; k++) {
        if (given[k]) continue;
        if (most < 0 || paid * items.get(k).due() % goods > paid * items.get(most).due() % goods)
          most = k;
      }
      given[most] = true;
      base[most]++;
    }
    List<Item> shares = new ArrayList<>(base.length);
    for (int k = 0; k < base.length; k++) {
      Item item = items.get(k);
      shares.add(new Item(item.sku(), item.price(), item.qty(), item.due(), base[k]));
    }
    return shares;
  }

  private static LocalTime time(long draw) {
    return LocalTime.ofSecondOfDay(Draw.below(draw, 50, 86_000));
  }

  /** The night to come on which an old purchase expires or leaves the year, twice; -1: neither. */
  private int special(long draw) {
    long each = Math.max(1, sizes.expiring() * 1_000_000 / Math.max(1, sizes.oldLines()));
    long place = Draw.below(draw, 51, 1_000_000) / each;
    return place < 2L * NIGHTS_AHEAD ? (int) place : -1;
  }

  /** When an old order completed: over the year, and as many as are wanted on the days that end. */
  private LocalDate oldDay(long draw) {
    int special = special(draw);
    if (special < 0) return sizes.start().minusDays(40 + Draw.below(draw, 52, 280));
    LocalDate night = sizes.date(1 + special / 2);
    // usable from the day after, for a year; paid five days before it was completed
    return special % 2 == 0
        ? night.minusDays(VALID_DAYS - 1 + HOLD_DAYS)
        : night.minusDays(VALID_DAYS - 5);
  }
}
