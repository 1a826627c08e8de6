package omnipoints.files;

/**
 * How much one arrival may grow while it is unpacked, however it nests. One per reading of one
 * file, never shared: a limit that trips here is nobody else's limit. Counts what really comes out,
 * not what headers promise.
 */
final class InflationBudget {
  /** Bytes a packed file may hold before its ratio is looked at. */
  private static final long RATIO_FREE_BYTES = 16L << 20;

  /** Sheets of equal rows reach a few hundred; the method itself ends at about 1030. */
  private static final long RATIO_MAX = 600;

  private final String where;
  private final Limits limits;
  private long bytes;
  private int members;
  private boolean exhausted;

  InflationBudget(String where, Limits limits) {
    this.where = where;
    this.limits = limits;
  }

  /** Takes note of {@code count} more members. */
  void members(int count) {
    members += count;
    if (members <= limits.members()) return;
    exhausted = true;
    throw Refusals.tooLarge(
        where,
        "it holds " + members + " members, the mapping allows " + limits.members(),
        "members");
  }

  /** Takes note of {@code more} bytes, the last of {@code ofMember} that came out of one member. */
  void inflated(long more, long ofMember, long packed, String member) {
    bytes += more;
    if (bytes > limits.inflatedBytes()) {
      exhausted = true;
      throw Refusals.tooLarge(
          where,
          "unpacked it has more than the " + limits.inflatedBytes() + " bytes the mapping allows",
          "inflated_mib");
    }
    if (ofMember > limits.fileBytes()) {
      throw Refusals.tooLarge(
          member,
          "unpacked it has more than the " + limits.fileBytes() + " bytes the mapping allows",
          "file_mib");
    }
    if (packed > 0 && ofMember > RATIO_FREE_BYTES && ofMember / packed > RATIO_MAX) {
      throw Refusals.tooLarge(
          member,
          "it unpacks to more than " + RATIO_MAX + " times its size, as only a bomb does",
          "file_mib");
    }
  }

  /** Whether the arrival as a whole is beyond its limits, not just one member. */
  boolean exhausted() {
    return exhausted;
  }
}
