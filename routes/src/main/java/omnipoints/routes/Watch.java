package omnipoints.routes;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * One source over the polls of a collection: what was taken, what is worth another look, what
 * failed. Polled by one thread at a time.
 */
final class Watch {
  private final Desk desk;
  private final String channel;
  private final Sightings sightings;
  private final Map<String, Fingerprint> taken = new HashMap<>();
  private final Set<String> resting = new TreeSet<>();
  private final Map<String, String> moving = new HashMap<>();
  private final Leftovers left = new Leftovers();
  private final Consumer<SourceFailure> failures;
  private volatile SourceFailure failure;
  private SourceFailure.Kind lastPollFailed;
  private boolean lost;

  /**
   * {@code failures} is called when polls begin to fail, not again until one has worked or failed
   * otherwise.
   */
  Watch(Desk desk, String channel, int pollsToRest, Consumer<SourceFailure> failures) {
    this.failures = failures;
    this.desk = desk;
    this.channel = channel;
    this.sightings = new Sightings(pollsToRest);
  }

  Desk desk() {
    return desk;
  }

  /** Begins a poll. */
  void nextPoll() {
    lastPollFailed = failure == null ? null : failure.kind();
    sightings.nextPoll();
    tryAgain();
  }

  /** Begins another attempt of the same poll. */
  void tryAgain() {
    resting.clear();
    left.clear();
    failure = null;
    lost = false;
  }

  /**
   * Whether files may still be taken: not once the source was lost in this attempt or the desk
   * closed.
   */
  boolean isOpen() {
    return !lost && !desk.isClosed();
  }

  /** The source, or our side, failed: nothing more is to be had in this attempt. */
  void lose(SourceFailure why) {
    lost = true;
    fail(why);
  }

  /** One file failed; the others go on. The first failure of an attempt is the one that is told. */
  void fail(SourceFailure why) {
    if (failure == null) {
      failure = why;
      if (why.kind() != lastPollFailed) {
        failures.accept(why);
      }
    }
  }

  SourceFailure failure() {
    return failure;
  }

  /** Whether some file may come to rest if we look again. */
  boolean isWaiting() {
    return failure == null && !resting.isEmpty();
  }

  /** Whether this file, looking like that, is complete and not taken yet. */
  boolean isReady(String file, Fingerprint now, Marker marker) {
    if (now.equals(taken.get(file))) {
      return false;
    }
    String name = FileName.printable(file);
    switch (marker.kind()) {
      case COMPLETE, HASH -> {
        return true;
      }
      case BAD -> {
        leave(
            new Notice(
                Notice.Kind.BAD_MARKER,
                channel,
                null,
                name,
                "its .done is neither empty nor a SHA-256 in hex, so the file is left where it is",
                "have the sender write an empty .done, or the hash of the complete file"));
        return false;
      }
      case NONE -> {
        return isAtRest(file, name, now);
      }
    }
    throw new AssertionError(marker.kind());
  }

  private boolean isAtRest(String file, String name, Fingerprint now) {
    switch (sightings.look(file, now)) {
      case AT_REST -> {
        moving.remove(file);
        return true;
      }
      case RESTING -> resting.add(file);
      case MOVING -> moving.put(file, name);
    }
    return false;
  }

  void taken(String file, Fingerprint as) {
    taken.put(file, as);
    sightings.forget(file);
    moving.remove(file);
  }

  /** Says that a file stays where it lies, and why. */
  void leave(Notice notice) {
    desk.say(notice);
    left.add(notice);
  }

  /** Says that nobody looks into a folder, and why its files stay there. */
  void leaveFolder(Notice notice, Path folder) {
    desk.say(notice);
    left.addFolder(notice, folder);
  }

  /** What lay there when this source was looked at last. */
  List<Left> left() {
    return left.all();
  }

  /** The file is gone from its source; another of its name is a new one. */
  void removed(String file) {
    taken.remove(file);
  }

  /** The file changed under our hands: what we copied does not count. */
  void changedWhileCopying(String file) {
    sightings.forget(file);
    moving.put(file, FileName.printable(file));
  }

  /** Says which files were not waited for. */
  void sayLeftBehind() {
    moving.values().stream()
        .sorted()
        .forEach(
            name ->
                leave(
                    new Notice(
                        Notice.Kind.NOT_SETTLED,
                        channel,
                        null,
                        name,
                        "it came or changed while we looked, so it may not be complete; it is left where it is",
                        "it is taken by the next collection once it rests; an empty "
                            + name
                            + ".done makes that at once")));
  }
}
