package omnipoints.points.rules;

import java.time.format.DateTimeFormatter;

/** Month and day of birth, {@code MM-dd}. */
final class BirthdayFact implements Fact {
  @Override
  public String word() {
    return "birthday";
  }

  @Override
  public Said said() {
    return new Said("生日", "the birthday");
  }

  @Override
  public Kind kind() {
    return Kind.MONTH_DAY;
  }

  @Override
  public Value of(Facts facts) {
    if (facts.member() == null || facts.member().birthday() == null) return null;
    return new Value.Text(facts.member().birthday().format(DateTimeFormatter.ofPattern("MM-dd")));
  }
}
