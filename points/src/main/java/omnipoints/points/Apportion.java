package omnipoints.points;

import java.math.BigInteger;
import java.util.Arrays;

/** Splits a whole amount by weights, exactly: largest remainder, ties to the smaller rank. */
final class Apportion {
  private Apportion() {}

  /**
   * Shares of {@code total} (≥ 0) in proportion to {@code weights} (≥ 0; equal shares if all are
   * 0); they sum up to total. {@code ranks[i]} is the place of i among ties. With total ≤ Σ weights
   * no share exceeds its weight.
   */
  static long[] byWeight(long total, long[] weights, int[] ranks) {
    int n = weights.length;
    long[] shares = new long[n];
    if (n == 0 || total == 0) return shares;
    if (n == 1) {
      shares[0] = total;
      return shares;
    }
    long sum = 0;
    boolean small = true;
    for (long weight : weights) {
      sum += weight;
      small &= sum >= 0 && Math.multiplyHigh(total, weight) == 0 && total * weight >= 0;
    }
    if (small && sum == 0) return byWeight(total, ones(n), ranks);
    long[] remainders = new long[n];
    return small
        ? exact(total, weights, sum, ranks, shares, remainders)
        : huge(total, weights, ranks, shares);
  }

  private static long[] exact(
      long total, long[] weights, long sum, int[] ranks, long[] shares, long[] remainders) {
    long left = total;
    for (int i = 0; i < weights.length; i++) {
      long product = total * weights[i];
      shares[i] = product / sum;
      remainders[i] = product % sum;
      left -= shares[i];
    }
    for (; left > 0; left--) {
      int best = -1;
      for (int i = 0; i < weights.length; i++) {
        if (remainders[i] < 0) continue;
        if (best < 0
            || remainders[i] > remainders[best]
            || (remainders[i] == remainders[best] && ranks[i] < ranks[best])) {
          best = i;
        }
      }
      shares[best]++;
      remainders[best] = -1;
    }
    return shares;
  }

  private static long[] huge(long total, long[] weights, int[] ranks, long[] shares) {
    BigInteger sum = BigInteger.ZERO;
    for (long weight : weights) sum = sum.add(BigInteger.valueOf(weight));
    BigInteger[] remainders = new BigInteger[weights.length];
    long left = total;
    for (int i = 0; i < weights.length; i++) {
      BigInteger[] parts =
          BigInteger.valueOf(total)
              .multiply(BigInteger.valueOf(weights[i]))
              .divideAndRemainder(sum);
      shares[i] = parts[0].longValueExact();
      remainders[i] = parts[1];
      left -= shares[i];
    }
    for (; left > 0; left--) {
      int best = 0;
      for (int i = 1; i < weights.length; i++) {
        int c = remainders[i].compareTo(remainders[best]);
        if (c > 0 || (c == 0 && ranks[i] < ranks[best])) best = i;
      }
      shares[best]++;
      remainders[best] = BigInteger.ONE.negate();
    }
    return shares;
  }

  private static long[] ones(int n) {
    long[] ones = new long[n];
    Arrays.fill(ones, 1);
    return ones;
  }
}
