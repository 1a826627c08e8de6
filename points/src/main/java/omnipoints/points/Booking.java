package omnipoints.points;

import java.time.Instant;
import omnipoints.facts.LineKey;

/**
 * One thing to book tonight, at its place in the night's order: time, kind, source key; {@code
 * after} places what must directly follow (or precede) another booking of its line without changing
 * its own effective time.
 */
record Booking(
    Act act,
    Instant at,
    int rank,
    LineKey source,
    int after,
    Instant effectiveAt,
    WorkLine line,
    long points)
    implements Comparable<Booking> {

  /** What is booked. */
  enum Act {
    RELEASE,
    EARN,
    CLAWBACK,
    ORPHAN_CLAWBACK,
    REDEEM,
    RESTORE,
    ADJUST,
    GIVE,
    ARRIVE,
    CLOSE,
    OPENING
  }

  static final int RELEASE_RANK = 0;
  static final int EARN_RANK = 1;
  static final int RESTORE_RANK = 2;
  static final int ADJUST_UP_RANK = 3;
  static final int CLAWBACK_RANK = 4;
  static final int ADJUST_DOWN_RANK = 5;
  static final int TRANSFER_RANK = 6;
  static final int REDEEM_RANK = 7;

  /** WRITE_OFF and FORFEIT of an account that is closed. */
  static final int CLOSE_RANK = 8;

  /** Behind every other kind: an opening is compared with what the night made of the account. */
  static final int OPENING_RANK = 10;

  @Override
  public int compareTo(Booking other) {
    int c = at.compareTo(other.at);
    if (c == 0) c = Integer.compare(rank, other.rank);
    if (c == 0) c = source.compareTo(other.source);
    return c != 0 ? c : Integer.compare(after, other.after);
  }

  /** A booking of the same line directly after this one. */
  Booking then(Act next, int distance, Instant effective, long nextPoints) {
    return new Booking(next, at, rank, source, after + distance, effective, line, nextPoints);
  }
}
