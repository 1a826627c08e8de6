package omnipoints.jobs;

import java.time.LocalDate;
import omnipoints.points.Allotment;

/** An award that got less than it desired. Grain: one per award. */
record AwardedRow(
    LocalDate night,
    String memberId,
    String rule,
    String causeType,
    String channel,
    String shop,
    String causeKey,
    long desired,
    long granted,
    String reason) {

  static AwardedRow of(Night night, String member, Allotment one) {
    return new AwardedRow(
        night.date(),
        member,
        one.rule(),
        one.causeType(),
        one.key().channel(),
        one.key().shop(),
        one.causeKey(),
        one.desired(),
        one.granted(),
        one.why().name());
  }
}
