package omnipoints.points;

/**
 * What the service desk tells of one account tonight.
 *
 * @param states whether it is frozen or closed, and since when
 */
public record Desk(AccountStates states) {
  /** Nothing. */
  public static final Desk NOTHING = new Desk(AccountStates.ACTIVE);
}
