package omnipoints.points.rules;

import java.time.LocalDate;

/**
 * What a rule answers to that is neither a purchase nor an activity.
 *
 * @param at the date on which a scheduled rule gives, null of others
 * @param next of a referral: whether the friend's next order counts when the first came back whole
 */
public record Occasion(Occasion.Kind kind, LocalDate at, boolean next) {

  /** What happened. */
  public enum Kind {
    /** a person's first member row was read */
    MEMBER,
    /** a date came */
    SCHEDULE,
    /** stored value was bought */
    TOPUP,
    /** a friend bought for the first time */
    REFERRAL;

    /** Whether money stands behind it that may go back. */
    boolean returns() {
      return this == TOPUP || this == REFERRAL;
    }
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
      case REFERRAL ->
          next
              ? new Said(
                  "好友首单（全退后由下一单递补）", "for a friend's first order, or the next when it came back, ")
              : new Said("好友首单", "for a friend's first order ");
    };
  }
}
