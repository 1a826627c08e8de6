package omnipoints.jobs;

import java.nio.file.Path;
import java.util.Map;

/**
 * A home before the second of three nights, and how that night ends where nothing befalls it: what
 * is done to copies of the home is held against it.
 */
final class KnownNight implements AutoCloseable {

  private final Path dir;
  final TestHome prepared;
  private int copies;

  /** Every table and file after the night. */
  final Map<String, String> reference;

  KnownNight(Path dir) {
    this.dir = dir;
    prepared = ThreeNights.beforeTheSecond(ThreeNights.home(dir.resolve("prepared")));
    try (TestHome unbroken = copy()) {
      unbroken.night(ThreeNights.SECOND);
      reference = Snapshot.of(unbroken, ThreeNights.SECOND);
    }
  }

  TestHome copy() {
    return prepared.copy(dir.resolve("copy-" + ++copies));
  }

  @Override
  public void close() {
    prepared.close();
  }
}
