package omnipoints.points;

import java.util.List;

/**
 * What the service desk and other members tell of one account tonight.
 *
 * @param states whether it is frozen or closed, and since when
 * @param transfers what it wants to give to others
 * @param arrivals what others give to it
 */
public record Desk(
    AccountStates states, List<Transfer> transfers, List<Transfer.Arrival> arrivals) {
  /** Nothing. */
  public static final Desk NOTHING = new Desk(AccountStates.ACTIVE, List.of(), List.of());
}
