package omnipoints.jobs;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import omnipoints.points.LineTarget;

/**
 * What an award is worth to an account by now, on its way to {@link MemberPass}. Grain: one per
 * award and account.
 *
 * @param takes whether something may be taken from what it gave
 */
record TargetRow(
    String memberId,
    UUID orderKey,
    LocalDate firstNight,
    String channel,
    String shop,
    String orderNo,
    String lineKey,
    boolean owned,
    Instant earnedAt,
    long baseFen,
    String refunds,
    Instant completedAt,
    boolean afterSaleOpen,
    Integer pin,
    boolean pinned,
    Long granted,
    Long awardFen,
    long earned,
    long clawedBack,
    LocalDate debitOn,
    boolean takes) {

  /**
   * @param key of the order, or of what stands for one
   * @param firstNight whose leaf holds what is posted for it
   * @param debitOn the earliest date a debit out of it may carry
   * @param same whether its order is looked at again and says what it said: then it takes nothing
   */
  static TargetRow of(
      Night night,
      String member,
      UUID key,
      LocalDate firstNight,
      LineTarget line,
      long earned,
      long clawedBack,
      LocalDate debitOn,
      boolean same) {
    return new TargetRow(
        member,
        key,
        firstNight,
        line.key().channel(),
        line.key().shop(),
        line.key().order(),
        line.key().line(),
        line.owned(),
        line.earnedAt(),
        line.baseFen(),
        RefundSteps.write(line.refunds()),
        line.completedAt(),
        line.afterSaleOpen(),
        night.pins().offer(line.decision()),
        line.pinned(),
        line.award() == null ? null : (Long) line.award().granted(),
        line.award() == null ? null : (Long) line.award().baseFen(),
        earned,
        clawedBack,
        debitOn,
        !same && (earned > 0 || !line.refunds().isEmpty()));
  }
}
