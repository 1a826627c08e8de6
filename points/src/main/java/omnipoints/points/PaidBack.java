package omnipoints.points;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import omnipoints.facts.Apportion;
import omnipoints.facts.RefundStep;

/**
 * What goes back of points that paid a part of an order when goods of it come back: the points are
 * spread over its lines, and each line gives back the share of it that its money gave. Pure.
 */
public final class PaidBack {
  private PaidBack() {}

  /**
   * One line of the order. Lines are given in the order of their keys, which settles ties.
   *
   * @param except points do not pay for it
   * @param dueFen what it costs by its own document, null where that does not say
   * @param priceFen price of one, null where no document says
   * @param qty how many, null where no document says
   * @param baseFen what was paid for it
   * @param refunds cumulative, in time order, capped at {@code baseFen}
   * @param returned it came back, also where nothing was paid for it
   */
  public record Line(
      boolean except,
      Long dueFen,
      Long priceFen,
      BigDecimal qty,
      long baseFen,
      List<RefundStep> refunds,
      boolean returned) {}

  /**
   * What should have gone back, cumulative and growing, in time order.
   *
   * @param points the redemption
   * @param seen when lines count as returned for which nothing was paid: no document dates that
   */
  public static List<Redemption.Back> of(long points, List<Line> lines, Instant seen) {
    List<Line> paid = lines.stream().filter(line -> !line.except()).toList();
    if (paid.isEmpty()) return List.of();
    long[] shares = shares(points, paid);
    var times = new TreeSet<Instant>();
    for (Line line : paid) {
      for (RefundStep step : line.refunds()) times.add(step.at());
      if (line.baseFen() == 0 && line.returned()) times.add(seen);
    }
    var back = new ArrayList<Redemption.Back>(times.size());
    long before = 0;
    for (Instant at : times) {
      long sum = 0;
      for (int i = 0; i < shares.length; i++)
        sum = Math.addExact(sum, back(shares[i], paid.get(i), at, seen));
      if (sum > before) back.add(new Redemption.Back(at, sum));
      before = Math.max(before, sum);
    }
    return back;
  }

  private static long back(long share, Line line, Instant at, Instant seen) {
    if (line.baseFen() == 0) return line.returned() && !at.isBefore(seen) ? share : 0;
    long refunded = 0;
    for (RefundStep step : line.refunds())
      if (!step.at().isAfter(at)) refunded = step.refundedFen();
    return BigInteger.valueOf(share)
        .multiply(BigInteger.valueOf(refunded))
        .divide(BigInteger.valueOf(line.baseFen()))
        .longValueExact();
  }

  private static long[] shares(long points, List<Line> lines) {
    boolean due = lines.stream().allMatch(line -> line.dueFen() != null);
    boolean priced = lines.stream().allMatch(line -> line.priceFen() != null && line.qty() != null);
    int scale = 0;
    if (!due && priced)
      for (Line line : lines) scale = Math.max(scale, Math.max(0, line.qty().scale()));
    var weights = new BigInteger[lines.size()];
    int[] ranks = new int[lines.size()];
    for (int i = 0; i < weights.length; i++) {
      Line line = lines.get(i);
      ranks[i] = i;
      weights[i] =
          due
              ? BigInteger.valueOf(line.dueFen())
              : priced
                  ? line.qty()
                      .multiply(BigDecimal.valueOf(line.priceFen()))
                      .movePointRight(scale)
                      .toBigIntegerExact()
                  : BigInteger.valueOf(line.baseFen());
      weights[i] = weights[i].max(BigInteger.ZERO);
    }
    return Apportion.byWeight(points, weights, ranks);
  }
}
