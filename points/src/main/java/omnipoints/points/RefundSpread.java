package omnipoints.points;

import java.time.Instant;
import java.util.List;

/**
 * How much of each line's share was refunded as of a moment. What a line's own row says counts for
 * that line; the rest of the order's refund goes to lines the platform marks closed or refunded,
 * then to all in proportion to what is left; what exceeds all shares is freight. Order documents
 * and refund documents are evidence of one fact: the larger counts.
 */
final class RefundSpread {
  private final OrderSpread.OrderFacts facts;
  private final List<OrderSpread.Line> lines;
  private final long[] shares;
  private final int[] ranks;
  private final int[] byRank;

  RefundSpread(
      OrderSpread.OrderFacts facts, List<OrderSpread.Line> lines, long[] shares, int[] ranks) {
    this.facts = facts;
    this.lines = lines;
    this.shares = shares;
    this.ranks = ranks;
    this.byRank = new int[ranks.length];
    for (int i = 0; i < ranks.length; i++) byRank[ranks[i]] = i;
  }

  /** Refunded fen per line as of {@code at}, each at most the line's share. */
  long[] at(Instant at) {
    int n = lines.size();
    long[] refunded = new long[n];
    long[] left = new long[n];
    long rest = orderRefund(at);
    long leftInAll = 0;
    for (int i = 0; i < n; i++) {
      long own = ownRefund(lines.get(i), at);
      rest -= own;
      refunded[i] = Math.min(own, shares[i]);
      left[i] = shares[i] - refunded[i];
      leftInAll += left[i];
    }
    for (int k = 0; k < n && rest > 0; k++) {
      int i = byRank[k];
      if (!lines.get(i).closedOrRefunded()) continue;
      long part = Math.min(rest, left[i]);
      refunded[i] += part;
      left[i] -= part;
      leftInAll -= part;
      rest -= part;
    }
    if (rest > 0 && leftInAll > 0) {
      long[] parts = Apportion.byWeight(Math.min(rest, leftInAll), left, ranks);
      for (int i = 0; i < n; i++) refunded[i] += parts[i];
    }
    for (int i = 0; i < n; i++) {
      refunded[i] = Math.min(shares[i], Math.max(refunded[i], documents(lines.get(i).line(), at)));
    }
    return refunded;
  }

  private long orderRefund(Instant at) {
    long stated = 0;
    for (OrderSpread.OrderRefund refund : facts.refunds()) {
      if (!refund.at().isAfter(at)) stated = refund.refundedFen();
    }
    return Math.max(stated, documents(null, at));
  }

  private static long ownRefund(OrderSpread.Line line, Instant at) {
    long stated = 0;
    for (OrderSpread.LineRefund refund : line.refunds()) {
      if (!refund.at().isAfter(at)) stated = refund.refundedFen();
    }
    return stated;
  }

  private long documents(String line, Instant at) {
    long sum = 0;
    for (OrderSpread.RefundDocument document : facts.refundDocuments()) {
      boolean same = line == null ? document.line() == null : line.equals(document.line());
      if (same && !document.at().isAfter(at)) sum = Math.addExact(sum, document.amountFen());
    }
    return sum;
  }
}
