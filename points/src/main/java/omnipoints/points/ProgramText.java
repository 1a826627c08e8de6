package omnipoints.points;

import java.time.MonthDay;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import omnipoints.points.rules.Rational;
import omnipoints.points.rules.RuleText;
import omnipoints.points.rules.Said;
import omnipoints.points.tiers.TiersText;

/**
 * A version in the words a shop would print.
 *
 * @param sentences for members, in reading order
 * @param rules for staff, in the order of the file
 */
public record ProgramText(List<Said> sentences, List<RuleText> rules) {

  public static ProgramText of(Program version) {
    var sentences = new ArrayList<Said>();
    sentences.add(earn(version.earn()));
    for (RuleText rule : version.rates().told()) sentences.add(rule.said().sentence());
    for (Said said : version.rates().stackTold()) sentences.add(said.sentence());
    sentences.addAll(TiersText.of(version.tiers()));
    sentences.add(hold(version.hold()));
    sentences.add(expiry(version.expiry()));
    sentences.add(
        new Said(
            "退货时，按当初的倍率扣回所退金额对应的积分。",
            "A return takes back the points of the returned amount, at the rate they were given."));
    for (Said said : version.rates().returnsTold()) sentences.add(said.sentence());
    for (Said said : version.redeem().told()) sentences.add(said.sentence());
    Program.Transfers transfer = version.limits().transfer();
    if (transfer.perMonth() != null)
      sentences.add(
          new Said(
              "每月最多转赠" + transfer.perMonth() + "次。",
              "Points may be given to friends " + transfer.perMonth() + " times a month."));
    if (transfer.points() != null)
      sentences.add(
          new Said(
              "每月最多转赠" + transfer.points() + "积分。",
              "At most " + transfer.points() + " points a month may be given to friends."));
    if (transfer.minAgeDays() > 0)
      sentences.add(
          new Said(
              "入会满" + transfer.minAgeDays() + "天方可转赠。",
              "Points may be given to friends " + transfer.minAgeDays() + " days after joining."));
    if (!version.limits().frozen().earn())
      sentences.add(new Said("账户冻结期间不积分。", "A frozen account earns nothing."));
    if (!version.limits().frozen().expire())
      sentences.add(
          new Said(
              "账户冻结期间积分不过期，解冻当晚到期的积分失效。",
              "Points of a frozen account do not expire; what was due expires the night it is let go."));
    return new ProgramText(sentences, version.rates().told());
  }

  private static Said earn(Program.Earn earn) {
    String yuan = Rational.of(earn.perFen(), 100).decimal();
    boolean step = earn.mode() == PinnedRule.Mode.STEP;
    Said base =
        new Said(
            (step ? "每满" : "每消费") + yuan + "元积" + earn.points() + "分",
            (step ? "Every full ¥" : "Every ¥")
                + yuan
                + " earns "
                + earn.points()
                + (earn.points() == 1 ? " point" : " points"));
    boolean ofOrder = earn.scope() == Program.Scope.ORDER;
    Said each = ofOrder ? new Said("每单", "each order") : new Said("每件商品", "each line");
    Said rest =
        switch (earn.rounding()) {
          case FLOOR ->
              new Said(
                  "，" + each.zh() + "不足1分的部分舍去",
                  ", less than a point of " + each.en() + " is dropped");
          case ROUND ->
              new Said(
                  "，" + each.zh() + "的积分四舍五入",
                  ", the points of " + each.en() + " are rounded to the nearest");
          case CEIL ->
              new Said(
                  "，" + each.zh() + "不足1分的按1分计",
                  ", less than a point of " + each.en() + " counts as one");
        };
    return base.then(rest).sentence();
  }

  private static Said hold(Program.Hold hold) {
    boolean paid = hold.from() == Program.HoldFrom.PAID;
    Said since = paid ? new Said("付款", "an order was paid") : new Said("完成", "an order completes");
    Said days = new Said(hold.days() + "天", days(hold.days()));
    var zh = new StringBuilder("订单" + since.zh());
    var en = new StringBuilder("Points can be used ");
    zh.append(hold.days() == 0 ? "当天" : days.zh() + "后");
    en.append(hold.days() == 0 ? "from the day " : days.en() + " after ").append(since.en());
    hold.byOrderType().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            type -> {
              zh.append("（").append(type.getKey()).append(" 订单为").append(type.getValue());
              zh.append("天）");
              en.append(" (").append(days(type.getValue())).append(" for orders of kind ");
              en.append(type.getKey()).append(")");
            });
    zh.append(paid ? "，已完成且无售后时，积分到账。" : "且无售后时，积分到账。");
    en.append(paid ? ", once it is complete and" : ",");
    en.append(" unless an after-sale case is open.");
    return new Said(zh.toString(), en.toString());
  }

  private static String days(int n) {
    return n + (n == 1 ? " day" : " days");
  }

  private static Said expiry(Program.Expiry expiry) {
    int n = expiry.length();
    return switch (expiry.kind()) {
      case NEVER -> new Said("积分永久有效。", "Points never expire.");
      case ROLLING ->
          switch (expiry.unit()) {
            case DAY -> rolling(n, new Said("天", "day"), expiry.start());
            case MONTH -> rolling(n, new Said("个月", "month"), expiry.start());
            case YEAR -> rolling(n, new Said("年", "year"), expiry.start());
          };
      case FIXED -> fixed(n, expiry);
    };
  }

  private static Said rolling(int n, Said unit, Program.ExpiryStart start) {
    Said since = since(start, " from then on");
    return new Said(
        "积分自" + since.zh() + "之日起" + n + unit.zh() + "内有效。",
        "Points live for " + n + " " + unit.en() + (n == 1 ? "" : "s") + since.en() + ".");
  }

  private static Said since(Program.ExpiryStart start, String available) {
    return switch (start) {
      case AVAILABLE -> new Said("到账", available);
      case AWARD -> new Said("入账", " from the day they were booked");
      case PAID -> new Said("付款", " from the day of the payment");
    };
  }

  private static Said fixed(int n, Program.Expiry expiry) {
    boolean year = expiry.unit() == Program.ExpiryUnit.YEAR;
    MonthDay day = expiry.yearEnd() == null ? MonthDay.of(12, 31) : expiry.yearEnd();
    String dayZh = day.getMonthValue() + "月" + day.getDayOfMonth() + "日";
    String from =
        switch (expiry.start()) {
          case AVAILABLE -> " from then on.";
          case AWARD -> " after they were booked.";
          case PAID -> " after the payment.";
        };
    String zh =
        "积分在" + since(expiry.start(), "").zh() + "起第" + n + "个" + (year ? dayZh : "月底") + "失效。";
    String which = n == 1 ? "next" : ordinal(n);
    String en =
        "Points expire on the "
            + which
            + " "
            + (year
                ? day.getDayOfMonth()
                    + " "
                    + day.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH)
                : "end of a month")
            + from;
    return new Said(zh, en);
  }

  private static String ordinal(int n) {
    if (n % 100 / 10 == 1) return n + "th";
    return switch (n % 10) {
      case 1 -> n + "st";
      case 2 -> n + "nd";
      case 3 -> n + "rd";
      default -> n + "th";
    };
  }
}
