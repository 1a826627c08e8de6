package omnipoints.points.rules;

import java.time.LocalDate;

/**
 * What a rule answers to that is neither a purchase nor an activity.
 *
 * @param at the date on which a scheduled rule gives, null of others
 */
public record Occasion(Occasion.Kind kind, LocalDate at) {

  /** What happened. */
  public enum Kind {
    /** a person's first member row was read */
    MEMBER,
    /** a date came */
    SCHEDULE,
    /** stored value was bought */
    TOPUP
  }

  /** {@code 每次储值}. */
  Said said() {
    return switch (kind) {
      case MEMBER -> new Said("新会员登记时", "for who registers ");
      case SCHEDULE ->
          new Said(
              at.getYear() + "年" + at.getMonthValue() + "月" + at.getDayOfMonth() + "日",
              "on " + at + " ");
      case TOPUP -> new Said("每次储值", "for each top-up ");
    };
  }
}
