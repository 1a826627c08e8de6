package omnipoints.routes.simulator;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a simulated platform knows of its members: points, levels, which requests it has taken. */
public final class Members {
  private final Map<String, Long> points = new TreeMap<>();
  private final Map<String, Integer> levels = new TreeMap<>();
  private final Map<String, Long> asOf = new TreeMap<>();
  private final Map<String, Integer> taken = new TreeMap<>();
  private final Set<String> strangers = new HashSet<>();
  private final boolean countsOnce;
  private boolean refuse;
  private boolean lie;

  /** A platform where a number counts once. */
  public Members() {
    this(true);
  }

  /**
   * A platform.
   *
   * @param countsOnce a request of a number that was taken changes nothing
   */
  public Members(boolean countsOnce) {
    this.countsOnce = countsOnce;
  }

  /** Somebody the platform does not know, until he joins. */
  public synchronized void stranger(String who) {
    strangers.add(who);
  }

  /** He is known from now on. */
  public synchronized void joins(String who) {
    strangers.remove(who);
  }

  /** What each member has who was ever told of. */
  public synchronized Map<String, Long> points() {
    return new TreeMap<>(points);
  }

  /** The levels of members, where the platform is told of them. */
  public synchronized Map<String, Integer> levels() {
    return new TreeMap<>(levels);
  }

  /** How often each number has changed something. */
  public synchronized Map<String, Integer> taken() {
    return new TreeMap<>(taken);
  }

  /** Something other than a request changes what he has. */
  public synchronized void give(String who, long by) {
    points.merge(who, by, Math::addExact);
  }

  synchronized void change(String number, String who, long by) {
    if (countsOnce && taken.containsKey(number)) return;
    taken.merge(number, 1, Integer::sum);
    points.merge(who, by, Math::addExact);
  }

  /** What was true earlier than what is known changes nothing. */
  synchronized void state(String who, long now, int level, long at) {
    if (asOf.getOrDefault(who, 0L) > at) return;
    asOf.put(who, at);
    points.put(who, now);
    levels.put(who, level);
  }

  synchronized void took(String number) {
    taken.putIfAbsent(number, 1);
  }

  synchronized boolean refuses(String who) {
    boolean now = refuse;
    refuse = false;
    return now || strangers.contains(who);
  }

  synchronized boolean refuseNext() {
    refuse = true;
    return true;
  }

  synchronized boolean lieNext() {
    lie = true;
    return true;
  }

  /** What an answer says that he has. */
  synchronized long told(String who) {
    long wrong = lie ? 7 : 0;
    lie = false;
    return points.getOrDefault(who, 0L) + wrong;
  }
}
