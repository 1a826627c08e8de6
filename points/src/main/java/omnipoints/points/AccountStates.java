package omnipoints.points;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether an account is frozen or closed, moment by moment, as documents that count say it. Of
 * members that merged the stricter state holds, until a document says otherwise of the account.
 */
public final class AccountStates {

  /** Of an account, the stricter the later. */
  public enum State {
    ACTIVE,
    FROZEN,
    CLOSED
  }

  /**
   * From that moment on.
   *
   * @param birth the member of whom it is said
   * @param tonight whether no earlier night knew
   */
  public record Change(String birth, Instant at, State state, boolean tonight) {}

  /** Nobody ever said anything. */
  public static final AccountStates ACTIVE = new AccountStates(List.of());

  private final List<Change> changes;

  private AccountStates(List<Change> changes) {
    this.changes = changes;
  }

  /** Those changes, in any order; two of one member and moment make the stricter state. */
  public static AccountStates of(List<Change> changes) {
    return changes.isEmpty() ? ACTIVE : new AccountStates(List.copyOf(changes));
  }

  boolean isEmpty() {
    return changes.isEmpty();
  }

  /** What holds at that moment. */
  public State at(Instant moment) {
    if (changes.isEmpty()) return State.ACTIVE;
    Map<String, Change> last = new HashMap<>();
    for (Change change : changes)
      if (!change.at().isAfter(moment)) last.merge(change.birth(), change, AccountStates::later);
    State strictest = State.ACTIVE;
    for (Change change : last.values())
      if (change.state().compareTo(strictest) > 0) strictest = change.state();
    return strictest;
  }

  /**
   * Whether something of that moment may be awarded for the first time.
   *
   * @param end the last second of the night
   * @param frozen what accounts still do that somebody froze
   */
  public boolean earns(Instant moment, Instant end, Program.Frozen frozen) {
    if (changes.isEmpty()) return true;
    if (at(end) == State.CLOSED) return false;
    return switch (at(moment)) {
      case ACTIVE -> true;
      case FROZEN -> frozen.earn();
      case CLOSED -> false;
    };
  }

  private static Change later(Change a, Change b) {
    int c = a.at().compareTo(b.at());
    if (c == 0) c = a.state().compareTo(b.state());
    return c < 0 ? b : a;
  }

  /** Moments of which tonight knows first that the account is closed from then on. */
  List<Instant> closings() {
    if (changes.isEmpty()) return List.of();
    List<Instant> closings = new ArrayList<>(1);
    for (Change change : changes)
      if (change.tonight()
          && change.state() == State.CLOSED
          && at(change.at()) == State.CLOSED
          && !closings.contains(change.at())) closings.add(change.at());
    return closings;
  }

  /** Whether it ever was closed, so that what it owed may have been written off. */
  boolean everClosed() {
    for (Change change : changes) if (change.state() == State.CLOSED) return true;
    return false;
  }

  /** Since when it is closed that is closed at that moment. */
  Instant closedSince(Instant moment) {
    Instant since = moment;
    for (Change change : changes)
      if (change.state() == State.CLOSED
          && !change.at().isAfter(moment)
          && (since.equals(moment) || change.at().isAfter(since))) since = change.at();
    return since;
  }
}
