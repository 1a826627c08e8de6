package omnipoints.points;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import omnipoints.facts.LineKey;

/**
 * Points that a member asks to give to another, as the giver's account sees it. Grain: one per
 * transfer number.
 *
 * @param against what already speaks against it, whatever the account holds
 * @param held it goes too fast for the receiver, and waits for a person unless it is refused
 * @param month what is counted together, and what earlier nights gave in it
 */
public record Transfer(
    String number, Instant at, long points, Set<Refusal> against, InMonth month, boolean held) {

  /** Why it is refused. Of several that hold the first one is told. */
  public enum Refusal {
    /** the receiver is nobody he is known to have as a friend */
    RELATION,
    /** one of the two accounts is frozen or closed */
    FROZEN,
    /** the giver owes points */
    DEBT,
    /** the giver has given as often, or as much, as he may in a month, or joined too late */
    LIMIT,
    /** the account holds too few points */
    SHORT
  }

  /**
   * What the giver gave in the calendar month of it.
   *
   * @param month such as 2026-03
   * @param mostCount how often he may, null for any number
   * @param mostPoints how much he may, null for any number
   */
  public record InMonth(
      String month, Long mostCount, Long mostPoints, long usedCount, long usedPoints) {}

  /** Points of one origin and life. */
  public record Portion(LineKey line, long points, LocalDate availableOn, LocalDate expiresOn) {}

  /**
   * Points that arrive at the receiver.
   *
   * @param portions in the order in which they were taken
   */
  public record Arrival(String number, Instant at, List<Portion> portions) {}

  /** The key it stands under among order lines: no order is of the programme. */
  public static LineKey key(String number) {
    return new LineKey("program", "", "TRANSFER", number);
  }
}
