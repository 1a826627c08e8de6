package omnipoints.facts;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a row states of its key that no other row of that key in the same file may contradict: the
 * amounts, when it was paid, and who the buyer is. Damaged ids make different orders one; so do
 * rows glued from two exports. The night, {@code channel check} and the replay of rejects go by it.
 *
 * @param amounts equal for equal amounts only, as far as 64 bits can tell
 * @param paidAt null where the row does not tell
 * @param buyer unmasked tokens only
 */
public record Stated(long amounts, Instant paidAt, List<Token> buyer) {

  /** Of an order: what was paid and got back. */
  public static Stated of(FactRecord.OrderRecord order) {
    long amounts =
        mix(
            mix(mix(mix(1, order.grossFen()), order.freightFen()), order.refundedFen()),
            order.netFen());
    return new Stated(amounts, order.paidAt(), order.buyer());
  }

  /** Of an order line: what was sold, for how much, and how much of it was paid back. */
  public static Stated of(FactRecord.LineRecord line) {
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
    return new Stated(amounts, null, List.of());
  }

  /** Of a refund document: what it pays back. */
  public static Stated of(FactRecord.RefundRecord refund) {
    return new Stated(mix(3, refund.amountFen()), null, List.of());
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

  /** What the rows of one key have stated so far. */
  public static final class Rows {
    private final long amounts;
    private Instant paidAt;
    private Map<String, String> buyer;

    /** Begins with what the first row states. */
    public Rows(Stated first) {
      amounts = first.amounts;
      agrees(first);
    }

    /**
     * Takes one more row; false if it contradicts one before. What is not known contradicts none.
     */
    public boolean agrees(Stated row) {
      boolean same = amounts == row.amounts;
      if (row.paidAt != null) {
        same &= paidAt == null || paidAt.equals(row.paidAt);
        paidAt = row.paidAt;
      }
      for (Token token : row.buyer) {
        if (buyer == null) buyer = new HashMap<>(2);
        String before = buyer.put(token.kind() + "\n" + token.channel(), token.value());
        same &= before == null || before.equals(token.value());
      }
      return same;
    }
  }
}
