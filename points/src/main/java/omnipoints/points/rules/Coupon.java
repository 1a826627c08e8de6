package omnipoints.points.rules;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.List;

/**
 * What a coupon is good for.
 *
 * @param fen money off, null where {@code rate} says it
 * @param fromFen only off an order of at least so much before it
 * @param rate share of the price that is left to pay, null where {@code fen} says it
 * @param maxFen at most so much off by {@code rate}, null for any
 * @param stackable several of them go together off one order
 * @param valid how long, null for ever
 * @param shops that take it, empty for all
 */
public record Coupon(
    Long fen,
    long fromFen,
    Rational rate,
    Long maxFen,
    boolean stackable,
    GrantRule.Length valid,
    List<String> shops) {

  static Coupon read(Node item) {
    Node off = item.at("off");
    if (!item.has("off")) item.problem("a coupon takes something off; give off: {fen}");
    if (off.has("fen") == off.has("rate") && item.has("off"))
      off.problem("says how much: give fen, or rate");
    if (off.has("max_fen") && !off.has("rate"))
      off.at("max_fen").problem("bounds a rate only; leave it out");
    Rational rate = off.has("rate") ? off.at("rate").rational().orElse(null) : null;
    if (rate != null && rate.compareTo(Rational.ONE) >= 0)
      off.at("rate").problem(rate + " of the price is left to pay; write less than 1");
    return new Coupon(
        off.has("fen") ? (Long) off.at("fen").whole(1) : null,
        off.at("from_fen").whole(0),
        rate,
        off.has("max_fen") ? (Long) off.at("max_fen").whole(1) : null,
        item.at("stackable").isTrue(),
        item.has("valid") ? GrantRule.Length.of(item.at("valid").text()) : null,
        item.at("shops").texts());
  }

  /** The last day on which one is good that was asked for on {@code day}; null for ever. */
  public LocalDate lastDay(LocalDate day) {
    return valid == null ? null : valid.lastDay(day);
  }

  /**
   * Whether it may take that much off.
   *
   * @param orderFen what the order cost before it, null where nobody knows
   */
  public boolean allows(long off, Long orderFen) {
    if (fen != null && off > fen) return false;
    if (maxFen != null && off > maxFen) return false;
    if (orderFen == null) return true;
    if (orderFen < fromFen || off > orderFen) return false;
    if (rate == null) return true;
    // What is left is at least the share, whatever the till does with parts of a fen.
    BigInteger least =
        rate.numerator().multiply(BigInteger.valueOf(orderFen)).divide(rate.denominator());
    return BigInteger.valueOf(orderFen - off).compareTo(least) >= 0;
  }

  Said said() {
    String yuan = fen == null ? "" : Rational.of(fen, 100).decimal();
    Said off =
        fen != null
            ? new Said("抵" + yuan + "元", "worth ¥" + yuan)
            : new Said("付" + rate + "价", "for " + rate + " of the price");
    if (maxFen != null) {
      String most = Rational.of(maxFen, 100).decimal();
      off = off.then(new Said("（最多" + most + "元）", " (at most ¥" + most + ")"));
    }
    if (fromFen > 0) {
      String from = Rational.of(fromFen, 100).decimal();
      off = off.then(new Said("，满" + from + "元可用", " off ¥" + from + " or more"));
    }
    if (stackable) off = off.then(new Said("，可叠加", ", several at once"));
    if (valid != null) off = off.then(valid.said());
    if (!shops.isEmpty())
      off =
          off.then(
              new Said("，限" + String.join("、", shops) + "使用", ", at " + String.join(", ", shops)));
    return off;
  }
}
