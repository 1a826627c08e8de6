package omnipoints.points;

import omnipoints.points.rules.Multiplier;

/** What a bound on multipliers takes of awards when they are given. Pure. */
final class Capped {
  private Capped() {}

  /**
   * What a line's first award was given and would have been given, of its rate or of a factor that
   * is an award of its own; null where nothing bound it.
   */
  static Allotment of(Programme programme, LineTarget target) {
    PinnedRule decision = target.decision();
    if (target.pinned() || !target.owned() || target.baseFen() <= 0 || decision == null)
      return null;
    if (AwardKey.type(target.key()) != MemberOutcome.CauseType.LINE) return null;
    PinnedRule unbounded = unbounded(programme, decision);
    if (unbounded == decision) return null;
    Award award = target.award();
    if (decision.grant() == null)
      return award != null
          ? null
          : of(
              target,
              Earning.points(unbounded, target.baseFen()),
              Earning.points(decision, target.baseFen()));
    return decision.grant().kind() == Grant.Kind.TIMES
        ? of(target, Earning.desired(unbounded, award.baseFen()), award.granted())
        : null;
  }

  private static Allotment of(LineTarget target, long desired, long granted) {
    return of(
        new Cause(target.key(), target.earnedAt(), 0, target.refunds(), null, false),
        target.decision().rule(),
        desired,
        granted);
  }

  /**
   * @param of with the key of the award
   */
  static Allotment of(Cause of, String rule, long desired, long granted) {
    return new Allotment(of.key(), of.at(), rule, desired, granted, Allotment.Why.CAP);
  }

  /** A decision as it would be if nothing bounded it; the same where nothing does. */
  static PinnedRule unbounded(Programme programme, PinnedRule decision) {
    Program version = decision == null ? null : programme.version(decision.programVersion());
    if (version == null) return decision;
    Multiplier times = version.rates().unbounded(decision.times());
    Grant grant = decision.grant();
    Multiplier with = grant == null ? null : version.rates().unbounded(grant.with());
    if (times == null && with == null) return decision;
    PinnedRule unbounded = times == null ? decision : decision.times(times);
    return with == null ? unbounded : unbounded.granting(grant.with(with));
  }
}
