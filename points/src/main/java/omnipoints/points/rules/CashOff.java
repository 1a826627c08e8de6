package omnipoints.points.rules;

import java.math.BigInteger;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Set;

/**
 * Money that points take off an order.
 *
 * @param points so many points take {@code offFen} off
 * @param step only whole steps of so many points
 * @param minPoints no fewer points
 * @param orderShare of the order at most, null for all of it
 * @param mostFen money off an order at most, null for any
 * @param exceptSet name of the set of SKUs that points do not pay for, null for none
 * @param except those SKUs
 * @param overrides windows in which the points take another amount off; the first that is open
 *     counts
 */
public record CashOff(
    long points,
    long offFen,
    long step,
    long minPoints,
    Rational orderShare,
    Long mostFen,
    String exceptSet,
    Set<String> except,
    List<Override> overrides) {

  /** Another amount for a time. */
  public record Override(Window window, long offFen) {}

  Said said() {
    Said told =
        new Said(
            "下单时" + points + "积分抵" + yuan(offFen) + "元",
            points
                + (points == 1 ? " point takes ¥" : " points take ¥")
                + yuan(offFen)
                + " off an order");
    for (Override override : overrides)
      told =
          told.then(new Said("，", ", "))
              .then(override.window().said())
              .then(new Said("抵" + yuan(override.offFen()) + "元", " ¥" + yuan(override.offFen())));
    if (step > 1)
      told = told.then(new Said("，须为" + step + "的整数倍", ", in steps of " + step + " points"));
    if (minPoints > 1)
      told = told.then(new Said("，至少" + minPoints + "积分", ", at least " + minPoints + " points"));
    if (orderShare != null)
      told =
          told.then(
              new Said(
                  "，最多抵商品金额的" + orderShare, ", at most " + orderShare + " of what its goods cost"));
    if (mostFen != null)
      told =
          told.then(
              new Said(
                  "，每单最多抵" + yuan(mostFen) + "元", ", at most ¥" + yuan(mostFen) + " an order"));
    if (exceptSet != null)
      told =
          told.then(new Said("，" + exceptSet + " 中的商品除外", ", goods of " + exceptSet + " left out"));
    return told;
  }

  private static String yuan(long fen) {
    return Rational.of(fen, 100).decimal();
  }

  /** What that many points take off at that time, in fen, rounded down. */
  public long offFen(long spent, LocalDateTime at) {
    return times(spent, rate(at), points);
  }

  /** The fewest points that take that much off at that time. */
  public long pointsFor(long fen, LocalDateTime at) {
    BigInteger rate = BigInteger.valueOf(rate(at));
    return BigInteger.valueOf(fen)
        .multiply(BigInteger.valueOf(points))
        .add(rate)
        .subtract(BigInteger.ONE)
        .divide(rate)
        .longValueExact();
  }

  /**
   * Whether somebody may spend that many points at once.
   *
   * @param off money they take off
   * @param orderFen what the order's goods that points may pay for cost before it
   */
  public boolean allows(long spent, long off, long orderFen) {
    if (spent < minPoints || spent % step != 0) return false;
    if (mostFen != null && off > mostFen) return false;
    return off <= mostOf(orderFen);
  }

  /**
   * The most money that points may take off an order at that time, however many somebody has: in
   * whole steps, 0 where even the fewest are too many.
   */
  public long mostOff(long orderFen, LocalDateTime at) {
    long most = mostFen == null ? mostOf(orderFen) : Math.min(mostFen, mostOf(orderFen));
    long spent = times(most, points, rate(at)) / step * step;
    return spent < minPoints ? 0 : offFen(spent, at);
  }

  private long mostOf(long orderFen) {
    if (orderShare == null) return orderFen;
    return orderShare
        .numerator()
        .multiply(BigInteger.valueOf(orderFen))
        .divide(orderShare.denominator())
        .longValueExact();
  }

  private long rate(LocalDateTime at) {
    for (Override override : overrides) if (override.window().open(at)) return override.offFen();
    return offFen;
  }

  private static long times(long amount, long by, long per) {
    return BigInteger.valueOf(amount)
        .multiply(BigInteger.valueOf(by))
        .divide(BigInteger.valueOf(per))
        .longValueExact();
  }
}
