package omnipoints.jobs;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import omnipoints.facts.RefundStep;
import omnipoints.points.Allotment;
import omnipoints.points.AwardKey;
import omnipoints.points.LineTarget;
import omnipoints.sql.Script;

/** What {@link Share} says, on its way to the accounts and to the report of what was bound. */
final class ShareTables implements AutoCloseable {

  static final Script SQL = Night.script("share");

  /**
   * What stands of an award.
   *
   * @param orderKey of its order, or of what stands for one
   * @param firstNight whose leaf holds it
   */
  record Stands(UUID orderKey, LocalDate firstNight, long earned, long clawedBack) {}

  private final Night night;
  private final NightRows<TargetRow> targets;
  private final NightRows<TargetRow> asks;
  private final NightRows<AwardedRow> awarded;
  private final Set<String> budgets;

  ShareTables(Night night) {
    this.night = night;
    targets = NightRows.own(night, "shared", TargetRow.class);
    awarded = NightRows.own(night, "awarded", AwardedRow.class);
    budgets = new HashSet<>(night.programme().budgetRules());
    asks = budgets.isEmpty() ? null : NightRows.own(night, "ask", TargetRow.class);
  }

  /** What is given first is asked of its rule's budget, if it has one. */
  void put(String member, LineTarget target, Stands stands) {
    if (!target.pinned() && hasBudget(target)) asks.put(row(member, target, stands));
    else give(member, target, stands);
  }

  private boolean hasBudget(LineTarget target) {
    String rule = AwardKey.rule(target.key().line());
    return budgets.contains(rule)
        && night.programme().bound(rule, target.earnedAt(), night.zone()).budget() != null;
  }

  void give(String member, LineTarget target, Stands stands) {
    targets.put(row(member, target, stands));
  }

  private TargetRow row(String member, LineTarget target, Stands stands) {
    LocalDate debitOn =
        stands.earned() == 0 ? night.date() : LocalDate.ofInstant(target.earnedAt(), night.zone());
    for (RefundStep step : target.refunds()) {
      LocalDate on = LocalDate.ofInstant(step.at(), night.zone());
      if (on.isBefore(debitOn)) debitOn = on;
    }
    return TargetRow.of(
        night,
        member,
        stands.orderKey(),
        stands.firstNight(),
        target,
        stands.earned(),
        stands.clawedBack(),
        debitOn,
        false);
  }

  void put(String member, Allotment one) {
    if (!one.bound()) return;
    awarded.put(AwardedRow.of(night, member, one));
  }

  /** Ends what is asked of budgets, so that they can be shared. */
  void asked() {
    if (asks != null) asks.finish();
  }

  void finish() {
    targets.finish();
    awarded.finish();
  }

  @Override
  public void close() {
    if (asks != null) asks.close();
    targets.close();
    awarded.close();
  }
}
