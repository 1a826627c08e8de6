package omnipoints.routes;

import java.util.HashMap;
import java.util.Map;

/**
 * Remembers how the files of one source looked in earlier polls, and so knows when one has come to
 * rest. Not thread-safe: a source is polled by one thread at a time.
 */
final class Sightings {
  private final int pollsToRest;
  private final Map<String, Sighting> byFile = new HashMap<>();
  private int poll;

  /** A file is at rest once it looked the same in {@code pollsToRest} polls running. */
  Sightings(int pollsToRest) {
    this.pollsToRest = pollsToRest;
  }

  enum State {
    /** Unchanged over enough polls. */
    AT_REST,
    /** Unchanged since the first poll, but not long enough: look again. */
    RESTING,
    /** Came or changed after the first poll: not worth waiting for in a single collection. */
    MOVING
  }

  private record Sighting(Fingerprint fingerprint, int equalPolls, int lastPoll) {}

  /** Begins the next poll; looking at a file several times within one poll counts once. */
  void nextPoll() {
    poll++;
    // A file that was not there in the last poll begins anew when it comes back.
    byFile.values().removeIf(seen -> seen.lastPoll < poll - 1);
  }

  State look(String file, Fingerprint now) {
    Sighting seen = byFile.get(file);
    int equalPolls;
    if (seen == null || !seen.fingerprint.equals(now)) {
      equalPolls = 1;
    } else {
      equalPolls = seen.equalPolls + (seen.lastPoll == poll ? 0 : 1);
    }
    byFile.put(file, new Sighting(now, equalPolls, poll));
    if (equalPolls >= pollsToRest) {
      return State.AT_REST;
    }
    return equalPolls == poll ? State.RESTING : State.MOVING;
  }

  void forget(String file) {
    byFile.remove(file);
  }
}
