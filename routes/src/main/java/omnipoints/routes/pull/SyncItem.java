package omnipoints.routes.pull;

import java.time.Instant;
import java.time.LocalDate;

/**
 * What a platform is told of one member. It stays as it is, however often it is sent.
 *
 * @param requestNo unique: the night and the token
 * @param shown by what the platform knows the member
 * @param before what it was told last, 0 where it was told nothing
 * @param points what the member may spend
 * @param level from 1
 * @param at as of when
 */
public record SyncItem(
    String requestNo,
    String shown,
    long before,
    long points,
    int level,
    LocalDate night,
    Instant at) {

  /** How many more, or fewer. */
  public long change() {
    return Math.subtractExact(points, before);
  }

  /** Without whom it is about. */
  @Override
  public String toString() {
    return requestNo;
  }
}
