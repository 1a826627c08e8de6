package omnipoints.points;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import omnipoints.facts.CodePoints;
import omnipoints.facts.LineKey;
import omnipoints.facts.RefundStep;
import omnipoints.points.rules.Facts;
import omnipoints.points.rules.GrantRule;
import omnipoints.points.rules.LadderGiven;
import omnipoints.points.rules.Limit;

/**
 * What the activities of one member are worth: each pays once, by the version of its own date; what
 * is booked stays, and one that comes late takes what is left of its period. One that names an
 * order waits for it, pays only its own member, and is taken back when nothing of it is kept. Pure.
 */
public final class ActivityWorth {

  /**
   * An activity that is decided tonight, or that names an order of which tonight knows more.
   *
   * @param key {@code <type>/<platform>/<event_id>}
   * @param channel null where it does not say
   * @param shop null where it does not say
   * @param readOn the night whose delivery brought it
   * @param makeup it was made up for later and gives nothing
   * @param order channel and number of the order that it names, null where it names none
   * @param named that order, null while nobody knows it
   * @param fresh no night has decided it
   * @param turned whether the order that it names says otherwise than before, if it {@link #earns}
   * @param account who did it, as a living member
   * @param member what is known of who did it, for its own time
   */
  public record Event(
      String key,
      Instant at,
      String type,
      String platform,
      String channel,
      String shop,
      LocalDate readOn,
      boolean makeup,
      String order,
      NamedOrder named,
      boolean fresh,
      boolean turned,
      String account,
      Facts.Member member) {

    /** Its local day. */
    LocalDate date(ZoneId zone) {
      return LocalDate.ofInstant(at, zone);
    }

    /** What rules may ask of it. */
    Facts facts(ZoneId zone) {
      return new Facts(
          LocalDateTime.ofInstant(at, zone),
          Facts.Order.of(channel, shop),
          null,
          new Facts.Activity(type, platform),
          member);
    }

    /** The award that a rule gives for it. */
    LineKey award(String rule) {
      return AwardKey.of(MemberOutcome.CauseType.ACTIVITY, key, rule);
    }

    /** Whether it names an order of which nobody has decided anything. */
    boolean waits() {
      return order != null && (named == null || !named.decided());
    }

    /** Of an order only what its own member did counts, and only while something of it is kept. */
    boolean earns() {
      return order == null || named.bears(account);
    }

    /** Money of its cause; of one that names no order 1. */
    long baseFen() {
      return order == null ? 1 : named.baseFen();
    }

    /**
     * What an award that stands by it is worth by now.
     *
     * @param earnedAt when the award is given
     */
    LineTarget target(
        ZoneId zone,
        LineKey award,
        Instant earnedAt,
        PinnedRule decision,
        boolean pinned,
        Award terms) {
      boolean linked = order != null;
      return new LineTarget(
          award,
          !linked || account.equals(named.owner()),
          earnedAt,
          baseFen(),
          linked ? named.refunds() : List.<RefundStep>of(),
          linked ? completed(zone, decision) : at,
          linked && named.afterSaleOpen(),
          decision,
          pinned,
          terms);
    }

    /**
     * From when the days of its points count: as the order's, but so that they are never usable
     * before the activity itself.
     */
    private Instant completed(ZoneId zone, PinnedRule decision) {
      if (named.completedAt() == null) return null;
      boolean paid = decision.holdFrom() == Program.HoldFrom.PAID && named.at() != null;
      Instant order = paid ? named.at() : named.completedAt();
      Instant own = date(zone).minusDays(decision.holdDays()).atStartOfDay(zone).toInstant();
      return order.isBefore(own) ? own : order;
    }
  }

