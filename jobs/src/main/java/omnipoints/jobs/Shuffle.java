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
  /** A few million rows in the heap of the launcher. */
  public static final Shuffle USUAL = new Shuffle(64, 8 << 20);
}
