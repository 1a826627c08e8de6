package omnipoints.bench;

import java.util.List;

/**
 * One night of the product or of the script.
 *
 * @param steps in order
 * @param walBytes written to the log of the database
 * @param grownBytes by which the database grew
 * @param heapBytes most heap in use after a collection that emptied the young part, 0: unknown
 * @param liveBytes most heap in use after a collection of everything, 0: unknown
 */
record Measured(
    String who,
    List<Step> steps,
    Meter.Seen seen,
    long walBytes,
    long grownBytes,
    long heapBytes,
    long liveBytes) {

  /** A step and its wall seconds. */
  record Step(String name, double seconds) {}

  double seconds() {
    return seen.seconds();
  }

  double cpu() {
    return seen.serverCpu() + seen.processCpu();
  }
}
