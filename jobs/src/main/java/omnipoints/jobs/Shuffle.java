package omnipoints.jobs;

/**
 * How the rows of a night are cut on their way from read to join. What comes out does not depend on
 * it.
 *
 * @param ranges files that scratch is cut into by order number
 * @param batchBytes bytes of scratch that are worth a round of statements; two batches at a time
 *     must fit in the heap
 */
public record Shuffle(int ranges, long batchBytes) {
  /** What is in memory of a night does not grow with it, up to some million rows. */
  public static final Shuffle USUAL = new Shuffle(128, 2 << 20);
}
