package omnipoints.routes;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What to poll and how patiently.
 *
 * @param home the home directory: {@code inbox/}, {@code archive/} and {@code secrets/} are below
 *     it
 * @param sources polled in this order; several of one channel are normal
 * @param polls a file without a {@code .done} is accepted once size and time are equal in this many
 *     polls; at least 1
 * @param pollEvery pause between two polls
 * @param fileBytesMax larger files are refused as TOO_LARGE
 */
public record CollectorSettings(
    Path home, List<Transport> sources, int polls, Duration pollEvery, long fileBytesMax) {

  /** 4 GiB. */
  public static final long FILE_BYTES_MAX = 4L << 30;

  public CollectorSettings {
    home = home.toAbsolutePath().normalize();
    sources = List.copyOf(sources);
    if (polls < 1) {
      throw new IllegalArgumentException("collect.polls is " + polls + "; it must be at least 1");
    }
    if (pollEvery.isNegative()) {
      throw new IllegalArgumentException("collect.poll_seconds is negative: " + pollEvery);
    }
  }

  /** The same with the usual size limit of 4 GiB. */
  public CollectorSettings(Path home, List<Transport> sources, int polls, Duration pollEvery) {
    this(home, sources, polls, pollEvery, FILE_BYTES_MAX);
  }

  /** Where dropped files wait. */
  public Path inbox() {
    return home.resolve("inbox");
  }

  /** The archive of all bytes that ever arrived. */
  public Archive archive() {
    return new Archive(home.resolve("archive"));
  }

  Path secrets() {
    return home.resolve("secrets");
  }
}
