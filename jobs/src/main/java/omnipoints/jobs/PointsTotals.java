package omnipoints.jobs;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import omnipoints.points.Kind;
import omnipoints.points.MemberOutcome;

/** The points of a night by channel, shop and kind, summed while its entries are decided. */
final class PointsTotals {

  /** Grain of the sums; channel and shop are empty where no line stands behind an entry. */
  record Key(String channel, String shop, Kind kind) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int c = channel.compareTo(other.channel);
      if (c == 0) c = shop.compareTo(other.shop);
      return c != 0 ? c : kind.compareTo(other.kind);
    }
  }

  /**
   * @param points signed as entries are
   * @param moved what releases moved from pending to available
   */
  record Sum(long entries, long points, long moved) {
    Sum plus(Sum other) {
      return new Sum(
          entries + other.entries,
          Math.addExact(points, other.points),
          Math.addExact(moved, other.moved));
    }
  }

  private final Map<Key, Sum> sums = new HashMap<>();

  void add(List<MemberOutcome.Entry> entries) {
    for (MemberOutcome.Entry entry : entries) {
      boolean ofLine = entry.line() != null;
      sums.merge(
          new Key(
              ofLine ? entry.line().channel() : "",
              ofLine ? entry.line().shop() : "",
              entry.kind()),
          new Sum(1, entry.points(), entry.moved()),
          Sum::plus);
    }
  }

  Map<Key, Sum> sums() {
    return new TreeMap<>(sums);
  }
}
