package omnipoints.points;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import omnipoints.facts.CodePoints;
import omnipoints.points.rules.GrantRule;
import omnipoints.points.rules.LadderGiven;

/**
 * What the days in a row of one member are worth. The number of days is derived from all that he
 * did, never counted: an activity that comes late changes later days, too. Each day pays once.
 * Pure.
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
    var days = new TreeMap<LocalDate, List<ActivityWorth.Event>>();
    for (ActivityWorth.Event event : history.events())
      if (genuine(rule, event))
        days.computeIfAbsent(event.date(zone), day -> new ArrayList<>(1)).add(event);
    days.values().forEach(events -> events.sort(BY_TIME));
    LocalDate since = null;
    for (ActivityWorth.Event event : tonight) {
      if (!event.fresh()) continue;
      if (!genuine(rule, event)) refuse(rule, event);
      else if (since == null || event.date(zone).isBefore(since)) since = event.date(zone);
    }
    GrantRule now = known(rule, history.night());
    if (history.merged()) {
      LocalDate late = history.night().minusDays(now.activities().acceptLateDays());
      if (since == null || late.isBefore(since)) since = late;
    }
    if (since == null) return;
    int row = 0;
    LocalDate before = null;
    for (LocalDate day : days.keySet()) {
      row = before != null && before.plusDays(1).equals(day) ? row + 1 : 1;
      before = day;
      if (!day.isBefore(since)) pay(rule, day, days.get(day), row);
    }
  }

  /** The first of the day is paid; what was paid for the day before stays under its own key. */
  private void pay(String rule, LocalDate day, List<ActivityWorth.Event> events, int row) {
    List<ActivityWorth.Paid> paid =
        history.paid().stream()
            .filter(one -> one.rule().equals(rule) && one.decision() != null)
            .filter(one -> LocalDate.ofInstant(one.at(), zone).equals(day))
            .sorted(Comparator.comparing(ActivityWorth.Paid::at))
            .toList();
    Program.ActivityOffer offer = null;
    ActivityWorth.Event first = null;
    for (ActivityWorth.Event event : events) {
      offer = offer(rule, event);
      first = event;
      if (offer != null) break;
    }
    String key = !paid.isEmpty() ? paid.get(0).key() : offer == null ? "" : first.key();
    long points = offer == null ? 0 : ((LadderGiven) offer.rule().given()).points(row);
    for (int i = 0; i < paid.size(); i++) {
      ActivityWorth.Paid one = paid.get(i);
      long due = i > 0 ? 0 : offer == null ? one.points() : points;
      if (due != one.points())
        targets.add(target(one.key(), rule, one.at(), one.decision(), true, due));
    }
    if (offer == null) return;
    if (paid.isEmpty() && points > 0)
      targets.add(target(key, rule, first.at(), offer.decision().giving(points), false, points));
    for (ActivityWorth.Event event : events)
      if (event.fresh() && !event.key().equals(key))
        allot(rule, event, points, Allotment.Why.LIMIT);
  }

  private static LineTarget target(
      String key, String rule, Instant at, PinnedRule decision, boolean pinned, long points) {
    return new LineTarget(
        AwardKey.of(MemberOutcome.CauseType.ACTIVITY, key, rule),
        true,
        at,
        1,
        List.of(),
        at,
        false,
        decision,
        pinned,
        new Award(points, 1));
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
    for (Program.ActivityOffer offer : version.ofActivity(event.facts(zone), null))
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
