package omnipoints.routes.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import omnipoints.routes.simulator.World.Order;

/** The orders of a world as a platform keeps them, which may be touched while they are read. */
final class Shelf {
  private final List<Order> orders;

  /** When the last of its orders changed. */
  private final Instant end;

  private Instant horizon;
  private long lastFrom;
  private long lastTo;

  Shelf(World world) {
    this.orders = new ArrayList<>(world.orders());
    this.end = orders.stream().map(Order::updatedAt).max(Instant::compareTo).orElse(Instant.MIN);
  }

  /** The index lags: what changed at that moment or later is in no list. */
  void showUntil(Instant horizonOrNull) {
    horizon = horizonOrNull;
  }

  private boolean shown(Instant at) {
    return horizon == null || at.isBefore(horizon);
  }

  /** Orders that changed in a window, in the order of their change. */
  List<Order> changed(long from, long to) {
    lastFrom = from;
    lastTo = to;
    return orders.stream()
        .filter(
            order ->
                order.updatedAt().getEpochSecond() >= from
                    && order.updatedAt().getEpochSecond() < to
                    && shown(order.updatedAt()))
        .sorted(Comparator.comparing(Order::updatedAt).thenComparing(Order::number))
        .toList();
  }

  /** Orders that were placed in a window, in the order of their time. */
  List<Order> created(long from, long to) {
    return orders.stream()
        .filter(
            order ->
                order.createdAt().getEpochSecond() >= from
                    && order.createdAt().getEpochSecond() < to
                    && shown(order.createdAt()))
        .sorted(Comparator.comparing(Order::createdAt).thenComparing(Order::number))
        .toList();
  }

  /** Orders whose refund was paid in a window. */
  List<Order> refunded(long from, long to) {
    return orders.stream()
        .filter(order -> order.refundOrNull() != null)
        .filter(
            order ->
                order.refundOrNull().at().getEpochSecond() >= from
                    && order.refundOrNull().at().getEpochSecond() < to)
        .sorted(Comparator.comparing(Order::number))
        .toList();
  }

  /** The order whose refund has that number. */
  Optional<Order> refund(String id) {
    return orders.stream()
        .filter(order -> order.refundOrNull() != null && order.refundOrNull().id().equals(id))
        .findFirst();
  }

  /** Numbers of everybody who has an order, ascending. */
  List<Integer> buyers() {
    return orders.stream().map(Order::buyer).distinct().sorted().toList();
  }

  /** Those whose first order was placed in a window. */
  List<Integer> buyersSince(long from, long to) {
    Map<Integer, Instant> first = new TreeMap<>();
    for (Order order : orders)
      first.merge(order.buyer(), order.createdAt(), (a, b) -> a.isBefore(b) ? a : b);
    return first.entrySet().stream()
        .filter(one -> one.getValue().getEpochSecond() >= from)
        .filter(one -> one.getValue().getEpochSecond() < to)
        .map(Map.Entry::getKey)
        .toList();
  }

  Optional<Order> order(String number) {
    return orders.stream().filter(order -> order.number().equals(number)).findFirst();
  }

  /**
   * The first order of the window that was read last changes again, a moment after its end. Not
   * where the world is over by then: what changes after the last window is not in it.
   */
  boolean shift() {
    Instant later = Instant.ofEpochSecond(lastTo + 1);
    if (later.isAfter(end)) return false;
    for (int i = 0; i < orders.size(); i++) {
      long at = orders.get(i).updatedAt().getEpochSecond();
      if (at < lastFrom || at >= lastTo) continue;
      orders.set(i, orders.get(i).updated(later));
      return true;
    }
    return false;
  }

  static <T> List<T> page(List<T> all, long from, int size) {
    int start = (int) Math.min(from, all.size());
    return all.subList(start, Math.min(start + size, all.size()));
  }
}
