package omnipoints.points.rules;

import java.time.temporal.ChronoUnit;

/** Days from the date a member joined to that of the event; unknown of what happened before. */
final class JoinedDaysFact implements Fact {
  @Override
  public String word() {
    return "joined_days";
  }

  @Override
  public Said said() {
    return new Said("入会天数", "days since joining");
  }

  @Override
  public Kind kind() {
    return Kind.DAYS;
  }

  @Override
  public Value of(Facts facts) {
    if (facts.member() == null || facts.member().joinedOn() == null) return null;
    long days = ChronoUnit.DAYS.between(facts.member().joinedOn(), facts.at().toLocalDate());
    return days < 0 ? null : Value.number(days);
  }
}
