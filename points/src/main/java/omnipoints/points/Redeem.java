package omnipoints.points;

/**
 * What a programme says of points that are spent.
 *
 * @param graceDays how long points live that come back although their lot has died; with 0 they die
 *     at once
 */
public record Redeem(int graceDays) {
  /** Of a programme that says nothing. */
  public static final Redeem NONE = new Redeem(0);
}
