package omnipoints.points;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import omnipoints.facts.CodePoints;
import omnipoints.points.rules.Limit;

/**
 * What limits leave of grants of one member's orders. They count orders, not lines, in the order in
 * which those were bought; what is booked stays, and one that comes late takes what is left. Pure.
 */
public final class OrderLimits {

  /**
   * An award that an earlier night gave.
   *
   * @param cause by which the ledger names it
   * @param points that it was given, and has not lost to another member
   */
  public record Given(
      String rule,
      UUID order,
      String line,
      String channel,
      String shop,
      String cause,
      Instant at,
      long points) {

    private static final Comparator<Given> BY_TIME =
        Comparator.comparing(Given::at)
            .thenComparing(Given::channel, CodePoints::compare)
            .thenComparing(Given::shop, CodePoints::compare)
            .thenComparing(Given::cause, CodePoints::compare);
  }

  /** An award on offer, and the limit of its rule. */
  public record Ask(UUID order, LineTarget target, Limit limit) {
    private static final Comparator<Ask> BY_TIME =
        Comparator.comparing((Ask ask) -> ask.target().earnedAt())
            .thenComparing(ask -> ask.target().key().channel(), CodePoints::compare)
            .thenComparing(ask -> ask.target().key().shop(), CodePoints::compare)
            .thenComparing(ask -> ask.target().key().order(), CodePoints::compare)
            .thenComparing(ask -> ask.target().key().line(), CodePoints::compare);

    private String rule() {
      return AwardKey.rule(target.key().line());
    }
  }

  /** What an award gets. */
  public record Allowed(Ask ask, long points) {}

  /** What an award keeps of what it was given. */
  public record Kept(Given given, long points) {}

  /** What was given in one period: of which orders, and how much. */
  private static final class Period {
    final Map<UUID, Long> orders = new HashMap<>();
    long points;

    /** What is left for an order. */
    long left(Limit limit, UUID order) {
      return orders.containsKey(order) && limit.count() != null
          ? Long.MAX_VALUE
          : limit.left(orders.size(), points);
    }

    void add(UUID order, long given) {
      if (given <= 0) return;
      orders.merge(order, given, Math::addExact);
      points = Math.addExact(points, given);
    }
  }

  private OrderLimits() {}

  /** Says what limits leave of awards on offer. */
  public static List<Allowed> of(ZoneId zone, List<Given> given, List<Ask> asks) {
    var allowed = new ArrayList<Allowed>(asks.size());
    for (Ask ask : asks.stream().sorted(Ask.BY_TIME).toList()) {
      // limits of versions differ: what was given is counted by the one that is asked
      Period period = new Period();
      String asked = period(zone, ask.limit(), ask.target().earnedAt(), ask.order());
      for (Given one : given)
        if (one.rule().equals(ask.rule())
            && period(zone, ask.limit(), one.at(), one.order()).equals(asked))
          period.add(one.order(), one.points());
      for (Allowed one : allowed)
        if (one.ask().rule().equals(ask.rule())
            && period(zone, ask.limit(), one.ask().target().earnedAt(), one.ask().order())
                .equals(asked)) period.add(one.ask().order(), one.points());
      long desired = ask.target().award().granted();
      long left = period.left(ask.limit(), ask.order());
      allowed.add(new Allowed(ask, Math.max(0, Math.min(desired, left))));
    }
    return allowed;
  }

  /**
   * Says what members who became one keep of a rule that counts what one member is given ever: of
   * what was given to both, the earlier.
   *
   * @param limit of the rule, by member
   */
  public static List<Kept> together(Limit limit, List<Given> given) {
    var period = new Period();
    var kept = new ArrayList<Kept>(given.size());
    for (Given one : given.stream().sorted(Given.BY_TIME).toList()) {
      long points = Math.max(0, Math.min(one.points(), period.left(limit, one.order())));
      period.add(one.order(), points);
      kept.add(new Kept(one, points));
    }
    return kept;
  }

  private static String period(ZoneId zone, Limit limit, Instant at, UUID order) {
    return limit.per().period(LocalDate.ofInstant(at, zone), null, order.toString());
  }
}
