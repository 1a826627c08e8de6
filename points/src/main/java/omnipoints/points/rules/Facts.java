package omnipoints.points.rules;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * All that a condition or a window may ask of one cause: an order or one of its lines, and whose it
 * is. What nobody told is null, of a set empty.
 *
 * @param at the event's own time in the zone of the installation
 * @param order of an activity only where it happened
 * @param line null where the order as a whole is asked
 * @param activity null of a purchase
 * @param principalFen what was paid for stored value; null of all else
 * @param member null while nobody knows whose it is
 */
public record Facts(
    LocalDateTime at, Order order, Line line, Activity activity, Long principalFen, Member member) {

  /** What is no top-up. */
  public Facts(LocalDateTime at, Order order, Line line, Activity activity, Member member) {
    this(at, order, line, activity, null, member);
  }

  /** An order, or a line of it. */
  public Facts(LocalDateTime at, Order order, Line line, Member member) {
    this(at, order, line, null, member);
  }

  /** The same of a member who is known to be in a variant. */
  Facts in(String variant) {
    return new Facts(at, order, line, activity, principalFen, member.in(variant));
  }

  /**
   * Something the member did that is no purchase.
   *
   * @param type such as {@code check_in}
   * @param platform where, in lower case
   * @param friendOrderFen what a friend kept of the order that a referral is asked for; null of all
   *     else
   */
  public record Activity(String type, String platform, Long friendOrderFen) {

    /** What is asked for no order of a friend. */
    public Activity(String type, String platform) {
      this(type, platform, null);
    }
  }

  /**
   * The order.
   *
   * @param baseFen null of an activity; what the buyer paid before refunds, without freight and
   *     excluded SKUs
   */
  public record Order(String channel, String shop, Long baseFen, String type, String payment) {

    /** Where an activity happened; null of what it does not tell. */
    public static Order of(String channel, String shop) {
      return new Order(channel, shop, null, null, null);
    }
  }

  /**
   * A line of it.
   *
   * @param sku empty if it has none
   * @param baseFen its part of the order's base, before refunds
   */
  public record Line(String sku, String category, String brand, long baseFen) {}

  /**
   * Whose it is, as known tonight for the event's own time.
   *
   * @param member the id the account was born with
   * @param joinedOn the date it joined
   * @param tier in force at the event
   * @param returnRate money back ÷ money spent of the last closed night's 365 days
   * @param variant of the programme's experiment
   */
  public record Member(
      String member,
      String homeShop,
      LocalDate joinedOn,
      String joinChannel,
      LocalDate birthday,
      String tier,
      Set<String> passes,
      Set<String> tags,
      Set<String> segments,
      Rational returnRate,
      String variant) {

    /** The same member, known to be in a variant. */
    Member in(String of) {
      return new Member(
          member,
          homeShop,
          joinedOn,
          joinChannel,
          birthday,
          tier,
          passes,
          tags,
          segments,
          returnRate,
          of);
    }

    /** The same member with what holds of him then. */
    public Member having(Set<String> hisPasses, Set<String> hisTags, Set<String> hisSegments) {
      return new Member(
          member,
          homeShop,
          joinedOn,
          joinChannel,
          birthday,
          tier,
          hisPasses,
          hisTags,
          hisSegments,
          returnRate,
          variant);
    }

    /**
     * The same member with what went back of what he spent.
     *
     * @param refundFen of 365 days, null where nothing is known
     * @param spentFen of 365 days; where it is 0 there is no rate
     */
    public Member returning(Long refundFen, Long spentFen) {
      if (refundFen == null || spentFen == null || spentFen <= 0) return this;
      return new Member(
          member,
          homeShop,
          joinedOn,
          joinChannel,
          birthday,
          tier,
          passes,
          tags,
          segments,
          Rational.of(refundFen, spentFen),
          variant);
    }

    /** The same member, known to be of a tier, and to hold its passes besides his own. */
    public Member of(String level, Collection<String> itsPasses) {
      var all = new TreeSet<>(passes);
      all.addAll(itsPasses);
      return new Member(
          member,
          homeShop,
          joinedOn,
          joinChannel,
          birthday,
          level,
          all,
          tags,
          segments,
          returnRate,
          variant);
    }

    /** Somebody of whom nothing but the tier is told. */
    static Member ofTier(String tier) {
      return new Member(
          null, null, null, null, null, tier, Set.of(), Set.of(), Set.of(), null, null);
    }

    /** Somebody of whom only member rows tell. */
    public static Member of(
        String member,
        String homeShop,
        LocalDate joinedOn,
        String joinChannel,
        LocalDate birthday) {
      return new Member(
          member,
          homeShop,
          joinedOn,
          joinChannel,
          birthday,
          null,
          Set.of(),
          Set.of(),
          Set.of(),
          null,
          null);
    }
  }
}