  /**
   * An activity that a rule has paid for in an earlier night.
   *
   * @param key as in {@link Event}
   * @param order as in {@link Event}
   * @param points that it was given, and has not lost to another member
   * @param decision what was pinned then; null where nothing more is to be decided of it
   * @param award what was pinned with it
   */
  public record Paid(
      String rule,
      String key,
      String platform,
      Instant at,
      String order,
      long points,
      PinnedRule decision,
      Award award) {}

  /**
   * The answer.
   *
   * @param targets of what was paid before, and of what is to be paid now
   * @param allotments of what tonight decides, whether something bound it or not
   */
  public record Worth(List<LineTarget> targets, List<Allotment> allotments) {}

  /**
   * What is known of the member besides.
   *
   * @param paid all that his activities were paid before
   * @param events all that he did by tonight, tonight's included; asked where a rule counts days in
   *     a row
   * @param boundAt when another member became him tonight, null if none did
   */
  public record History(LocalDate night, List<Paid> paid, List<Event> events, Instant boundAt) {
    boolean merged() {
      return boundAt != null;
    }
  }

  private final Programme programme;
  private final ZoneId zone;
  private final List<Paid> paid;
  private final List<String> ladders;
  private final List<LineTarget> targets = new ArrayList<>();
  private final List<Allotment> allotments = new ArrayList<>();

  private ActivityWorth(Programme programme, ZoneId zone, List<Paid> paid) {
    this.programme = programme;
    this.zone = zone;
    this.paid = new ArrayList<>(paid);
    this.ladders = programme.ladderRules();
  }

  /**
   * The awards of tonight's activities of one member.
   *
   * @param tonight what is decided, and what is looked at again for the order that it names
   */
  public static Worth of(Programme programme, ZoneId zone, List<Event> tonight, History history) {
    var worth = new ActivityWorth(programme, zone, history.paid());
    tonight.stream()
        .sorted(Comparator.comparing(Event::at).thenComparing(Event::key, CodePoints::compare))
        .forEach(worth::add);
    if (history.merged()) worth.together(history);
    Worth ladders = LadderWorth.of(programme, zone, tonight, history);
    worth.targets.addAll(ladders.targets());
    worth.allotments.addAll(ladders.allotments());
    return new Worth(worth.targets, worth.allotments);
  }

  private void add(Event event) {
    if (event.waits()) return;
    if (event.order() == null && !event.fresh()) return;
    boolean before = false;
    for (Paid one : List.copyOf(paid)) {
      if (!one.key().equals(event.key()) || ladders.contains(one.rule())) continue;
      before = true;
      if (one.decision() != null)
        targets.add(target(event, one.rule(), one.decision(), true, one.award()));
    }
    if (!before && event.earns()) first(event);
  }

  private void first(Event event) {
    Program version = programme.at(event.date(zone));
    if (version == null) return;
    Map<String, Program.ActivityOffer> best = new HashMap<>();
    for (Program.ActivityOffer offer :
        version.ofActivity(event.facts(zone), event.order() == null ? null : event.named())) {
      if (offer.rule().given() instanceof LadderGiven) continue;
      Allotment.Why never = never(event, offer.rule());
      if (never == null) best.merge(offer.rule().group(), offer, ActivityWorth::better);
      else allot(event, offer, 0, never);
    }
    best.values().stream()
        .sorted((a, b) -> CodePoints.compare(a.rule().id(), b.rule().id()))
        .forEach(offer -> pay(event, offer));
  }

  /** Why a rule that holds gives nothing at all, null where it may. */
  private Allotment.Why never(Event event, GrantRule rule) {
    if (event.makeup()) return Allotment.Why.MAKEUP;
    GrantRule.Activities activities = rule.activities();
    if (ChronoUnit.DAYS.between(event.date(zone), event.readOn()) > activities.acceptLateDays())
      return Allotment.Why.LATE;
    Limit limit = activities.limit();
    boolean countsOrders = limit != null && limit.per() == Limit.Per.ORDER;
    return countsOrders && event.order() == null ? Allotment.Why.EXCLUDED : null;
  }

