package omnipoints.facts;

/**
 * The amounts a row states, in 64 bits: equal for equal amounts only, as far as 64 bits can tell.
 * Rows of one key in one delivery that differ in them contradict each other.
 */
final class StatedAmounts {

  private StatedAmounts() {}

  /** Of an order: what was paid and got back. */
  static long of(FactRecord.OrderRecord order) {
    return mix(
        mix(mix(mix(1, order.grossFen()), order.freightFen()), order.refundedFen()),
        order.netFen());
  }

  /** Of an order line: what was sold, for how much, and how much of it was paid back. */
  static long of(FactRecord.LineRecord line) {
    long amounts = mix(2, text(line.sku()));
    amounts =
        mix(
            amounts,
            line.qty() == null ? null : text(line.qty().stripTrailingZeros().toPlainString()));
    for (Long fen :
        new Long[] {
          line.priceFen(), line.dueFen(), line.freightFen(), line.paidFen(), line.refundedFen()
        }) {
      amounts = mix(amounts, fen);
    }
    return amounts;
  }

  private static long text(String text) {
    long hash = text.length();
    for (int i = 0; i < text.length(); i++) hash = mix(hash, (int) text.charAt(i));
    return hash;
  }

  private static long mix(long before, Number value) {
    long z = before * 0x9e3779b97f4a7c15L + (value == null ? 0x5bf03635L : value.longValue() + 1);
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
