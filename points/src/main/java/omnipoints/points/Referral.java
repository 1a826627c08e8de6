package omnipoints.points;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import omnipoints.facts.CodePoints;
import omnipoints.points.rules.Facts;
import omnipoints.points.rules.GrantRule;

/**
 * What referrals of one friend are worth: the first member to name him is paid for the first order
 * he bought since, once for each rule. What is booked stays; when that order came back whole the
 * next one may count. Pure.
 */
public final class Referral {

  /**
   * Somebody named the friend.
   *
   * @param key {@code <type>/<platform>/<event_id>}
   * @param makeup it was made up for later and gives nothing
   * @param fresh no night has decided it
   * @param referrer who did it, as a living member
   * @param boughtBefore an order that the friend paid before is known
   */
  public record Event(
      String key,
      Instant at,
      String type,
      String platform,
      boolean makeup,
      boolean fresh,
      String referrer,
      boolean boughtBefore) {

    private static final Comparator<Event> BY_TIME =
        Comparator.comparing(Event::at).thenComparing(Event::key, CodePoints::compare);
  }

  /** An order that tonight looks at. */
  public record Order(UUID key, String channel, String shop, String order, NamedOrder money) {

    private static final Comparator<Order> BY_TIME =
        Comparator.comparing((Order order) -> order.money().at())
            .thenComparing(Order::channel, CodePoints::compare)
            .thenComparing(Order::shop, CodePoints::compare)
            .thenComparing(Order::order, CodePoints::compare);
  }

  /** An event and an order of the friend, with what is known of who did it for the order's time. */
  public record Pair(Event event, Order order, Facts.Member member) {}

  /**
   * PAID: an order was paid for. SPENT: it came back whole. FREE: it did, and another may count.
   */
  public enum State {
    PAID,
    SPENT,
    FREE
  }

  /**
   * What a rule has given for the friend.
   *
   * @param referrer who was paid, as a living member
   * @param order that it was paid for
   * @param at when that was bought
   * @param money of the order, null where tonight does not look at it
   */
  public record Held(
      String rule,
      String referrer,
      UUID order,
      String number,
      Instant at,
      State state,
      NamedOrder money) {

    private Held now(State other) {
      return new Held(rule, referrer, order, number, at, other, money);
    }
  }

  /** An award of tonight, before what bounds the one who gets it. */
  public record Won(Event event, Order order, GrantRule rule, PinnedRule decision) {}

  /**
   * The answer.
   *
   * @param won by rule; bounds of the one who named him are still to be asked
   * @param lost what others get nothing for
   * @param changed what earlier nights gave and that has another state now
   */
  public record Answer(List<Won> won, List<Lost> lost, List<Held> changed) {}

  /** Somebody named the friend, too. */
  public record Lost(String referrer, Allotment allotment) {}

  private final Programme programme;
  private final ZoneId zone;
  private final String friend;
  private final List<Event> events;
  private final List<Pair> pairs;
  private final Map<String, Held> held = new TreeMap<>();
  private final List<Won> won = new ArrayList<>(1);
  private final List<Lost> lost = new ArrayList<>(0);
  private final List<Held> changed = new ArrayList<>(0);

  private Referral(
      Programme programme,
      ZoneId zone,
      String friend,
      List<Event> events,
      List<Pair> pairs,
      List<Held> before) {
    this.programme = programme;
    this.zone = zone;
    this.friend = friend;
    this.pairs = pairs;
    this.events =
        events.stream()
            .filter(event -> !event.makeup() && !event.referrer().equals(friend))
            .sorted(Event.BY_TIME)
            .toList();
    // of two friends who became one both may have been paid for
    for (Held one : before) held.merge(one.rule(), one, (a, b) -> b.state() == State.FREE ? a : b);
  }

  /**
   * Says what is given for a friend.
   *
   * @param events all that named him by tonight
   * @param pairs of those with all orders of tonight that are his
   * @param before what earlier nights gave for him
   */
  public static Answer of(
      Programme programme,
      ZoneId zone,
      String friend,
      List<Event> events,
      List<Pair> pairs,
      List<Held> before) {
    return new Referral(programme, zone, friend, events, pairs, before).answer();
  }

