package omnipoints.jobs;

import java.util.List;
import omnipoints.facts.OrderKeys;
import omnipoints.points.AccountStates;
import omnipoints.points.Desk;
import omnipoints.points.SharedLane;
import omnipoints.points.Transfer;

/**
 * What members settled among each other, on its way to their accounts.
 *
 * @param transfers what they want to give
 */
record Between(Transfers transfers, SharedLane.Settled settled) {

  /** What the night tells of one account; where points arrive it learns to key their lots. */
  Desk desk(MemberPass.Account account) {
    List<Transfer.Arrival> arrivals = settled.arrivalsOf(account.member);
    if (!arrivals.isEmpty()) {
      var keys = new OrderKeys();
      for (Transfer.Arrival arrival : arrivals)
        for (Transfer.Portion portion : arrival.portions()) account.keyed(portion.line(), keys);
    }
    return new Desk(
        AccountStates.of(account.states),
        transfers.of(account.member, settled.held()),
        List.copyOf(arrivals),
        account.writtenOff);
  }
}
