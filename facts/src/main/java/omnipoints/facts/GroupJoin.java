package omnipoints.facts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import omnipoints.facts.Shown.GluedShown;
import omnipoints.facts.Shown.LineShown;
import omnipoints.facts.Shown.OrderShown;
import omnipoints.facts.Shown.RefundShown;
import omnipoints.facts.Shown.ReturnShown;
import omnipoints.facts.Shown.SplitShown;

/**
 * Joins all rows of a night that carry one order number of a channel, in whatever shop: which
 * receipt they belong to, which of them contradict each other, whose shop the number is, and then
 * order by order. Groups know nothing of each other. Pure.
 */
public final class GroupJoin {

  /** What is known of an order, by shop and number. */
  public interface Known {
    /** Never null. */
    KnownOrder of(String shop, String number);

    /** Shops of a channel that gives each number once, in which something real has the number. */
    List<String> shops(String number);
  }

  /** Keys of the orders of the channel, by shop and number. */
  public interface Keys {
    /** The 128-bit key. */
    UUID of(String shop, String number);
  }

  private final JoinNight night;
  private final String channel;
  private final Keys keys;
  private final Known known;
  private final boolean shopsDiffer;
  private final JoinResult into;
  private final Map<UUID, KnownOrder> renamed = new HashMap<>();

  /**
   * @param shopsDiffer the channel gives each number once, and has more than one shop
   */
  public GroupJoin(
      JoinNight night,
      String channel,
      Keys keys,
      Known known,
      boolean shopsDiffer,
      JoinResult into) {
    this.night = night;
    this.channel = channel;
    this.keys = keys;
    this.known = known;
    this.shopsDiffer = shopsDiffer;
    this.into = into;
  }

  /** The numbers under which rows of a receipt may come to stand, besides their own. */
  public static List<String> otherNumbers(JoinNight night, List<Shown> rows) {
    List<String> numbers = new ArrayList<>();
    for (Shown row : rows) {
      if (row instanceof ReturnShown back) {
        numbers.add(ReceiptParts.bare(row.order()));
        numbers.add(ReceiptParts.apart(night, row.order(), back.at()));
      } else if (row instanceof LineShown line && ofTill(night, row)) {
        numbers.add(ReceiptParts.bare(row.order()));
        if (line.at() != null) numbers.add(ReceiptParts.apart(night, row.order(), line.at()));
      }
    }
    return numbers;
  }

  private static boolean ofTill(JoinNight night, Shown row) {
    return night.deliveries().get(row.delivery()).shows() == Delivery.Shows.RECEIPT_LINE;
  }

  /** Joins the rows of one number. */
  public void join(List<Shown> rows) {
    List<Rejection> rejections = new ArrayList<>(0);
    Map<String, Map<String, OrderRows>> orders = new TreeMap<>();
    byShop(rows)
        .forEach(
            (shop, own) -> {
              for (Shown row : receipts(shop, withinLimit(shop, own, rejections), rejections))
                orders
                    .computeIfAbsent(shop, s -> new LinkedHashMap<>())
                    .computeIfAbsent(row.order(), number -> OrderRows.empty())
                    .add(row);
            });
    orders.forEach(
        (shop, numbers) ->
            numbers.replaceAll(
                (number, own) ->
                    new Contradictions(night, keys.of(shop, number), rejections).without(own)));
    // an order all of whose rows are rejected is known all the same
    for (Rejection rejection : rejections)
      if (rejection.orderKey() != null)
        orders
            .computeIfAbsent(rejection.shop(), s -> new LinkedHashMap<>())
            .computeIfAbsent(rejection.order(), number -> OrderRows.empty());
    if (shopsDiffer) refuseStrangers(orders, rejections);
    orders.forEach((shop, numbers) -> join(shop, numbers, rejections));
    into.rejections.addAll(rejections);
  }

