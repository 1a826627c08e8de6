package omnipoints.jobs;

/** What a step tells of itself: rows it read, wrote and rejected. */
record Counts(long read, long written, long rejected) {
  static final Counts NOTHING = new Counts(0, 0, 0);
}
