package omnipoints.mappings;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import omnipoints.facts.FactRecord;

/**
 * The money one line carries by what a record states: of a line its amount, else price times
 * quantity; of an order that stands for its lines its goods, divided by the number of items it
 * declares.
 */
public final class LineWorth {
  /** Fields that can hold it, the one that decides first. */
  private static final List<String> FIELDS = List.of("amount", "due", "price", "gross", "qty");

  private LineWorth() {}

  /** Fen, rounded up and never negative; 0 where the record states none. */
  public static long fen(FactRecord record) {
    if (record instanceof FactRecord.LineRecord line) return line(line);
    if (record instanceof FactRecord.OrderRecord order) return order(order);
    if (record instanceof FactRecord.RefundRecord refund && refund.refund() == null)
      return refund.amountFen();
    return 0;
  }

  /**
   * The most that one of a row's records states; an order that stands beside its lines does not.
   */
  public static long most(List<FactRecord> records) {
    boolean lines = records.stream().anyMatch(FactRecord.LineRecord.class::isInstance);
    return records.stream()
        .filter(record -> !lines || !(record instanceof FactRecord.OrderRecord))
        .mapToLong(LineWorth::fen)
        .max()
        .orElse(0);
  }

  private static long line(FactRecord.LineRecord line) {
    if (line.dueFen() != null) return Math.abs(line.dueFen());
    if (line.priceFen() == null || line.qty() == null) return 0;
    return up(BigDecimal.valueOf(line.priceFen()).multiply(line.qty()).abs());
  }

  private static long order(FactRecord.OrderRecord order) {
    if (order.grossFen() == null) return 0;
    long freight = order.freightFen() == null ? 0 : order.freightFen();
    BigDecimal goods = BigDecimal.valueOf(Math.max(0, order.grossFen() - freight));
    boolean several = order.itemCount() != null && order.itemCount().compareTo(BigDecimal.ONE) > 0;
    return several ? up(goods.divide(order.itemCount(), 0, RoundingMode.UP)) : up(goods);
  }

  /** Beyond 64 bits it is more than any limit. */
  private static long up(BigDecimal fen) {
    BigDecimal whole = fen.setScale(0, RoundingMode.UP);
    return whole.unscaledValue().bitLength() < Long.SIZE ? whole.longValueExact() : Long.MAX_VALUE;
  }

  /** The field of the document that states it. */
  static String field(Document document, FactRecord record) {
    List<String> asked = record instanceof FactRecord.OrderRecord ? List.of("gross") : FIELDS;
    return asked.stream().filter(name -> document.field(name) != null).findFirst().orElseThrow();
  }
}