  private Answer answer() {
    for (Held one : List.copyOf(held.values())) look(one);
    if (!events.isEmpty()) {
      Event first = events.get(0);
      late();
      if (!first.boughtBefore())
        pairs.stream()
            .filter(pair -> pair.event().key().equals(first.key()) && counts(pair.order()))
            .sorted(Comparator.comparing(Pair::order, Order.BY_TIME))
            .forEach(this::pay);
    }
    return new Answer(won, lost, changed);
  }

  /** Whether what it was paid for still stands. */
  private void look(Held one) {
    NamedOrder money = one.money();
    if (money == null) return;
    State now = one.state();
    if (!friend.equals(money.owner())) now = State.FREE;
    else if (!money.decided()) return;
    else if (money.keptFen() > 0) now = State.PAID;
    else if (now == State.PAID) now = next(one) ? State.FREE : State.SPENT;
    if (now == one.state()) return;
    held.put(one.rule(), one.now(now));
    changed.add(one.now(now));
  }

  private boolean next(Held one) {
    Program version = programme.at(LocalDate.ofInstant(one.at(), zone));
    GrantRule rule = version == null ? null : version.grant(one.rule());
    return rule != null && rule.occasion() != null && rule.occasion().next();
  }

  private boolean counts(Order order) {
    NamedOrder money = order.money();
    return money.at() != null
        && money.decided()
        && friend.equals(money.owner())
        && money.keptFen() > 0;
  }

  private void pay(Pair pair) {
    Map<String, Program.ActivityOffer> best = new HashMap<>();
    for (Program.ActivityOffer offer : offers(pair)) {
      Held before = held.get(offer.rule().id());
      if (before != null && before.state() != State.FREE) continue;
      best.merge(offer.rule().group(), offer, Referral::better);
    }
    best.values().stream()
        .sorted((a, b) -> CodePoints.compare(a.rule().id(), b.rule().id()))
        .forEach(offer -> pay(pair, offer));
  }

  private void pay(Pair pair, Program.ActivityOffer offer) {
    Order order = pair.order();
    String rule = offer.rule().id();
    won.add(new Won(pair.event(), order, offer.rule(), offer.decision()));
    held.put(
        rule,
        new Held(
            rule,
            pair.event().referrer(),
            order.key(),
            order.order(),
            order.money().at(),
            State.PAID,
            order.money()));
    for (Pair other : pairs)
      if (other.order().key().equals(order.key())) lose(other, rule, order.order());
  }

  /** Those that name him tonight, although he was paid for before. */
  private void late() {
    for (Held one : held.values()) {
      if (one.state() == State.FREE) continue;
      for (Pair pair : pairs)
        if (pair.event().fresh()
            && pair.order().key().equals(one.order())
            && !pair.event().referrer().equals(one.referrer()))
          lose(pair, one.rule(), one.number());
    }
  }

  private void lose(Pair pair, String rule, String number) {
    String referrer = pair.event().referrer();
    if (pair.event().makeup() || referrer.equals(friend)) return;
    for (Won one : won) if (one.event().referrer().equals(referrer)) return;
    for (Program.ActivityOffer offer : offers(pair))
      if (offer.rule().id().equals(rule))
        lost.add(
            new Lost(
                referrer,
                new Allotment(
                    AwardKey.of(MemberOutcome.CauseType.REFERRAL, number, rule),
                    pair.order().money().at(),
                    rule,
                    offer.decision().points(),
                    0,
                    Allotment.Why.LIMIT)));
  }

  private List<Program.ActivityOffer> offers(Pair pair) {
    NamedOrder money = pair.order().money();
    Program version = programme.at(LocalDate.ofInstant(money.at(), zone));
    if (version == null) return List.of();
    Event event = pair.event();
    return version.ofReferral(
        new Facts(
            LocalDateTime.ofInstant(money.at(), zone),
            new Facts.Order(pair.order().channel(), pair.order().shop(), null, money.type(), null),
            null,
            new Facts.Activity(event.type(), event.platform(), money.keptFen()),
            pair.member()));
  }

  private static Program.ActivityOffer better(Program.ActivityOffer a, Program.ActivityOffer b) {
    int c = Long.compare(a.decision().points(), b.decision().points());
    if (c == 0) c = CodePoints.compare(b.rule().id(), a.rule().id());
    return c >= 0 ? a : b;
  }
}
