package omnipoints.points;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import omnipoints.facts.CodePoints;

/**
 * What members settle among each other in one order of time: who gets what there is only so much
 * of, each request met whole or not at all and only where nothing else speaks against it, and what
 * one member gives to another. What comes later never changes what came before, so that every
 * account is decided by what is settled so far. Pure but for what it asks.
 */
public final class SharedLane {
  private SharedLane() {}

  /**
   * A request for something of which there is only so much.
   *
   * @param qty how many, at least 1
   */
  public record Asked(String requestNo, String member, Instant at, String item, long qty) {}

  /**
   * A transfer from account to account.
   *
   * @param pace null where nobody counts
   */
  public record Given(String number, String giver, String receiver, Instant at, Pace pace) {}

  /**
   * How many transfers a day somebody is given without anybody looking.
   *
   * @param day local date
   * @param used how many earlier nights let through
   * @param released somebody has looked: it goes, and counts
   */
  public record Pace(String day, long most, long used, boolean released) {}

  /**
   * What is settled.
   *
   * @param outOfStock requests for which nothing is left
   * @param held transfers that go too fast
   * @param arrivals by receiver
   */
  public record Settled(
      Set<String> outOfStock, Set<String> held, Map<String, List<Transfer.Arrival>> arrivals) {
    /** Nothing was to be settled. */
    public static final Settled NOTHING = new Settled(Set.of(), Set.of(), Map.of());

    /** What arrives at an account. */
    public List<Transfer.Arrival> arrivalsOf(String member) {
      return arrivals.getOrDefault(member, List.of());
    }
  }

  /** What becomes of an account by what is settled so far. */
  @FunctionalInterface
  public interface Decide {
    MemberOutcome by(String member, Settled soFar);
  }

  private record Event(Instant at, boolean request, String number, Asked asked, Given given)
      implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int c = at.compareTo(other.at);
      // As in the night of one member: TRANSFER before REDEEM.
      if (c == 0) c = Boolean.compare(request, other.request);
      return c != 0 ? c : CodePoints.compare(number, other.number);
    }
  }

  /**
   * Settles them.
   *
   * @param asked requests for items of which not enough is left for all of them
   * @param left how many are left of each item, after what executed redemptions took; not changed
   */
  public static Settled settle(
      List<Asked> asked, List<Given> given, Map<String, Long> left, Decide decide) {
    List<Event> events = new ArrayList<>();
    for (Asked one : asked) events.add(new Event(one.at(), true, one.requestNo(), one, null));
    for (Given one : given) events.add(new Event(one.at(), false, one.number(), null, one));
    events.sort(null);
    Map<String, Long> rest = new HashMap<>(left);
    var settled = new Settled(new HashSet<>(), new HashSet<>(), new HashMap<>());
    Map<String, Long> paced = new HashMap<>();
    Map<String, MemberOutcome> outcomes = new HashMap<>();
    for (Event event : events) {
      String member = event.request() ? event.asked().member() : event.given().giver();
      if (!event.request() && tooFast(event.given(), paced)) {
        settled.held().add(event.number());
        outcomes.remove(member);
      }
      MemberOutcome outcome = outcomes.computeIfAbsent(member, m -> decide.by(m, settled));
      if (!event.request()) {
        if (!arrives(event.given(), outcome, settled)) continue;
        paced.merge(day(event.given()), 1L, Math::addExact);
        outcomes.remove(event.given().receiver());
        continue;
      }
      Asked one = event.asked();
      Redemption.Outcome decided = decided(one, outcome);
      // what is held takes nothing, but nothing else may speak against it
      boolean held = decided == Redemption.Outcome.HELD;
      if (decided != Redemption.Outcome.GRANTED && !held) continue;
      long there = rest.get(one.item());
      if (there >= one.qty()) {
        if (!held) rest.put(one.item(), there - one.qty());
      } else {
        // What it does not take, a later request of the member may.
        settled.outOfStock().add(one.requestNo());
        outcomes.remove(member);
      }
    }
    return settled;
  }

  private static String day(Given given) {
    return given.receiver() + " " + (given.pace() == null ? "" : given.pace().day());
  }

  private static boolean tooFast(Given given, Map<String, Long> paced) {
    Pace pace = given.pace();
    return pace != null
        && !pace.released()
        && pace.used() + paced.getOrDefault(day(given), 0L) >= pace.most();
  }

  /** What became of it, null where nothing was decided. */
  private static Redemption.Outcome decided(Asked one, MemberOutcome outcome) {
    for (MemberOutcome.RedemptionState state : outcome.redemptions())
      if (state.key().order().equals(one.requestNo())) return state.outcome();
    return null;
  }

  private static boolean arrives(Given given, MemberOutcome outcome, Settled settled) {
    for (MemberOutcome.TransferState state : outcome.transfers()) {
      if (!state.number().equals(given.number()) || !state.granted()) continue;
      settled
          .arrivals()
          .computeIfAbsent(given.receiver(), receiver -> new ArrayList<>())
          .add(new Transfer.Arrival(given.number(), given.at(), state.portions()));
      return true;
    }
    return false;
  }
}
