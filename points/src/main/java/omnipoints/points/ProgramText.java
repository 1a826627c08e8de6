package omnipoints.points;

import java.util.ArrayList;
import java.util.List;
import omnipoints.points.rules.Rational;
import omnipoints.points.rules.RuleText;
import omnipoints.points.rules.Said;

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
    sentences.add(hold(version.hold()));
    sentences.add(expiry(version.expiry()));
    sentences.add(
        new Said(
            "退货时，按当初的倍率扣回所退金额对应的积分。",
            "A return takes back the points of the returned amount, at the rate they were given."));
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
            case DAY -> rolling(n, new Said("天", "day"));
            case MONTH -> rolling(n, new Said("个月", "month"));
            case YEAR -> rolling(n, new Said("年", "year"));
          };
      case FIXED -> fixed(n, expiry.unit() == Program.ExpiryUnit.YEAR);
    };
  }

  private static Said rolling(int n, Said unit) {
    return new Said(
        "积分自到账之日起" + n + unit.zh() + "内有效。",
        "Points live for " + n + " " + unit.en() + (n == 1 ? "" : "s") + " from then on.");
  }

  private static Said fixed(int n, boolean year) {
    if (n == 1)
      return year
          ? new Said("积分在到账当年的12月31日失效。", "Points expire at the end of that calendar year.")
          : new Said("积分在到账当月的月底失效。", "Points expire at the end of that calendar month.");
    String zh = year ? "个自然年的12月31日" : "个自然月的月底";
    String en = year ? "calendar year" : "calendar month";
    return new Said(
        "积分在到账起第" + n + zh + "失效（到账当" + (year ? "年" : "月") + "为第1个）。",
        "Points expire at the end of the "
            + n
            + "th "
            + en
            + ", that of their arrival being the first.");
  }
}
