package omnipoints.facts;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The money of an order as if nothing had been taken off it: the money that points took off is
 * added back to its lines by what was paid for them, and goes back as that does. Pure.
 */
public final class WholeMoney {
  private WholeMoney() {}

  /**
   * The order with the money off added back.
   *
   * @param offFen money off, not negative
   * @param goods the lines as documents tell of them; asked where nothing was paid in money: then
   *     the money off is spread by what they cost, else evenly, and one that was refunded has come
   *     back whole
   * @param seen when a line counts as returned for which nothing was paid: no document dates that
   */
  public static Purchase of(
      Purchase documented, long offFen, List<OrderFacts.Line> goods, Instant seen) {
    List<Purchase.Line> lines = documented.lines();
    if (offFen == 0 || lines.isEmpty()) return documented;
    int[] ranks = new int[lines.size()];
    var paid = new BigInteger[lines.size()];
    BigInteger sum = BigInteger.ZERO;
    for (int i = 0; i < ranks.length; i++) {
      ranks[i] = i;
      paid[i] = BigInteger.valueOf(Math.max(0, lines.get(i).baseFen()));
      sum = sum.add(paid[i]);
    }
    boolean nothing = sum.signum() == 0;
    if (nothing && lines.stream().noneMatch(line -> isGoods(line, goods))) return documented;
    long[] shares = Apportion.byWeight(offFen, nothing ? costs(lines, goods) : paid, ranks);
    var whole = new ArrayList<Purchase.Line>(lines.size());
    for (int i = 0; i < shares.length; i++)
      whole.add(
          shares[i] == 0
              ? lines.get(i)
              : whole(lines.get(i), shares[i], of(lines.get(i), goods), seen));
    return documented.with(whole);
  }

  private static OrderFacts.Line of(Purchase.Line line, List<OrderFacts.Line> goods) {
    for (OrderFacts.Line one : goods) if (one.line().equals(line.key().line())) return one;
    return null;
  }

  private static boolean isGoods(Purchase.Line line, List<OrderFacts.Line> goods) {
    OrderFacts.Line told = of(line, goods);
    return line.live() && (told == null || !told.excluded());
  }

  private static BigInteger[] costs(List<Purchase.Line> lines, List<OrderFacts.Line> goods) {
    var costs = new BigInteger[lines.size()];
    boolean due = true;
    for (Purchase.Line line : lines) {
      OrderFacts.Line told = of(line, goods);
      if (isGoods(line, goods)) due &= told != null && told.dueFen() != null && told.dueFen() > 0;
    }
    for (int i = 0; i < costs.length; i++) {
      boolean counts = isGoods(lines.get(i), goods);
      costs[i] =
          !counts
              ? BigInteger.ZERO
              : due ? BigInteger.valueOf(of(lines.get(i), goods).dueFen()) : BigInteger.ONE;
    }
    return costs;
  }

  private static Purchase.Line whole(
      Purchase.Line line, long share, OrderFacts.Line told, Instant seen) {
    var refunds = new ArrayList<RefundStep>(line.refunds().size());
    for (RefundStep step : line.refunds())
      refunds.add(
          new RefundStep(
              step.at(), step.refundedFen() + part(share, step.refundedFen(), line.baseFen())));
    boolean back = told != null && told.refundState() == RefundState.REFUNDED;
    if (line.baseFen() == 0 && back) refunds.add(new RefundStep(seen, share));
    return line.with(Math.addExact(line.baseFen(), share), refunds);
  }

  /** Rounded down; the last return takes the rest. */
  private static long part(long share, long refunded, long base) {
    return BigInteger.valueOf(share)
        .multiply(BigInteger.valueOf(refunded))
        .divide(BigInteger.valueOf(base))
        .longValueExact();
  }
}
