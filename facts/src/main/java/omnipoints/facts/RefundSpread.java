package omnipoints.facts;

import java.time.Instant;
import java.util.List;

/**
 * How much of each line's share was refunded as of a moment. What a line's own row says counts for
 * that line; the rest of the order's refund goes to lines the platform marks closed or refunded,
 * then to all in proportion to what is left; what exceeds all shares is freight. Order documents
 * and refund documents are evidence of one fact: the larger counts.
 */
final class RefundSpread {
  private final OrderSpread.Amounts amounts;
  private final List<OrderSpread.Line> lines;
  private final long[] shares;
  private final int[] ranks;
  private final int[] byRank;

  RefundSpread(
      OrderSpread.Amounts amounts, List<OrderSpread.Line> lines, long[] shares, int[] ranks) {
    this.amounts = amounts;
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
    long known = 0;
    long leftInAll = 0;
    for (int i = 0; i < n; i++) {
      long own = Math.max(ownRefund(lines.get(i), at), documents(lines.get(i).line(), at));
      known = Math.addExact(known, own);
      refunded[i] = Math.min(own, shares[i]);
      left[i] = shares[i] - refunded[i];
      leftInAll = Math.addExact(leftInAll, left[i]);
    }
    // What the order says and what all documents say together are evidence of one fact as well.
    long rest = Math.max(stated(at), allDocuments(at)) - known;
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
    return refunded;
  }

  private long stated(Instant at) {
    long stated = 0;
    for (OrderSpread.OrderRefund refund : amounts.refunds()) {
      if (!refund.at().isAfter(at)) stated = refund.refundedFen();
    }
    return stated;
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
    for (OrderSpread.RefundDocument document : amounts.refundDocuments()) {
      if (line.equals(document.line()) && !document.at().isAfter(at))
        sum = Math.addExact(sum, document.amountFen());
    }
    return sum;
  }

  private long allDocuments(Instant at) {
    long sum = 0;
    for (OrderSpread.RefundDocument document : amounts.refundDocuments()) {
      if (!document.at().isAfter(at)) sum = Math.addExact(sum, document.amountFen());
    }
    return sum;
  }
}
