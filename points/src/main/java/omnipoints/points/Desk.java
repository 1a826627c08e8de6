package omnipoints.points;

import java.util.List;

/**
 * What the service desk and other members tell of one account tonight.
 *
 * @param states whether it is frozen or closed, and since when
 * @param transfers what it wants to give to others
 * @param arrivals what others give to it
 * @param writtenOff something that it owed was written off before
 */
public record Desk(
    AccountStates states,
    List<Transfer> transfers,
    List<Transfer.Arrival> arrivals,
    boolean writtenOff) {
  /** Of an account of which nothing was written off. */
  public Desk(AccountStates states, List<Transfer> transfers, List<Transfer.Arrival> arrivals) {
    this(states, transfers, arrivals, false);
  }

  /** Nothing. */
  public static final Desk NOTHING = new Desk(AccountStates.ACTIVE, List.of(), List.of());
}
