package omnipoints.points;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import omnipoints.facts.CodePoints;
import omnipoints.facts.RefundStep;
import omnipoints.points.rules.GrantRule;
import omnipoints.points.rules.LadderGiven;

/**
 * What the days in a row of one member are worth. The number of days is derived from all that he
 * did, never counted: an activity that comes late changes later days, too, and so does one whose
 * order comes back whole, which bears its day no more. Each day pays once. Pure.
 */
final class LadderWorth {
  private static final Comparator<ActivityWorth.Event> BY_TIME =
      Comparator.comparing(ActivityWorth.Event::at)
          .thenComparing(ActivityWorth.Event::key, CodePoints::compare);

  private final Programme programme;
  private final ZoneId zone;
  private final ActivityWorth.History history;
  private final List<LineTarget> targets = new ArrayList<>(0);
  private final List<Allotment> allotments = new ArrayList<>(0);

  /** Activities of which tonight says something, by key. */
  private final Set<String> asked = new HashSet<>();

  private LadderWorth(Programme programme, ZoneId zone, ActivityWorth.History history) {
    this.programme = programme;
    this.zone = zone;
    this.history = history;
  }

  /**
   * @param tonight what is decided for the first time
   */
  static ActivityWorth.Worth of(
      Programme programme,
      ZoneId zone,
      List<ActivityWorth.Event> tonight,
      ActivityWorth.History history) {
    var worth = new LadderWorth(programme, zone, history);
    for (String rule : programme.ladderRules()) worth.climb(rule, tonight);
    return new ActivityWorth.Worth(worth.targets, worth.allotments);
  }

  private void climb(String rule, List<ActivityWorth.Event> tonight) {
    Set<LocalDate> news = news(rule, tonight);
    if (asked.isEmpty() && !history.merged()) return;
    var days = new TreeMap<LocalDate, List<ActivityWorth.Event>>();
    for (ActivityWorth.Event event : history.events())
      if (!event.waits() && genuine(rule, event))
        days.computeIfAbsent(event.date(zone), day -> new ArrayList<>(1)).add(event);
    LocalDate late = late(rule);
    int row = 0;
    boolean anew = false;
    LocalDate before = null;
    for (Map.Entry<LocalDate, List<ActivityWorth.Event>> one : days.entrySet()) {
      LocalDate day = one.getKey();
      List<ActivityWorth.Event> all = one.getValue();
      all.sort(BY_TIME);
      List<ActivityWorth.Event> bear = all.stream().filter(ActivityWorth.Event::earns).toList();
      boolean next = before != null && before.plusDays(1).equals(day);
      before = day;
      // what is new of a day changes the days that stand in one row with it
      anew = news.contains(day) || !day.isBefore(late) || next && anew && !bear.isEmpty();
      row = bear.isEmpty() ? 0 : next ? row + 1 : 1;
      if (anew && !bear.isEmpty()) pay(rule, day, all, bear, row);
      else if (anew || all.stream().anyMatch(event -> asked.contains(event.key())))
        stay(rule, day, all, bear);
    }
  }

  /** The days of which tonight says something else than before. */
  private Set<LocalDate> news(String rule, List<ActivityWorth.Event> tonight) {
    asked.clear();
    var news = new HashSet<LocalDate>();
    for (ActivityWorth.Event event : tonight) {
      if (!event.fresh() && event.order() == null) continue;
      boolean genuine = genuine(rule, event);
      if (event.fresh() && !genuine) refuse(rule, event);
      if (!genuine || event.waits()) continue;
      asked.add(event.key());
      if (event.fresh() ? event.earns() : event.turned()) news.add(event.date(zone));
    }
    return news;
  }

  /** From when on all days are decided anew, as other ones joined them. */
  private LocalDate late(String rule) {
    if (!history.merged()) return LocalDate.MAX;
    int days = known(rule, history.night()).activities().acceptLateDays();
    return history.night().minusDays(days);
  }

  private List<ActivityWorth.Paid> paid(String rule, LocalDate day) {
    return history.paid().stream()
        .filter(one -> one.rule().equals(rule) && one.decision() != null)
        .filter(one -> LocalDate.ofInstant(one.at(), zone).equals(day))
        .sorted(Comparator.comparing(ActivityWorth.Paid::at))
        .toList();
  }

