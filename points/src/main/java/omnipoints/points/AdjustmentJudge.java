package omnipoints.points;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import omnipoints.facts.CodePoints;
import omnipoints.facts.SignedNames;

/**
 * Whether adjustments may be booked: four eyes of the head office, six where they move much. A pure
 * function of the adjustments of one member, and of what was booked for him on their days.
 */
public final class AdjustmentJudge {

  /** Why one may not. */
  public enum Reason {
    /** a shop asks for it, which only the head office may */
    SOURCE_SHOP,
    /** nobody, or nobody of the head office, has asked for it */
    REQUESTED_BY,
    /** nobody has approved it, or somebody who is not of the head office */
    APPROVED_BY,
    /** one name stands for two people */
    SAME_PERSON,
    /** it is above the limit, or the day of the member is, and one alone approved it */
    SECOND_APPROVER,
    /** what it would give has no day left */
    EXPIRED
  }

  /**
   * An adjustment as it is asked for. Grain: one per adjustment number.
   *
   * @param requestedBy null for nobody, like {@code approvedBy}, which names two with a semicolon
   *     between them
   * @param sourceShop null for none
   * @param expires last day, null for that of the programme
   */
  public record Asked(
      String number,
      Instant at,
      long points,
      String requestedBy,
      String approvedBy,
      String sourceShop,
      LocalDate expires) {}

  /** What became of it: booked where nothing speaks against it. */
  public record Judged(Asked asked, Set<Reason> against) {
    /** Whether it is booked. */
    public boolean accepted() {
      return against.isEmpty();
    }
  }

  private final Set<String> hq;
  private final Long limit;
  private final ZoneId zone;
  private final LocalDate night;

  /**
   * @param hq names of the head office, without blanks around them and in lower case
   * @param limit points that one may approve, of one adjustment and of all of a member and day,
   *     given and taken; null for as many as one likes
   */
  public AdjustmentJudge(Set<String> hq, Long limit, ZoneId zone, LocalDate night) {
    this.hq = hq;
    this.limit = limit;
    this.zone = zone;
    this.night = night;
  }

  /**
   * Judges the adjustments of one member in the order of their time and number: what is booked
   * counts for those after it.
   *
   * @param before points booked so far by day, without their signs
   */
  public List<Judged> judge(List<Asked> asked, Map<LocalDate, Long> before) {
    Map<LocalDate, Long> moved = new HashMap<>(before);
    List<Judged> judged = new ArrayList<>(asked.size());
    List<Asked> ordered = new ArrayList<>(asked);
    ordered.sort(Comparator.comparing(Asked::at).thenComparing(Asked::number, CodePoints::compare));
    for (Asked one : ordered) {
      LocalDate day = LocalDate.ofInstant(one.at(), zone);
      long sum = Math.addExact(moved.getOrDefault(day, 0L), Math.abs(one.points()));
      Set<Reason> against = against(one, limit != null && sum > limit);
      if (against.isEmpty()) moved.put(day, sum);
      judged.add(new Judged(one, against));
    }
    return judged;
  }

  private Set<Reason> against(Asked one, boolean much) {
    Set<Reason> against = EnumSet.noneOf(Reason.class);
    if (one.sourceShop() != null) against.add(Reason.SOURCE_SHOP);
    List<String> requested = SignedNames.of(one.requestedBy());
    if (requested.size() != 1 || !hq.containsAll(requested)) against.add(Reason.REQUESTED_BY);
    List<String> approved = SignedNames.of(one.approvedBy());
    if (approved.isEmpty() || !hq.containsAll(approved)) against.add(Reason.APPROVED_BY);
    Set<String> people = new HashSet<>(requested);
    people.addAll(approved);
    if (people.size() < requested.size() + approved.size()) against.add(Reason.SAME_PERSON);
    if (much && approved.size() < 2) against.add(Reason.SECOND_APPROVER);
    boolean dead = one.expires() != null && one.expires().isBefore(night);
    if (one.points() > 0 && dead) against.add(Reason.EXPIRED);
    return against;
  }
}
