package omnipoints.routes;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Where all sources of one collection hand in: archives, registers, tells. Thread-safe; of a closed
 * desk nothing leaves its source any more.
 */
final class Desk {
  // Remembered only to say a thing once; when there are more, saying one twice is the smaller evil.
  private static final int NOTICES_REMEMBERED = 10_000;

  private final Archive archive;
  private final long fileBytesMax;
  private final Consumer<Arrival> register;
  private final Consumer<Notice> notices;
  private final Set<Notice> said = new HashSet<>();
  private volatile boolean closed;
  private volatile RuntimeException refusal;

  Desk(CollectorSettings settings, Consumer<Arrival> register, Consumer<Notice> notices) {
    this.archive = settings.archive();
    this.fileBytesMax = settings.fileBytesMax();
    this.register = register;
    this.notices = notices;
  }

  Archive archive() {
    return archive;
  }

  long fileBytesMax() {
    return fileBytesMax;
  }

  boolean isClosed() {
    return closed;
  }

  void close() {
    closed = true;
  }

  /** Hands an arrival over; when this returns it is registered and may leave its source. */
  void register(Arrival arrival) throws NotRegistered {
    try {
      register.accept(arrival);
    } catch (RuntimeException e) {
      refusal = e;
      throw new NotRegistered(e);
    }
  }

  void say(Notice notice) {
    synchronized (said) {
      if (said.size() >= NOTICES_REMEMBERED) {
        said.clear();
      }
      if (!said.add(notice)) {
        return;
      }
    }
    notices.accept(notice);
  }

  /** What the caller's registration threw last, or null. */
  RuntimeException refusal() {
    return refusal;
  }

  /** The caller could not register an arrival; its file stays in its source. */
  static final class NotRegistered extends Exception {
    NotRegistered(RuntimeException cause) {
      super(cause);
    }
  }
}
