package omnipoints.points;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import omnipoints.facts.CodePoints;
import omnipoints.facts.RefundStep;
import omnipoints.points.rules.Facts;
import omnipoints.points.rules.Occasion;

/**
 * What joining, a date or a top-up is worth to a member: decided once, by the version of its own
 * date; of a top-up what its refunds leave. Pure.
 */
public final class OccasionWorth {
  private OccasionWorth() {}

  /**
   * One occasion of one member.
   *
   * @param number the member's id, the date, or the number of the top-up
   * @param at effective time of what it gives
   * @param fen what was paid, 1 where nothing is
   * @param refunds of a top-up, cumulative
   * @param fresh no night has decided it: then rules are asked
   * @param revokedAt it is another person's no more: what it gave goes back then; null where it
   *     stays
   * @param facts what may be asked, null where nothing is
   */
  public record Event(
      Occasion.Kind kind,
      String number,
      Instant at,
      long fen,
      List<RefundStep> refunds,
      boolean fresh,
      Instant revokedAt,
      Facts facts) {

    /** Money that did not go back. */
    private long keptFen() {
      return refunds.isEmpty() ? fen : fen - refunds.get(refunds.size() - 1).refundedFen();
    }
  }

  /** What an earlier night gave for it. */
  public record Given(PinnedRule decision, Award award) {}

  /** The awards of an occasion. */
  public static List<LineTarget> of(
      Programme programme, ZoneId zone, Event event, List<Given> given) {
    var targets = new ArrayList<LineTarget>();
    for (Given one : given) targets.add(target(event, one.decision(), true, one.award()));
    LocalDate date = LocalDate.ofInstant(event.at(), zone);
    Program version = programme.at(date);
    if (!given.isEmpty() || !event.fresh() || version == null || event.keptFen() <= 0)
      return targets;
    Map<String, Program.ActivityOffer> best = new HashMap<>();
    for (Program.ActivityOffer offer : version.ofOccasion(event.kind(), event.facts())) {
      LocalDate at = offer.rule().occasion().at();
      if (at == null || at.equals(date))
        best.merge(offer.rule().group(), offer, (a, b) -> better(a, b, event.fen()));
    }
    Set<Program.ActivityOffer> offers =
        new TreeSet<>((a, b) -> CodePoints.compare(a.rule().id(), b.rule().id()));
    offers.addAll(best.values());
    for (Program.ActivityOffer offer : offers) {
      long points = Earning.desired(offer.decision(), event.fen());
      if (points > 0)
        targets.add(target(event, offer.decision(), false, new Award(points, event.fen())));
    }
    return targets;
  }

  private static Program.ActivityOffer better(
      Program.ActivityOffer a, Program.ActivityOffer b, long fen) {
    int c = Long.compare(Earning.desired(a.decision(), fen), Earning.desired(b.decision(), fen));
    if (c == 0) c = CodePoints.compare(b.rule().id(), a.rule().id());
    return c >= 0 ? a : b;
  }

  private static LineTarget target(Event event, PinnedRule decision, boolean pinned, Award award) {
    boolean owned = event.revokedAt() == null;
    return new LineTarget(
        AwardKey.of(
            MemberOutcome.CauseType.valueOf(event.kind().name()), event.number(), decision.rule()),
        owned,
        owned ? event.at() : event.revokedAt(),
        event.fen(),
        event.refunds(),
        event.at(),
        false,
        decision,
        pinned,
        award);
  }
}
