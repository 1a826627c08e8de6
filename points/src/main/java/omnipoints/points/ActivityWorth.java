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
import omnipoints.points.rules.Facts;
import omnipoints.points.rules.GrantRule;
import omnipoints.points.rules.Limit;

/**
 * What the activities of one member are worth: each pays once, by the version of its own date; what
 * is booked stays, and one that comes late takes what is left of its period. Pure.
 */
public final class ActivityWorth {

  /**
   * An activity that is decided tonight.
   *
   * @param key {@code <type>/<platform>/<event_id>}
   * @param channel null where it does not say
   * @param shop null where it does not say
   * @param readOn the night whose delivery brought it
   * @param makeup it was made up for later and gives nothing
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
      Facts.Member member) {}

  /** An activity that a rule has paid for in an earlier night. */
  public record Paid(String rule, String platform, Instant at, long points) {}

  private final Programme programme;
  private final ZoneId zone;
  private final List<Paid> paid;
  private final List<LineTarget> targets = new ArrayList<>();

  private ActivityWorth(Programme programme, ZoneId zone, List<Paid> paid) {
    this.programme = programme;
    this.zone = zone;
    this.paid = new ArrayList<>(paid);
  }

  /**
   * The awards of tonight's activities of one member.
   *
   * @param paid all that his activities were paid before
   */
  public static List<LineTarget> of(
      Programme programme, ZoneId zone, List<Event> events, List<Paid> paid) {
    var worth = new ActivityWorth(programme, zone, paid);
    events.stream()
        .sorted(Comparator.comparing(Event::at).thenComparing(Event::key, CodePoints::compare))
        .forEach(worth::add);
    return worth.targets;
  }

  private void add(Event event) {
    LocalDate date = LocalDate.ofInstant(event.at(), zone);
    Program version = programme.at(date);
    if (version == null || event.makeup()) return;
    var facts =
        new Facts(
            LocalDateTime.ofInstant(event.at(), zone),
            Facts.Order.of(event.channel(), event.shop()),
            null,
            new Facts.Activity(event.type(), event.platform()),
            event.member());
    Map<String, Program.ActivityOffer> best = new HashMap<>();
    for (Program.ActivityOffer offer : version.ofActivity(facts)) {
      long late = ChronoUnit.DAYS.between(date, event.readOn());
      if (late <= offer.rule().activities().acceptLateDays())
        best.merge(offer.rule().group(), offer, ActivityWorth::better);
    }
    best.values().stream()
        .sorted((a, b) -> CodePoints.compare(a.rule().id(), b.rule().id()))
        .forEach(offer -> pay(event, offer));
  }

  private static Program.ActivityOffer better(Program.ActivityOffer a, Program.ActivityOffer b) {
    int c = Long.compare(a.decision().points(), b.decision().points());
    if (c == 0) c = CodePoints.compare(b.rule().id(), a.rule().id());
    return c >= 0 ? a : b;
  }

  private void pay(Event event, Program.ActivityOffer offer) {
    long points = Math.min(offer.decision().points(), left(event, offer.rule()));
    if (points <= 0) return;
    paid.add(new Paid(offer.rule().id(), event.platform(), event.at(), points));
    targets.add(
        new LineTarget(
            AwardKey.of(MemberOutcome.CauseType.ACTIVITY, event.key(), offer.rule().id()),
            true,
            event.at(),
            1,
            List.of(),
            event.at(),
            false,
            offer.decision(),
            false,
            new Award(points, 1)));
  }

  /** Points that the rule may still give in the period of the event. */
  private long left(Event event, GrantRule rule) {
    Limit limit = rule.activities().limit();
    if (limit == null) return Long.MAX_VALUE;
    String period = period(limit.per(), event.at(), event.platform());
    long count = 0;
    long points = 0;
    for (Paid before : paid) {
      if (!before.rule().equals(rule.id())) continue;
      if (!period(limit.per(), before.at(), before.platform()).equals(period)) continue;
      count++;
      points = Math.addExact(points, before.points());
    }
    if (limit.count() != null) return count < limit.count() ? Long.MAX_VALUE : 0;
    return limit.points() - points;
  }

  private String period(Limit.Per per, Instant at, String platform) {
    return per.period(LocalDate.ofInstant(at, zone), platform, null);
  }
}
