package omnipoints.jobs;

import java.time.Duration;
import java.time.LocalDate;

/** Where a running night tells how far it is. Calls come from the night's own thread. */
public interface Progress {

  /**
   * A night begins.
   *
   * @param nights how many this call runs, the missing ones before the requested date included
   */
  default void night(LocalDate date, int nights) {}

  /** That night has ended, well or not. */
  default void over() {}

  /** A step begins. */
  void step(String name);

  /** How long the step that began may take, from what it took when it ran last. */
  default void expected(Duration whole) {}

  /** What the step is at, where it cannot count: the name of a statement, a check or a file. */
  default void doing(String what) {}

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

  /**
   * @param done bytes of files read so far in this step
   * @param total bytes of all its files
   */
  default void bytes(long done, long total) {}

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
