package omnipoints.points.rules;

/** What stays of a grant when money of its cause goes back. */
public enum OnReturn {
  /** what the kept money would have earned */
  KEPT,
  /** granted − floor(granted × kept ÷ base at the award) is taken back */
  PROPORTIONAL,
  /** all of it is taken back once nothing of the order is kept */
  FULL,
  /** nothing is taken back */
  KEEP
}
