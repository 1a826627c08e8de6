package omnipoints.facts;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * What one order's facts say about its lines: the earn base of each and how much of it was refunded
 * when. Shares are exact: they sum up to the order's base, remainders go to the largest fraction,
 * ties to the smaller line key.
 */
public final class OrderSpread {
  private OrderSpread() {}

  /**
   * The facts of one order. Money in fen; facts at or after the cut are left out by the caller.
   *
   * @param grossFen what the buyer paid including freight; null where the document states lines
   *     only (POS)
   * @param freightFen part of grossFen, null means none stated
   * @param refunds what order documents say was refunded, cumulative, in time order
   * @param refundDocuments successful refunds, each refund id once
   */
  public record Amounts(
      Long grossFen,
      Long freightFen,
      List<OrderRefund> refunds,
      List<Line> lines,
      List<RefundDocument> refundDocuments) {}

  /** Cumulative refund of the order as its documents state it from {@code at} on. */
  public record OrderRefund(Instant at, long refundedFen) {}

  /**
   * Cumulative refund of a line as its own row states it from {@code at} on; only rows that say
   * REFUNDED.
   */
  public record LineRefund(Instant at, long refundedFen) {}

  /** One successful refund document; {@code line} is null where it names none. */
  public record RefundDocument(String line, Instant at, long amountFen) {}

  /**
   * One line.
   *
   * @param live belongs to the live key generation; others have no share
   * @param excluded SKU on the exclusion list: takes its share of the money, earns nothing
   * @param dueFen amount due for the line; where the order has no gross it is the line's base
   * @param closedOrRefunded the platform marks the line closed or refunded: refunds of unknown line
   *     go here first
   */
  public record Line(
      String line,
      boolean live,
      boolean excluded,
      Long dueFen,
      Long priceFen,
      BigDecimal qty,
      boolean closedOrRefunded,
      List<LineRefund> refunds) {}

  /**
   * The result.
   *
   * @param orderBaseFen buyer-paid without freight, excluded lines included
   * @param lines one per line of the amounts, in their order
   * @param goodsRefundFen refunded as of the last step, all live lines, never more than
   *     orderBaseFen
   */
  public record Spread(long orderBaseFen, List<LineShare> lines, long goodsRefundFen) {}

  /**
   * Base of a line (0 if not live or excluded) and its refund steps: cumulative, rising, capped at
   * the base.
   */
  public record LineShare(String line, long baseFen, List<RefundStep> refunds) {}

  /** Spreads base and refunds over the lines. */
  public static Spread spread(Amounts amounts) {
    List<Line> live = new ArrayList<>(amounts.lines().size());
    for (Line line : amounts.lines()) if (line.live()) live.add(line);
    int[] ranks = ranks(live);
    long[] shares = shares(amounts, live, ranks);
    long orderBase = 0;
    for (long share : shares) orderBase = Math.addExact(orderBase, share);

    List<List<RefundStep>> steps = new ArrayList<>(live.size());
    for (int i = 0; i < live.size(); i++) steps.add(List.of());
    long goodsRefund = 0;
    if (hasRefunds(amounts, live)) {
      Instant[] times = times(amounts, live);
      long[][] refunded = new long[times.length][];
      RefundSpread spread = new RefundSpread(amounts, live, shares, ranks);
      for (int t = 0; t < times.length; t++) refunded[t] = spread.at(times[t]);
      for (long fen : refunded[times.length - 1]) goodsRefund = Math.addExact(goodsRefund, fen);
      for (int i = 0; i < live.size(); i++) {
        if (!live.get(i).excluded()) steps.set(i, steps(times, refunded, i));
      }
    }

    List<LineShare> result = new ArrayList<>(amounts.lines().size());
    int next = 0;
    for (Line line : amounts.lines()) {
      if (!line.live()) {
        result.add(new LineShare(line.line(), 0, List.of()));
      } else {
        result.add(new LineShare(line.line(), line.excluded() ? 0 : shares[next], steps.get(next)));
        next++;
      }
    }
    return new Spread(orderBase, result, goodsRefund);
  }

  private static long[] shares(Amounts amounts, List<Line> live, int[] ranks) {
    int n = live.size();
    if (amounts.grossFen() == null) {
      long[] own = new long[n];
      for (int i = 0; i < n; i++) {
        Long due = live.get(i).dueFen();
        own[i] = due == null ? 0 : Math.max(0, due);
      }
      return own;
    }
    long freight = amounts.freightFen() == null ? 0 : amounts.freightFen();
    long base = Math.max(0, Math.subtractExact(amounts.grossFen(), freight));
    boolean allDue = true;
    for (Line line : live) allDue &= line.dueFen() != null;
    return allDue
        ? Apportion.byWeight(base, dues(live), ranks)
        : Apportion.byWeight(base, priceTimesQuantity(live), ranks);
  }

  private static long[] dues(List<Line> live) {
    long[] dues = new long[live.size()];
    for (int i = 0; i < dues.length; i++) dues[i] = Math.max(0, live.get(i).dueFen());
    return dues;
  }

  private static BigInteger[] priceTimesQuantity(List<Line> live) {
    int n = live.size();
    BigDecimal[] exact = new BigDecimal[n];
    int scale = 0;
    for (int i = 0; i < n; i++) {
      Line line = live.get(i);
      boolean known = line.priceFen() != null && line.qty() != null;
      BigDecimal amount =
          known ? BigDecimal.valueOf(line.priceFen()).multiply(line.qty()) : BigDecimal.ZERO;
      exact[i] = amount.max(BigDecimal.ZERO);
      scale = Math.max(scale, exact[i].scale());
    }
    BigInteger[] weights = new BigInteger[n];
    for (int i = 0; i < n; i++)
      weights[i] = exact[i].setScale(scale, RoundingMode.UNNECESSARY).unscaledValue();
    return weights;
  }

  /** Place of each line in line-key order. */
  private static int[] ranks(List<Line> live) {
    Integer[] order = new Integer[live.size()];
    for (int i = 0; i < order.length; i++) order[i] = i;
    Arrays.sort(order, (a, b) -> CodePoints.compare(live.get(a).line(), live.get(b).line()));
    int[] ranks = new int[order.length];
    for (int place = 0; place < order.length; place++) ranks[order[place]] = place;
    return ranks;
  }

  private static boolean hasRefunds(Amounts amounts, List<Line> live) {
    if (!amounts.refunds().isEmpty() || !amounts.refundDocuments().isEmpty()) return true;
    for (Line line : live) if (!line.refunds().isEmpty()) return true;
    return false;
  }

  private static Instant[] times(Amounts amounts, List<Line> live) {
    TreeSet<Instant> times = new TreeSet<>();
    for (OrderRefund refund : amounts.refunds()) times.add(refund.at());
    for (RefundDocument document : amounts.refundDocuments()) times.add(document.at());
    for (Line line : live) for (LineRefund refund : line.refunds()) times.add(refund.at());
    return times.toArray(Instant[]::new);
  }

  /**
   * Only what lasts is a step: what is taken back later (another line turned out to be the one) was
   * never booked.
   */
  private static List<RefundStep> steps(Instant[] times, long[][] refunded, int line) {
    for (int t = times.length - 2; t >= 0; t--) {
      refunded[t][line] = Math.min(refunded[t][line], refunded[t + 1][line]);
    }
    List<RefundStep> steps = new ArrayList<>();
    long before = 0;
    for (int t = 0; t < times.length; t++) {
      if (refunded[t][line] > before) {
        before = refunded[t][line];
        steps.add(new RefundStep(times[t], before));
      }
    }
    return steps;
  }
}