  /**
   * The first of the day is paid; what was paid for the day before stays under its own key.
   *
   * @param all that was done on the day
   * @param bear what of that the day stands by
   */
  private void pay(
      String rule,
      LocalDate day,
      List<ActivityWorth.Event> all,
      List<ActivityWorth.Event> bear,
      int row) {
    List<ActivityWorth.Paid> paid = paid(rule, day);
    Program.ActivityOffer offer = null;
    ActivityWorth.Event first = null;
    for (ActivityWorth.Event event : bear) {
      offer = offer(rule, event);
      first = event;
      if (offer != null) break;
    }
    ActivityWorth.Event bearer = paid.isEmpty() ? first : own(paid.get(0), bear, first);
    long points = offer == null ? 0 : ((LadderGiven) offer.rule().given()).points(row);
    boolean linked = all.stream().anyMatch(event -> event.order() != null);
    for (int i = 0; i < paid.size(); i++) {
      ActivityWorth.Paid one = paid.get(i);
      long due = i > 0 ? 0 : offer == null ? one.points() : points;
      // of what names an order the days of its points may be other ones, too
      if (due != one.points() || linked) targets.add(target(one, bearer, due));
    }
    if (offer == null) return;
    if (paid.isEmpty() && points > 0)
      targets.add(
          first.target(
              zone,
              first.award(rule),
              first.at(),
              offer.decision().giving(points),
              false,
              new Award(points, first.baseFen())));
    for (ActivityWorth.Event event : bear)
      if (asked.contains(event.key()) && event != bearer && !told(rule, event))
        allot(rule, event, points, Allotment.Why.LIMIT);
  }

  private boolean told(String rule, ActivityWorth.Event event) {
    return history.paid().stream()
        .anyMatch(one -> one.rule().equals(rule) && one.key().equals(event.key()));
  }

  /**
   * What was paid for the day stays what it is. Where nothing bears the day any more it goes the
   * way of the order that did so last.
   */
  private void stay(
      String rule, LocalDate day, List<ActivityWorth.Event> all, List<ActivityWorth.Event> bear) {
    ActivityWorth.Event first =
        bear.isEmpty()
            ? all.stream().max(Comparator.comparing(LadderWorth::lastRefund)).orElseThrow()
            : bear.get(0);
    for (ActivityWorth.Paid one : paid(rule, day))
      targets.add(target(one, own(one, bear, first), one.points()));
  }

  private static Instant lastRefund(ActivityWorth.Event event) {
    List<RefundStep> refunds = event.named().refunds();
    return refunds.isEmpty() ? Instant.MIN : refunds.get(refunds.size() - 1).at();
  }

  /** The award stands by its own activity while that bears the day, else by the first that does. */
  private static ActivityWorth.Event own(
      ActivityWorth.Paid paid, List<ActivityWorth.Event> bear, ActivityWorth.Event first) {
    for (ActivityWorth.Event event : bear) if (event.key().equals(paid.key())) return event;
    return first;
  }

  private LineTarget target(ActivityWorth.Paid paid, ActivityWorth.Event by, long points) {
    long base = by.key().equals(paid.key()) ? paid.award().baseFen() : by.baseFen();
    return by.target(
        zone,
        AwardKey.of(MemberOutcome.CauseType.ACTIVITY, paid.key(), paid.rule()),
        paid.at(),
        paid.decision(),
        true,
        new Award(points, base));
  }

  /** Neither what was made up for nor what came too late bridges a day. */
  private void refuse(String rule, ActivityWorth.Event event) {
    Program.ActivityOffer offer = offer(rule, event);
    if (offer == null) return;
    long least = ((LadderGiven) offer.rule().given()).least();
    allot(rule, event, least, event.makeup() ? Allotment.Why.MAKEUP : Allotment.Why.LATE);
  }

  private void allot(String rule, ActivityWorth.Event event, long desired, Allotment.Why why) {
    allotments.add(new Allotment(event.award(rule), event.at(), rule, desired, 0, why));
  }

  /** Null where the rule of its date does not hold for it. */
  private Program.ActivityOffer offer(String rule, ActivityWorth.Event event) {
    Program version = programme.at(event.date(zone));
    if (version == null) return null;
    for (Program.ActivityOffer offer : version.ofActivity(event.facts(zone), event.named()))
      if (offer.rule().id().equals(rule) && offer.rule().given() instanceof LadderGiven)
        return offer;
    return null;
  }

  private boolean genuine(String rule, ActivityWorth.Event event) {
    if (event.makeup()) return false;
    Program version = programme.at(event.date(zone));
    GrantRule of = known(rule, event.date(zone));
    long late = ChronoUnit.DAYS.between(event.date(zone), event.readOn());
    return late <= of.activities().acceptLateDays()
        && (version == null ? programme.versions().get(0) : version)
            .rates()
            .genuine(of, event.facts(zone));
  }

  /** As its version says; days before a rule began count as it says first. */
  private GrantRule known(String rule, LocalDate date) {
    Program version = programme.at(date);
    GrantRule of = version == null ? null : version.grant(rule);
    if (of != null && of.given() instanceof LadderGiven) return of;
    for (Program other : programme.versions()) {
      GrantRule there = other.grant(rule);
      if (there != null && there.given() instanceof LadderGiven) of = there;
    }
    return of;
  }
}
