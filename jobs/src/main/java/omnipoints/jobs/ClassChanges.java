package omnipoints.jobs;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many orders of a channel and shop, and how much of their money, a night moved into and out of
 * each accounting class.
 */
final class ClassChanges {

  /** So many orders more in a class, or fewer, and so much of what was paid and given back. */
  record Change(
      String channel, String shop, String class_, long orders, long baseFen, long refundFen) {}

  private record Sum(long orders, long baseFen, long refundFen) {
    static final Sum NONE = new Sum(0, 0, 0);

    Sum plus(int sign, VerdictRow verdict) {
      return new Sum(
          orders + sign,
          Math.addExact(baseFen, sign * verdict.baseFen()),
          Math.addExact(refundFen, sign * verdict.goodsRefundFen()));
    }
  }

  private record Place(String channel, String shop, String orderClass)
      implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int c = channel.compareTo(other.channel);
      if (c == 0) c = shop.compareTo(other.shop);
      return c != 0 ? c : orderClass.compareTo(other.orderClass);
    }
  }

  private final Map<Place, Sum> changes = new TreeMap<>();

  /**
   * @param before of the last night that looked at the order; null if none did
   */
  void add(String channel, String shop, VerdictRow before, VerdictRow now) {
    add(new Place(channel, shop, now.class_()), 1, now);
    if (before != null) add(new Place(channel, shop, before.class_()), -1, before);
  }

  private void add(Place place, int sign, VerdictRow verdict) {
    changes.compute(place, (known, sum) -> (sum == null ? Sum.NONE : sum).plus(sign, verdict));
  }

  /** In the order of channel, shop and class. */
  List<Change> all() {
    return changes.entrySet().stream()
        .filter(one -> !one.getValue().equals(Sum.NONE))
        .map(
            one ->
                new Change(
                    one.getKey().channel(),
                    one.getKey().shop(),
                    one.getKey().orderClass(),
                    one.getValue().orders(),
                    one.getValue().baseFen(),
                    one.getValue().refundFen()))
        .toList();
  }
}
