package omnipoints.points.rules;

import java.time.LocalDateTime;
import java.util.List;

/**
 * Something that points buy.
 *
 * @param points price of one
 * @param cashFen what is paid beside the points for one
 * @param costFen what one costs the brand, null where nobody said
 * @param stock how many there are in all, over all versions, since the first; null for any number
 * @param limit how many somebody may have, null for any number
 * @param tiers to whom it is to be had, empty for all
 * @param pointsOnly it is not sold for money
 * @param clearance it is to go
 * @param coupon what a coupon is good for, null where it is none
 * @param pass which pass it is, null where it is none
 * @param line of the file
 */
public record Item(
    String item,
    Kind kind,
    long points,
    long cashFen,
    Long costFen,
    Long stock,
    Limit limit,
    List<String> tiers,
    Window window,
    boolean pointsOnly,
    boolean clearance,
    Coupon coupon,
    PassGiven pass,
    int line) {

  /** What is handed over. */
  public enum Kind {
    GOODS,
    COUPON,
    PASS,
    SERVICE,
    VIRTUAL
  }

  Said said() {
    String yuan = cashFen == 0 ? "" : Rational.of(cashFen, 100).decimal();
    Said price =
        new Said(
            points + "积分" + (cashFen == 0 ? "" : "加" + yuan + "元") + "兑换 " + item,
            item
                + " is had for "
                + points
                + (points == 1 ? " point" : " points")
                + (cashFen == 0 ? "" : " and ¥" + yuan));
    if (coupon != null)
      price = price.then(new Said("（", " (")).then(coupon.said()).then(new Said("）", ")"));
    if (pass != null)
      price = price.then(new Said("（", " (")).then(pass.said()).then(new Said("）", ")"));
    Said when = window.kinds().isEmpty() ? Said.NOTHING : window.said();
    Said told = when.zh().isEmpty() ? price : price.then(new Said("，", ", ")).then(when);
    if (limit != null) told = told.then(new Said("，", ", ")).then(limit.said(new Said("件", "")));
    if (!tiers.isEmpty())
      told =
          told.then(
              new Said(
                  "，限" + String.join("、", tiers) + "会员",
                  ", for members of tier " + String.join(", ", tiers)));
    if (stock != null) told = told.then(new Said("，共" + stock + "件", ", " + stock + " in all"));
    return told;
  }

  /** Whether it is to be had by members of a tier. */
  public boolean isFor(String tier) {
    return tiers.isEmpty() || tiers.contains(tier);
  }

  /** Whether it is to be had at that time. */
  public boolean open(LocalDateTime at) {
    return window.open(at);
  }

  /** The first moment from which it is never to be had again, null while there is none. */
  LocalDateTime end() {
    return window.end();
  }
}
