package omnipoints.facts;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Comparator;

/** Splits a whole amount by weights, exactly: largest remainder, ties to the smaller rank. */
public final class Apportion {
  private Apportion() {}

  /**
   * Shares of {@code total} (≥ 0) in proportion to {@code weights} (≥ 0; equal shares if all are
   * 0); they sum up to total. {@code ranks[i]} is the place of i among ties. With total ≤ Σ weights
   * no share exceeds its weight.
   */
  static long[] byWeight(long total, long[] weights, int[] ranks) {
    int n = weights.length;
    if (n <= 1 || total == 0) return whole(total, n);
    long sum = 0;
    boolean small = true;
    for (long weight : weights) {
      sum += weight;
      small &= sum >= 0 && Math.multiplyHigh(total, weight) == 0 && total * weight >= 0;
    }
    if (!small)
      return large(
          total,
          Arrays.stream(weights).mapToObj(BigInteger::valueOf).toArray(BigInteger[]::new),
          ranks);
    if (sum == 0) return byWeight(total, ones(n), ranks);
    long[] shares = new long[n];
    long[] remainders = new long[n];
    long left = total;
    for (int i = 0; i < n; i++) {
      long product = total * weights[i];
      shares[i] = product / sum;
      remainders[i] = product % sum;
      left -= shares[i];
    }
    Comparator<Integer> larger = (a, b) -> Long.compare(remainders[b], remainders[a]);
    return handOut(left, shares, larger, ranks);
  }

  /** The same for weights of any size. */
  public static long[] byWeight(long total, BigInteger[] weights, int[] ranks) {
    for (BigInteger weight : weights)
      if (weight.bitLength() >= Long.SIZE) return large(total, weights, ranks);
    return byWeight(
        total, Arrays.stream(weights).mapToLong(BigInteger::longValueExact).toArray(), ranks);
  }

  private static long[] large(long total, BigInteger[] weights, int[] ranks) {
    int n = weights.length;
    if (n == 1) return whole(total, n);
    BigInteger sum = Arrays.stream(weights).reduce(BigInteger.ZERO, BigInteger::add);
    long[] shares = new long[n];
    BigInteger[] remainders = new BigInteger[n];
    long left = total;
    for (int i = 0; i < n; i++) {
      BigInteger[] parts = BigInteger.valueOf(total).multiply(weights[i]).divideAndRemainder(sum);
      shares[i] = parts[0].longValueExact();
      remainders[i] = parts[1];
      left -= shares[i];
    }
    Comparator<Integer> larger = (a, b) -> remainders[b].compareTo(remainders[a]);
    return handOut(left, shares, larger, ranks);
  }

  /** What is left, fewer than there are shares, goes one by one to the largest remainders. */
  private static long[] handOut(long left, long[] shares, Comparator<Integer> larger, int[] ranks) {
    if (left == 0) return shares;
    Integer[] order = new Integer[shares.length];
    for (int i = 0; i < order.length; i++) order[i] = i;
    Arrays.sort(order, larger.thenComparing(i -> ranks[i]));
    for (int i = 0; i < left; i++) shares[order[i]]++;
    return shares;
  }

  private static long[] whole(long total, int n) {
    long[] shares = new long[n];
    if (n == 1) shares[0] = total;
    return shares;
  }

  private static long[] ones(int n) {
    long[] ones = new long[n];
    Arrays.fill(ones, 1);
    return ones;
  }
}
