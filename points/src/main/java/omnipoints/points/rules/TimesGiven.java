package omnipoints.points.rules;

/** A factor whose extra points stand for themselves, as they have terms of their own. */
public record TimesGiven(Gives gives) implements Given {
  @Override
  public Said said() {
    return gives.said();
  }
}
