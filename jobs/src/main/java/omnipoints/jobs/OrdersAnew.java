package omnipoints.jobs;

import java.sql.Connection;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import omnipoints.facts.Delivery;
import omnipoints.facts.GroupJoin;
import omnipoints.facts.JoinNight;
import omnipoints.facts.JoinResult;
import omnipoints.facts.KnownOrder;
import omnipoints.facts.LineRow;
import omnipoints.facts.OrderKeys;
import omnipoints.facts.OrderRow;
import omnipoints.facts.RefundRow;
import omnipoints.facts.RefundSeenRow;
import omnipoints.facts.ReturnRow;
import omnipoints.facts.Shown;
import omnipoints.facts.TokenRow;
import omnipoints.mappings.Channels;
import omnipoints.sql.Script;

/**
 * Some orders as closed nights would have made them from some deliveries only: night by night, by
 * the very function that joined them, so that what is dated by the night that first saw it keeps
 * its date. Memory: those orders.
 */
final class OrdersAnew {

  /** A number of a channel, whatever shop. */
  record Number(String channel, String number) {
    static Number of(String channel, Shown row) {
      return new Number(channel, row.order());
    }
  }

  /** A delivery as a night read it. */
  record Came(
      LocalDate night,
      int n,
      RowsOfDelivery.Place place,
      Delivery.Shows shows,
      boolean rowsAgain) {}

  /** Everything of one order, as it grows. */
  static final class Order {
    OrderRow order;
    final Map<String, LineRow> lines = new TreeMap<>();
    final Map<String, RefundRow> refunds = new TreeMap<>();
    final Map<String, ReturnRow> returns = new TreeMap<>();
    final List<TokenRow> tokens = new ArrayList<>(1);
    final Map<String, RefundSeenRow> last = new LinkedHashMap<>();
    final List<RefundSeenRow> seen = new ArrayList<>(0);

    boolean real() {
      return order != null && (order.present() || !lines.isEmpty() || !refunds.isEmpty());
    }
  }

  /** What must be known besides: rejects of other deliveries, and bindings. */
  record Marks(Map<UUID, LocalDate> quarantined, Set<UUID> claimed) {}

  private final Home home;
  private final Channels channels;
  private final Marks marks;
  private final OrderKeys keys = new OrderKeys();
  private final Map<UUID, Order> orders = new HashMap<>();
  private final Map<Number, Set<String>> shops = new HashMap<>();

  OrdersAnew(Home home, Channels channels, Marks marks) {
    this.home = home;
    this.channels = channels;
    this.marks = marks;
  }

  /** By key; those that no delivery shows are not there. */
  Map<UUID, Order> orders() {
    return orders;
  }

  /**
   * Joins what one night read.
   *
   * @param rows of the numbers that are made anew, of all its deliveries
   */
  void join(LocalDate night, List<Came> came, List<Shown> rows) {
    Map<Integer, Delivery> deliveries = new HashMap<>();
    for (Came one : came)
      deliveries.put(
          one.n(),
          new Delivery(
              one.n(),
              one.place().channel(),
              one.place().sha256(),
              one.shows(),
              one.rowsAgain(),
              receiptReused(one.place())));
    var facts =
        new JoinNight(
            night,
            night.plusDays(1).atStartOfDay(home.config().zone()).toInstant(),
            home.config().zone(),
            deliveries,
            Long.MAX_VALUE,
            Map.of(),
            true);
    Map<Number, List<Shown>> groups = new LinkedHashMap<>();
    for (Shown row : rows)
      groups
          .computeIfAbsent(
              Number.of(deliveries.get(row.delivery()).channel(), row), k -> new ArrayList<>())
          .add(row);
    groups.forEach((number, group) -> join(facts, number, group));
  }