  private static Program.ActivityOffer better(Program.ActivityOffer a, Program.ActivityOffer b) {
    int c = Long.compare(a.decision().points(), b.decision().points());
    if (c == 0) c = CodePoints.compare(b.rule().id(), a.rule().id());
    return c >= 0 ? a : b;
  }

  private void pay(Event event, Program.ActivityOffer offer) {
    long left = left(event, offer.rule());
    long points = Math.max(0, Math.min(offer.decision().points(), left));
    allot(event, offer, points, Allotment.Why.LIMIT);
    if (points <= 0) return;
    String rule = offer.rule().id();
    Award award = new Award(points, event.baseFen());
    paid.add(
        new Paid(
            rule, event.key(), event.platform(), event.at(), event.order(), points, null, null));
    targets.add(target(event, rule, offer.decision(), false, award));
  }

  private void allot(Event event, Program.ActivityOffer offer, long granted, Allotment.Why why) {
    allotments.add(
        new Allotment(
            event.award(offer.rule().id()),
            event.at(),
            offer.rule().id(),
            offer.decision().points(),
            granted,
            why));
  }

  private LineTarget target(
      Event event, String rule, PinnedRule decision, boolean pinned, Award award) {
    return event.target(zone, event.award(rule), event.at(), decision, pinned, award);
  }

  /**
   * Of members who became one the earlier awards stand where a rule gives one member so much ever;
   * of the later ones goes back what is beyond it, when they were bound.
   */
  private void together(History history) {
    for (String rule : programme.memberLimitRules()) {
      long count = 0;
      long points = 0;
      for (Paid one :
          history.paid().stream()
              .filter(paid -> paid.rule().equals(rule) && paid.points() > 0)
              .sorted(Comparator.comparing(Paid::at).thenComparing(Paid::key, CodePoints::compare))
              .toList()) {
        Limit limit = limit(rule, one.at());
        if (limit == null || limit.per() != Limit.Per.MEMBER) continue;
        long kept = Math.max(0, Math.min(one.points(), limit.left(count, points)));
        if (kept < one.points() && one.decision() != null) takeBack(one, kept, history.boundAt());
        if (kept > 0) count++;
        points = Math.addExact(points, kept);
      }
    }
  }

  private Limit limit(String rule, Instant at) {
    Program version = programme.at(LocalDate.ofInstant(at, zone));
    GrantRule of = version == null ? null : version.grant(rule);
    return of == null || of.activities() == null ? null : of.activities().limit();
  }

  private void takeBack(Paid one, long kept, Instant boundAt) {
    LineKey key = AwardKey.of(MemberOutcome.CauseType.ACTIVITY, one.key(), one.rule());
    Award less = new Award(kept, one.award().baseFen());
    for (int i = 0; i < targets.size(); i++) {
      LineTarget looked = targets.get(i);
      if (!looked.key().equals(key)) continue;
      targets.set(i, looked.granting(less).at(boundAt));
      return;
    }
    targets.add(
        new LineTarget(
            key, true, boundAt, 1, List.of(), boundAt, false, one.decision(), true, less));
  }

  /** Points that the rule may still give in the period of the event. */
  private long left(Event event, GrantRule rule) {
    Limit limit = rule.activities().limit();
    if (limit == null) return Long.MAX_VALUE;
    String period = period(limit.per(), event.at(), event.platform(), event.order());
    long count = 0;
    long points = 0;
    for (Paid before : paid) {
      if (!before.rule().equals(rule.id()) || before.points() <= 0) continue;
      if (!period(limit.per(), before.at(), before.platform(), before.order()).equals(period))
        continue;
      count++;
      points = Math.addExact(points, before.points());
    }
    return limit.left(count, points);
  }

  private String period(Limit.Per per, Instant at, String platform, String order) {
    return per.period(LocalDate.ofInstant(at, zone), platform, order);
  }
}
