package omnipoints.jobs;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How many orders of a channel and shop a night moved into and out of each accounting class. */
final class ClassChanges {

  /** So many orders more in a class, or fewer. */
  record Change(String channel, String shop, String class_, long orders) {}

  private record Place(String channel, String shop, String orderClass)
      implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int c = channel.compareTo(other.channel);
      if (c == 0) c = shop.compareTo(other.shop);
      return c != 0 ? c : orderClass.compareTo(other.orderClass);
    }
  }

  private final Map<Place, Long> changes = new TreeMap<>();

  /**
   * @param before the class of the last night that looked at the order; empty if none did
   */
  void add(String channel, String shop, String before, String now) {
    if (before.equals(now)) return;
    changes.merge(new Place(channel, shop, now), 1L, Long::sum);
    if (!before.isEmpty()) changes.merge(new Place(channel, shop, before), -1L, Long::sum);
  }

  /** In the order of channel, shop and class. */
  List<Change> all() {
    return changes.entrySet().stream()
        .map(
            one ->
                new Change(
                    one.getKey().channel(),
                    one.getKey().shop(),
                    one.getKey().orderClass(),
                    one.getValue()))
        .toList();
  }
}
