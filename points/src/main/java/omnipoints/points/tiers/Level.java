package omnipoints.points.tiers;

import java.util.List;

/**
 * A level of membership.
 *
 * @param benefits what the shop promises its members, as the file names it
 * @param passes what they hold while it is in force
 * @param line of the file
 */
public record Level(String id, Enter enter, List<String> benefits, List<String> passes, int line) {

  /** What is asked of who enters it: {@code 200000}, or {@code paid_net_fen=200000|orders=2}. */
  public String asked() {
    return enter.asked();
  }
}
