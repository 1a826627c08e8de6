package omnipoints.jobs;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import omnipoints.facts.LineKey;
import omnipoints.points.Grant;
import omnipoints.points.Kind;
import omnipoints.points.MemberOutcome;
import omnipoints.points.PinnedRule;
import omnipoints.points.rules.Rational;

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
   * @param multiplied the part of EARN that rules which multiply made
   */
  record Sum(long entries, long points, long moved, long multiplied) {
    Sum plus(Sum other) {
      return new Sum(
          entries + other.entries,
          Math.addExact(points, other.points),
          Math.addExact(moved, other.moved),
          Math.addExact(multiplied, other.multiplied));
    }
  }

  private final Map<Key, Sum> sums = new HashMap<>();

  void add(MemberOutcome outcome) {
    Map<LineKey, PinnedRule> rules = new HashMap<>();
    for (MemberOutcome.PostingState posting : outcome.postings())
      if (posting.rule() != null) rules.put(posting.line(), posting.rule());
    for (MemberOutcome.Entry entry : outcome.entries()) {
      boolean ofLine = entry.line() != null;
      sums.merge(
          new Key(
              ofLine ? entry.line().channel() : "",
              ofLine ? entry.line().shop() : "",
              entry.kind()),
          new Sum(1, entry.points(), entry.moved(), multiplied(entry, rules.get(entry.line()))),
          Sum::plus);
    }
  }

  /** What an entry has beyond the base rate, rounded up; the extra of a factor is all beyond it. */
  private static long multiplied(MemberOutcome.Entry entry, PinnedRule rule) {
    if (entry.kind() != Kind.EARN || rule == null) return 0;
    if (rule.grant() != null) return rule.grant().kind() == Grant.Kind.TIMES ? entry.points() : 0;
    Rational by = rule.times().times();
    if (rule.times().isNone() || by.numerator().signum() == 0) return 0;
    BigInteger base = BigInteger.valueOf(entry.points()).multiply(by.denominator());
    return entry.points() - base.divide(by.numerator()).longValueExact();
  }

  Map<Key, Sum> sums() {
    return new TreeMap<>(sums);
  }
}
