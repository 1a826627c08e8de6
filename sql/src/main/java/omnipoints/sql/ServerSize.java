package omnipoints.sql;

import java.lang.management.ManagementFactory;

/**
 * How much of the machine the local server takes. All sizes in MiB; the table in sql/README.md
 * shows what comes out and what to set on a server of one's own.
 *
 * @param sharedBuffers pages kept by the server itself
 * @param effectiveCache what the planner may expect to find in memory, file cache included
 * @param workMem of one sort or hash
 * @param maintenanceWorkMem of one index build
 * @param maxWal between two checkpoints
 * @param workers parallel workers of one statement
 */
record ServerSize(
    int sharedBuffers,
    int effectiveCache,
    int workMem,
    int maintenanceWorkMem,
    int maxWal,
    int workers) {

  /** For tests: many servers, few rows. */
  static final ServerSize SMALL = new ServerSize(128, 512, 16, 64, 1024, 1);

  /**
   * @param memory bytes of the machine or container
   * @param cores it may use
   */
  static ServerSize of(long memory, int cores) {
    int mib = (int) Math.min(memory >> 20, 1 << 20);
    return new ServerSize(
        between(128, mib / 6, 4096),
        between(256, mib / 2, 1 << 19),
        between(8, mib / 384, 64),
        between(32, mib / 64, 384),
        between(1024, mib / 4, 6144),
        between(0, cores - 1, 2));
  }

  /** Of the machine, or of the container this process runs in. */
  static ServerSize ofThisMachine() {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return of(system.getTotalMemorySize(), Runtime.getRuntime().availableProcessors());
  }

  private static int between(int least, int value, int most) {
    return Math.max(least, Math.min(value, most));
  }
}
