package omnipoints.jobs;

/**
 * A share of the members for rolling checks: members {@code from} (inclusive) to {@code to}
 * (exclusive), as text. Neighbours lie together in every table that is searched by member, so a
 * share costs its own pages and not those of everybody.
 */
record MemberShare(String from, String to) {

  /** Greater than every member. */
  private static final String END = "N";

  /** All of them. */
  static final MemberShare ALL = new MemberShare("", END);

  /**
   * @param newest the greatest member, null if there is none
   * @param share from 0 to {@code shares} − 1
   */
  static MemberShare of(String newest, int share, int shares) {
    if (newest == null) return ALL;
    long members = Long.parseLong(newest.substring(1));
    String from = share == 0 ? "" : member(members * share / shares + 1);
    String to = share == shares - 1 ? END : member(members * (share + 1) / shares + 1);
    return new MemberShare(from, to);
  }

  private static String member(long number) {
    return String.format("M%011d", number);
  }
}