  private static Map<String, List<Shown>> byShop(List<Shown> rows) {
    Map<String, List<Shown>> shops = new TreeMap<>(CodePoints::compare);
    for (Shown row : rows) shops.computeIfAbsent(row.shop(), s -> new ArrayList<>()).add(row);
    return shops;
  }

  /** An order with more rows than any has is no order of anybody: none of its rows is used. */
  private List<Shown> withinLimit(String shop, List<Shown> rows, List<Rejection> rejections) {
    if (rows.size() <= night.orderRows()) return rows;
    long counted =
        rows.stream()
            .filter(
                row ->
                    row instanceof LineShown
                        || row instanceof ReturnShown
                        || row instanceof RefundShown)
            .count();
    String number = rows.get(0).order();
    UUID key = keys.of(shop, number);
    if (!night.tooMany(key, counted)) return rows;
    Map<Integer, TreeMap<Integer, Shown>> places = new TreeMap<>();
    List<Shown> left = new ArrayList<>();
    for (Shown row : rows) {
      if (row instanceof Shown.RejectShown || row instanceof GluedShown) left.add(row);
      else if (!(row instanceof SplitShown))
        places.computeIfAbsent(row.delivery(), n -> new TreeMap<>()).put(row.row(), row);
    }
    places.forEach(
        (delivery, byRow) -> {
          boolean first = true;
          for (int row : byRow.keySet()) {
            rejections.add(
                new Rejection(
                    delivery,
                    row,
                    RejectReason.LIMIT,
                    "",
                    counted + " rows",
                    "order "
                        + number
                        + " has "
                        + counted
                        + " rows in one night, the limit is "
                        + night.orderRows(),
                    shop,
                    number,
                    key,
                    !first,
                    false));
            first = false;
          }
        });
    return left;
  }

  /** Rows of tills under the number of the receipt they belong to. */
  private List<Shown> receipts(String shop, List<Shown> rows, List<Rejection> rejections) {
    List<Shown> till = new ArrayList<>(rows.size());
    List<Shown> others = new ArrayList<>(rows.size());
    for (Shown row : rows) {
      boolean splits =
          row instanceof ReturnShown
              || ((row instanceof OrderShown || row instanceof LineShown) && ofTill(night, row));
      (splits ? till : others).add(row);
    }
    if (till.isEmpty()) return rows;
    others.addAll(ReceiptParts.split(night, till.get(0).order(), till, known, keys, rejections));
    return others;
  }

  /**
   * A number of a platform that gives each once, shown in more than one shop: who was known first
   * keeps the order, of those that come in one night the first by name. The rows of the others are
   * used for nothing, and park nothing.
   */
  private void refuseStrangers(
      Map<String, Map<String, OrderRows>> orders, List<Rejection> rejections) {
    List<String> shown =
        orders.entrySet().stream()
            .filter(shop -> shop.getValue().values().stream().anyMatch(OrderRows::decides))
            .map(Map.Entry::getKey)
            .sorted(CodePoints::compare)
            .toList();
    for (String shop : shown) {
      orders
          .get(shop)
          .replaceAll(
              (number, rows) -> {
                if (!rows.decides()) return rows;
                List<String> real = known.shops(number);
                if (real.contains(shop)) return rows;
                String other = real.stream().min(CodePoints::compare).orElse(shown.get(0));
                if (other.equals(shop)) return rows;
                refuse(shop, number, rows, other, rejections);
                return OrderRows.empty();
              });
    }
  }

  private void refuse(
      String shop, String number, OrderRows rows, String other, List<Rejection> rejections) {
    UUID key = keys.of(shop, number);
    rejections.replaceAll(r -> key.equals(r.orderKey()) ? r.parkingNothing() : r);
    into.strangers.add(key);
    Set<Long> told = new HashSet<>();
    List<Shown> all = new ArrayList<>(rows.orders());
    all.addAll(rows.lines());
    all.addAll(rows.refunds());
    for (Shown row : all) {
      if (!told.add(((long) row.delivery() << 32) | row.row())) continue;
      rejections.add(
          Rejection.of(
              row,
              RejectReason.DOUBLE_SHOP,
              number,
              "order " + number + ": known in shop " + other,
              number,
              null));
    }
  }

