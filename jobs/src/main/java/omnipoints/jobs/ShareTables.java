package omnipoints.jobs;

import java.time.LocalDate;
import java.util.UUID;
import omnipoints.facts.RefundStep;
import omnipoints.points.Allotment;
import omnipoints.points.LineTarget;
import omnipoints.sql.Script;

/** What {@link Share} says, on its way to the accounts and to the report of what was bound. */
final class ShareTables implements AutoCloseable {

  static final Script SQL = Night.script("share");

  /** An award that got less than it desired. Grain: one per award. */
  private record AwardedRow(
      LocalDate night,
      String memberId,
      String rule,
      String causeType,
      String causeKey,
      long desired,
      long granted,
      String reason) {}

  /**
   * What stands of an award.
   *
   * @param orderKey of its order, or of what stands for one
   * @param firstNight whose leaf holds it
   */
  record Stands(UUID orderKey, LocalDate firstNight, long earned, long clawedBack) {}

  private final Night night;
  private final NightRows<TargetRow> targets;
  private final NightRows<AwardedRow> awarded;

  ShareTables(Night night) {
    this.night = night;
    targets = NightRows.own(night, "shared", TargetRow.class);
    awarded = NightRows.own(night, "awarded", AwardedRow.class);
  }

  void put(String member, LineTarget target, Stands stands) {
    LocalDate debitOn =
        stands.earned() == 0 ? night.date() : LocalDate.ofInstant(target.earnedAt(), night.zone());
    for (RefundStep step : target.refunds()) {
      LocalDate on = LocalDate.ofInstant(step.at(), night.zone());
      if (on.isBefore(debitOn)) debitOn = on;
    }
    targets.put(
        TargetRow.of(
            night,
            member,
            stands.orderKey(),
            stands.firstNight(),
            target,
            stands.earned(),
            stands.clawedBack(),
            debitOn));
  }

  void put(String member, Allotment one) {
    if (!one.bound()) return;
    awarded.put(
        new AwardedRow(
            night.date(),
            member,
            one.rule(),
            one.causeType(),
            one.causeKey(),
            one.desired(),
            one.granted(),
            one.why().name()));
  }

  void finish() {
    targets.finish();
    awarded.finish();
  }

  @Override
  public void close() {
    targets.close();
    awarded.close();
  }
}
