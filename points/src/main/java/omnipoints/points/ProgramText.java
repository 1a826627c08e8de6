package omnipoints.points;

import java.time.MonthDay;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
    for (Said said : version.redeem().told()) sentences.add(said.sentence());
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
    Said rest =
        switch (earn.rounding()) {
          case FLOOR -> new Said("，每件商品不足1分的部分舍去", ", less than a point of each line is dropped");
          case ROUND ->
              new Said("，每件商品的积分四舍五入", ", the points of each line are rounded to the nearest");
          case CEIL -> new Said("，每件商品不足1分的按1分计", ", less than a point of each line counts as one");
        };
    return base.then(rest).sentence();
  }

  private static Said hold(Program.Hold hold) {
    if (hold.days() == 0)
      return new Said(
          "订单完成当天且无售后时，积分到账。",
          "Points can be used from the day an order completes, unless an after-sale case is open.");
    return new Said(
        "订单完成" + hold.days() + "天后且无售后时，积分到账。",
        "Points can be used "
            + hold.days()
            + (hold.days() == 1 ? " day" : " days")
            + " after an order completes, unless an after-sale case is open.");
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
    boolean award = start == Program.ExpiryStart.AWARD;
    return new Said(
        "积分自" + (award ? "入账" : "到账") + "之日起" + n + unit.zh() + "内有效。",
        "Points live for "
            + n
            + " "
            + unit.en()
            + (n == 1 ? "" : "s")
            + (award ? " from the day they were booked." : " from then on."));
  }

  private static Said fixed(int n, Program.Expiry expiry) {
    boolean award = expiry.start() == Program.ExpiryStart.AWARD;
    boolean year = expiry.unit() == Program.ExpiryUnit.YEAR;
    MonthDay day = expiry.yearEnd() == null ? MonthDay.of(12, 31) : expiry.yearEnd();
    String dayZh = day.getMonthValue() + "月" + day.getDayOfMonth() + "日";
    String from = award ? "入账" : "到账";
    String zh = "积分在" + from + "起第" + n + "个" + (year ? dayZh : "月底") + "失效。";
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
            + (award ? " after they were booked." : " from then on.");
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