  private void join(String shop, Map<String, OrderRows> numbers, List<Rejection> rejections) {
    numbers.forEach((number, rows) -> glued(shop, number, rows, rejections));
    Map<String, Parked> orders = new LinkedHashMap<>();
    numbers.forEach((number, rows) -> orders.put(number, parked(shop, number, rows, rejections)));
    orders.forEach((number, order) -> keepApart(shop, number, order.joined()));
    orders.forEach(
        (number, order) -> {
          UUID key = keys.of(shop, number);
          KnownOrder before = known(shop, number, key);
          OrderRows joined = order.joined();
          into.add(joined, OrderJoin.join(night, key, before, order), order.withheld());
          for (SplitShown split : joined.splits()) {
            UUID child = keys.of(shop, split.child());
            if (!child.equals(key))
              into.splits.add(new JoinResult.Split(key, child, night.night()));
          }
          if (before.quarantined() || !order.whole()) again(key, order.all());
          for (LineShown line : joined.lines())
            if (line.at() != null)
              into.sold.add(new JoinResult.Sold(channel, line.sku(), line.at()));
        });
  }

  private Parked parked(String shop, String number, OrderRows rows, List<Rejection> rejections) {
    Parked order = Parked.of(rows, keys.of(shop, number), rejections);
    return night.withholds() ? order : order.withholdingNothing();
  }

  /** An order whose row another one swallowed is parked with it, if there is such an order. */
  private void glued(String shop, String number, OrderRows rows, List<Rejection> rejections) {
    if (rows.glued().isEmpty()) return;
    UUID key = keys.of(shop, number);
    if (!rows.decides() && !known(shop, number, key).real()) return;
    for (GluedShown row : rows.glued())
      rejections.add(
          new Rejection(
              row.delivery(),
              row.row(),
              RejectReason.valueOf(row.reason()),
              row.column(),
              row.value(),
              row.record(),
              shop,
              number,
              key,
              false,
              true));
  }

  private void again(UUID key, OrderRows rows) {
    Map<Integer, Set<Integer>> places = new TreeMap<>();
    for (List<? extends Shown> some :
        List.of(rows.orders(), rows.lines(), rows.returns(), rows.refunds()))
      for (Shown row : some)
        places.computeIfAbsent(row.delivery(), n -> new HashSet<>()).add(row.row());
    places.forEach(
        (delivery, at) -> into.again.add(new JoinResult.Again(key, delivery, at.size())));
  }

  private KnownOrder known(String shop, String number, UUID key) {
    KnownOrder moved = renamed.get(key);
    return moved != null ? moved : known.of(shop, number);
  }

  /**
   * A receipt that was known without a card, and of which a card shows rows tonight: what is known
   * is not that card's, and becomes a receipt of its own. Nothing was ever posted for it.
   */
  private void keepApart(String shop, String number, OrderRows rows) {
    boolean carded =
        rows.orders().stream().anyMatch(order -> order.card() != null)
            || rows.returns().stream().anyMatch(back -> back.card() != null);
    if (!carded) return;
    KnownOrder before = known.of(shop, number);
    if (!before.tokens().isEmpty() || before.claimed()) return;
    boolean shown = before.order() != null && before.order().present();
    if (!shown && before.returns().isEmpty()) return;
    String bare = ReceiptParts.bare(number);
    if (known.of(shop, bare).order() != null) return;
    UUID from = keys.of(shop, number);
    UUID to = keys.of(shop, bare);
    into.moved.add(new JoinResult.Moved(from, to, bare));
    renamed.put(to, before.renamed(to, bare));
    renamed.put(from, before.emptied());
  }
}
