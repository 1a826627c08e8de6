package omnipoints.jobs;

import java.time.Instant;
import java.time.LocalDate;
import omnipoints.points.MemberOutcome;
import omnipoints.points.Redemption;

/**
 * What a night makes of a redemption. Grain: one per request number; of one that an earlier night
 * decided only {@code redeemed} and {@code restored} count.
 *
 * @param night tonight where it was decided, else the first day of all time
 */
record RedeemedRow(
    String requestNo,
    String memberId,
    LocalDate night,
    String mode,
    String item,
    long qty,
    Instant at,
    String orderChannel,
    String orderNo,
    String outcome,
    String refusal,
    long points,
    long shortfall,
    Integer entryN,
    Long balanceAfter,
    long owed,
    boolean beyond,
    long redeemed,
    long restored,
    LocalDate cancelledNight,
    boolean fast) {

  private static final LocalDate LONG_AGO = LocalDate.of(1, 1, 1);

  static RedeemedRow of(
      LocalDate night, MemberPass.Account account, MemberOutcome.RedemptionState state) {
    Spending.Row row = account.spending.row(state.key());
    MemberOutcome.Judged judged = state.judged();
    Redemption.Refusal refusal =
        judged == null
            ? null
            : judged.refusal() != null ? judged.refusal() : account.spending.unpriced(state.key());
    return new RedeemedRow(
        row.requestNo(),
        account.member,
        judged == null ? LONG_AGO : night,
        row.mode().name(),
        row.item(),
        row.qty(),
        row.at(),
        row.orderChannel(),
        row.orderNo(),
        state.outcome().name(),
        refusal == null ? null : refusal.name(),
        account.spending.points(state.key()),
        judged == null ? 0 : judged.shortfall(),
        judged == null || judged.entry() == null ? null : judged.entry().n(),
        judged == null ? null : judged.balanceAfter(),
        judged == null ? 0 : judged.owed(),
        judged != null && judged.beyond(),
        state.redeemed(),
        state.restored(),
        null,
        judged != null && judged.fast());
  }
}
