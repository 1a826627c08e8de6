package omnipoints.points;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import omnipoints.facts.CodePoints;
import omnipoints.facts.LineKey;
import omnipoints.points.rules.Limit;

/**
 * Gives tonight's referrals over all friends, in the order in which those bought: two members pay
 * for each other in one direction, and a limit counts what one member was given. Pure.
 */
public final class ReferralShare {

  /** What is to be given for a friend. */
  public record Candidate(String friend, Referral.Won won) {
    private static final Comparator<Candidate> BY_TIME =
        Comparator.comparing((Candidate one) -> one.won().order().money().at())
            .thenComparing(one -> one.won().event().at())
            .thenComparing(one -> one.won().event().key(), CodePoints::compare)
            .thenComparing(one -> one.won().rule().id(), CodePoints::compare);
  }

  /**
   * What was given to one of those members, whatever became of it.
   *
   * @param friend for whom, as a living member
   * @param referrer who got it, as a living member
   * @param order of the friend
   * @param number by which the ledger names it
   * @param at when the friend bought
   */
  public record Paid(
      String friend,
      String referrer,
      String rule,
      UUID order,
      String number,
      Instant at,
      long points) {}

  /**
   * What is given.
   *
   * @param number by which the ledger names the order: its own, or with its shop where the member
   *     was given something for another order of that number
   */
  public record Given(Candidate candidate, String number, long points, Allotment.Why why) {
    /** The award. */
    public Allotment allotment() {
      Referral.Won won = candidate.won();
      String rule = won.rule().id();
      return new Allotment(
          AwardKey.of(MemberOutcome.CauseType.REFERRAL, number, rule),
          won.order().money().at(),
          rule,
          won.decision().points(),
          points,
          why);
    }

    /** What member space is told of it. */
    public LineTarget target() {
      Referral.Won won = candidate.won();
      NamedOrder money = won.order().money();
      return ReferralShare.target(
          allotment().key(),
          money.at(),
          money,
          true,
          won.decision(),
          false,
          new Award(points, money.baseFen()));
    }
  }

  /**
   * What one of several members who became one was given of a rule.
   *
   * @param order of the friend
   * @param event by which he was named
   * @param at when the friend bought
   */
  public record Booked(UUID order, String event, Instant at, long points) {
    private static final Comparator<Booked> BY_TIME =
        Comparator.comparing(Booked::at).thenComparing(Booked::event, CodePoints::compare);
  }

  /** What stays of it. */
  public record Kept(Booked booked, long points) {}

  private final ZoneId zone;
  private final List<Paid> paid;

  private ReferralShare(ZoneId zone, List<Paid> before) {
    this.zone = zone;
    this.paid = new ArrayList<>(before);
  }

  /**
   * Gives them.
   *
   * @param before all that the members who are to get something were given for friends by now, and
   *     their friends for them
   */
  public static List<Given> of(ZoneId zone, List<Candidate> candidates, List<Paid> before) {
    var share = new ReferralShare(zone, before);
    return candidates.stream().sorted(Candidate.BY_TIME).map(share::give).toList();
  }

  /**
   * Says what members who became one keep of a rule that counts what one member is given ever: of
   * what was given to both, the earlier.
   */
  public static List<Kept> together(Limit limit, List<Booked> booked) {
    var kept = new ArrayList<Kept>(booked.size());
    long count = 0;
    long sum = 0;
    for (Booked one : booked.stream().sorted(Booked.BY_TIME).toList()) {
      long points = Math.max(0, Math.min(one.points(), limit.left(count, sum)));
      if (points > 0) count++;
      sum = Math.addExact(sum, points);
      kept.add(new Kept(one, points));
    }
    return kept;
  }

  private Given give(Candidate one) {
    Referral.Won won = one.won();
    String referrer = won.event().referrer();
    boolean other =
        paid.stream()
            .anyMatch(
                before ->
                    before.points() > 0
                        && before.referrer().equals(one.friend())
                        && before.friend().equals(referrer));
    long desired = won.decision().points();
    long points = other ? 0 : Math.max(0, Math.min(desired, left(won)));
    Given given =
        new Given(one, number(won), points, other ? Allotment.Why.EXCLUDED : Allotment.Why.LIMIT);
    paid.add(
        new Paid(
            one.friend(),
            referrer,
            won.rule().id(),
            won.order().key(),
            given.number(),
            won.order().money().at(),
            points));
    return given;
  }

  private long left(Referral.Won won) {
    Limit limit = won.rule().bound().limit();
    if (limit == null) return Long.MAX_VALUE;
    String period = period(limit, won.order().money().at());
    List<Paid> counted =
        paid.stream()
            .filter(one -> one.rule().equals(won.rule().id()) && one.points() > 0)
            .filter(one -> one.referrer().equals(won.event().referrer()))
            .filter(one -> period(limit, one.at()).equals(period))
            .toList();
    return limit.left(counted.size(), counted.stream().mapToLong(Paid::points).sum());
  }

  private String period(Limit limit, Instant at) {
    return limit.per().period(LocalDate.ofInstant(at, zone), null, null);
  }

  private String number(Referral.Won won) {
    Referral.Order order = won.order();
    boolean taken =
        paid.stream()
            .anyMatch(
                one ->
                    one.referrer().equals(won.event().referrer())
                        && one.rule().equals(won.rule().id())
                        && one.number().equals(order.order())
                        && !one.order().equals(order.key()));
    return taken ? order.order() + "@" + order.channel() + "/" + order.shop() : order.order();
  }

  /**
   * What member space is told of an award by now.
   *
   * @param at when the friend bought
   * @param money of the friend's order
   * @param owned whether that still is the friend's
   */
  public static LineTarget target(
      LineKey key,
      Instant at,
      NamedOrder money,
      boolean owned,
      PinnedRule decision,
      boolean pinned,
      Award award) {
    return new LineTarget(
        key,
        owned,
        at,
        money.baseFen(),
        money.refunds(),
        money.completedAt(),
        money.afterSaleOpen(),
        decision,
        pinned,
        award);
  }
}
