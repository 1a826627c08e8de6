package omnipoints.bench;

/** Numbers that look random and are a function of their place: the same in every run and order. */
final class Draw {

  private Draw() {}

  /** A 64-bit hash of a place. */
  static long at(long seed, long a, long b) {
    return mix(mix(mix(seed) + a * 0x9E3779B97F4A7C15L) ^ b);
  }

  static long mix(long z) {
    z += 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** The {@code n}-th number that hangs on a draw, below {@code bound}. */
  static int below(long draw, int n, int bound) {
    return (int) Long.remainderUnsigned(mix(draw + n * 0xD1342543DE82EF95L), bound);
  }

  /** True for about {@code perMille} of a thousand draws. */
  static boolean happens(long draw, int n, int perMille) {
    return below(draw, n, 1000) < perMille;
  }
}
