package omnipoints.jobs;

import java.time.Duration;

/** Where a running night tells how far it is. Calls come from the night's own thread. */
public interface Progress {

  /** A step begins. */
  void step(String name);

  /**
   * Something the operator should know that stops nothing: a file left in the inbox, a folder of no
   * channel.
   */
  default void note(String text) {}

  /**
   * @param done rows handled so far in this step
   * @param total rows expected, 0 when unknown
   */
  void rows(long done, long total);

  /** The step has ended well. */
  void done(String name, long read, long written, long rejected, Duration took);

  /** Says nothing. */
  Progress SILENT =
      new Progress() {
        @Override
        public void step(String name) {}

        @Override
        public void rows(long done, long total) {}

        @Override
        public void done(String name, long read, long written, long rejected, Duration took) {}
      };
}