  private void join(JoinNight facts, Number number, List<Shown> group) {
    String channel = number.channel();
    Set<String> known = shops.computeIfAbsent(number, k -> new HashSet<>());
    for (Shown row : group) known.add(row.shop());
    var result = new JoinResult(facts);
    boolean once = channels.channel(home.mapping(channel)).ordersUnique();
    new GroupJoin(
            facts,
            channel,
            (shop, no) -> keys.of(channel, shop, no),
            known(channel, number, facts.night()),
            once && known.size() > 1,
            result)
        .join(group);
    take(result);
  }

  private boolean receiptReused(RowsOfDelivery.Place place) {
    return channels.channel(home.mapping(place.channel())).documents().stream()
        .anyMatch(one -> one.name().equals(place.document()) && one.receiptReused());
  }

  private GroupJoin.Known known(String channel, Number number, LocalDate night) {
    return new GroupJoin.Known() {
      @Override
      public KnownOrder of(String shop, String no) {
        UUID key = keys.of(channel, shop, no);
        var known = new KnownOrder.Builder();
        LocalDate rejected = marks.quarantined().get(key);
        known.quarantined = rejected != null && rejected.isBefore(night);
        known.claimed = marks.claimed().contains(key);
        Order order = orders.get(key);
        if (order != null) {
          known.order = order.order;
          known.lines.addAll(order.lines.values());
          known.refunds.addAll(order.refunds.values());
          known.returns.addAll(order.returns.values());
          known.tokens.addAll(order.tokens);
          known.seenBefore.addAll(order.last.values());
        }
        return known.all();
      }

      @Override
      public List<String> shops(String no) {
        return shops.getOrDefault(number, Set.of()).stream()
            .filter(
                shop -> {
                  Order order = orders.get(keys.of(channel, shop, no));
                  return order != null && order.real();
                })
            .toList();
      }
    };
  }

  private Order at(UUID key) {
    return orders.computeIfAbsent(key, k -> new Order());
  }

  private void take(JoinResult result) {
    for (JoinResult.Moved moved : result.moved) {
      Order order = orders.remove(moved.from());
      if (order != null) move(order, moved);
    }
    for (List<OrderRow> some : List.of(result.orders.added, result.orders.changed))
      for (OrderRow row : some) at(row.orderKey()).order = row;
    for (List<LineRow> some : List.of(result.lines.added, result.lines.changed))
      for (LineRow row : some) at(row.orderKey()).lines.put(row.lineKey(), row);
    for (List<RefundRow> some : List.of(result.refunds.added, result.refunds.changed))
      for (RefundRow row : some) at(row.orderKey()).refunds.put(row.refundNo(), row);
    for (ReturnRow row : result.returns) at(row.orderKey()).returns.put(row.lineKey(), row);
    for (TokenRow row : result.tokens) at(row.orderKey()).tokens.add(row);
    for (RefundSeenRow row : result.seen) {
      Order order = at(row.orderKey());
      order.last.put(row.lineKey(), row);
      order.seen.add(row);
    }
  }

  /** A receipt without a card that became one of its own. */
  private void move(Order order, JoinResult.Moved moved) {
    Order to = at(moved.to());
    to.order = order.order == null ? null : order.order.renamed(moved.to(), moved.number());
    order.lines.forEach((line, row) -> to.lines.put(line, row.moved(moved.to())));
    order.returns.forEach(
        (line, row) -> to.returns.put(line, row.moved(moved.to(), moved.number())));
  }

  /** Reads marks of orders. */
  static Marks marks(Connection connection, Script script, List<UUID> keys) {
    Map<UUID, LocalDate> quarantined = new HashMap<>();
    Map<String, Object> of = Map.of("keys", keys);
    script
        .statement("quarantined")
        .forEachRow(
            connection,
            of,
            row ->
                quarantined.put(
                    row.getObject("order_key", UUID.class), Columns.date(row, "night")));
    return new Marks(
        quarantined,
        new HashSet<>(
            script.statement("claimed").list(connection, of, row -> row.getObject(1, UUID.class))));
  }
}
