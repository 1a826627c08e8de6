package omnipoints.points;

import omnipoints.points.rules.Multiplier;

/** What a bound on multipliers takes of rates of lines. Pure. */
public final class Capped {
  private Capped() {}

  /** What a line's first award was given and would have been given; null where nothing bound it. */
  public static Allotment of(Programme programme, LineTarget target) {
    PinnedRule decision = target.decision();
    if (target.pinned() || !target.owned() || target.baseFen() <= 0 || decision == null)
      return null;
    boolean ofLine = AwardKey.type(target.key()) == MemberOutcome.CauseType.LINE;
    if (!ofLine || decision.grant() != null || target.award() != null) return null;
    Program version = programme.version(decision.programVersion());
    Multiplier unbounded = version == null ? null : version.rates().unbounded(decision.times());
    if (unbounded == null) return null;
    return new Allotment(
        target.key(),
        target.earnedAt(),
        decision.rule(),
        Earning.points(decision.times(unbounded), target.baseFen()),
        Earning.points(decision, target.baseFen()),
        Allotment.Why.CAP);
  }
}
