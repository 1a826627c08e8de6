package omnipoints.points.tiers;

import java.util.ArrayList;
import java.util.List;
import omnipoints.points.rules.Rational;
import omnipoints.points.rules.Said;

/** Tiers in the words a shop would print. */
public final class TiersText {
  private static final Said OR = new Said("或", " or ");
  private static final Said AND = new Said("且", " and ");

  private TiersText() {}

  /** Sentences in reading order; none where there are no tiers. */
  public static List<Said> of(Tiers tiers) {
    var said = new ArrayList<Said>();
    for (Level level : tiers.levels()) {
      said.add(level(tiers, level).sentence());
    }
    if (tiers.isEmpty()) return said;
    if (tiers.keep() != null) {
      int days = tiers.keep().days();
      String otherwise = tiers.keep().otherwise();
      said.add(
          new Said(
              days + "天未消费，等级" + (tiers.oneStep() ? "降一级，最低降为" : "降为") + otherwise + "。",
              "Who buys nothing for "
                  + days
                  + (days == 1 ? " day" : " days")
                  + (tiers.oneStep() ? " falls by one level, at most to " : " falls to ")
                  + otherwise
                  + "."));
    } else {
      said.add(lowering(tiers));
    }
    if (tiers.immediate())
      said.add(
          new Said(
              "退货后按保留的消费重新评定等级。",
              "A return measures the tier again, without the money that came back."));
    if (tiers.charge())
      said.add(
          new Said(
              "因退货失去等级的，按该等级多得的消费积分一并扣回。",
              "Who loses a tier by a return also gives back what it added to the points of purchases."));
    return said;
  }

  private static Said level(Tiers tiers, Level level) {
    Said name = new Said("等级" + level.id(), "tier " + level.id());
    Enter enter = level.enter();
    Said asked =
        enter.bounds().findAny().isEmpty()
            ? new Said("：所有会员", ": every member")
            : new Said("：" + window(tiers).zh(), ": " + window(tiers).en()).then(all(enter));
    Said promised =
        level.benefits().isEmpty()
            ? Said.NOTHING
            : new Said(
                "，享" + String.join("、", level.benefits()),
                ", with " + String.join(", ", level.benefits()));
    return name.then(asked).then(promised);
  }

  private static Said window(Tiers tiers) {
    return switch (tiers.cycle()) {
      case ROLLING -> new Said(tiers.days() + "天内", "within " + tiers.days() + " days ");
      case CALENDAR -> new Said("当年内", "within the calendar year ");
      case TIER_START -> new Said("等级周期一年内", "within a year of the present tier ");
      case JOIN -> new Said("入会周年内", "within a year of membership ");
    };
  }

  private static Said all(Enter enter) {
    var parts = new ArrayList<Said>();
    if (!enter.all().isEmpty()) parts.add(together(enter.all()));
    if (!enter.any().isEmpty())
      parts.add(Said.joined(enter.any().stream().map(TiersText::together).toList(), OR));
    return Said.joined(parts, AND);
  }

  private static Said together(List<Bound> bounds) {
    return Said.joined(bounds.stream().map(TiersText::said).toList(), AND);
  }

  private static Said said(Bound bound) {
    boolean money = bound.measure() == Measure.PAID_NET_FEN;
    String from = number(bound.from(), money);
    String to = bound.to() == Long.MAX_VALUE ? null : number(bound.to(), money);
    Said most = to == null ? Said.NOTHING : new Said("至" + to, " to " + to);
    return switch (bound.measure()) {
      case PAID_NET_FEN ->
          new Said("消费满" + from, "¥" + from).then(most).then(new Said("元", " spent"));
      case ORDERS -> new Said("下单满" + from, from).then(most).then(new Said("笔", " orders"));
      case POINTS_EARNED ->
          new Said("积分满" + from, from).then(most).then(new Said("分", " points earned"));
      case ACTIVE_DAYS ->
          new Said("活跃满" + from, from).then(most).then(new Said("天", " active days"));
    };
  }

  private static String number(long number, boolean money) {
    return money ? Rational.of(number, 100).decimal() : String.valueOf(number);
  }

  private static Said lowering(Tiers tiers) {
    String zh = tiers.oneStep() ? "每次最多降一级" : "按实际达到的等级";
    String en = tiers.oneStep() ? "by one level at most" : "to what is reached then";
    return tiers.cycle() == Cycle.ROLLING
        ? new Said(
            "不再达到时降级，" + zh + "。", "A tier that is no longer reached is lowered, " + en + ".")
        : new Said("周期最后一天复核，未达到则降级，" + zh + "。", "The last night of the year lowers, " + en + ".");
  }
}
