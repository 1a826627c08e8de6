package omnipoints.mappings;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import omnipoints.facts.Contents;
import omnipoints.facts.FactRecord;
import omnipoints.facts.FactRecord.LineRecord;
import omnipoints.facts.FactRecord.OrderRecord;
import omnipoints.facts.FactRecord.RefundRecord;
import omnipoints.facts.FactRecord.Reject;
import omnipoints.facts.RejectReason;
import omnipoints.facts.Stated;
import omnipoints.facts.Token;

/**
 * The records of one file as a person checking it wants them, in two passes: a till receipt is one
 * order with the sum of its sales, a return has its generated key, and rows of one key that
 * contradict each other ({@link Stated}) are rejects. The night decides the same per delivery as
 * sets; this view holds one small entry per receipt, order or line id in memory.
 */
final class CheckedRecords {
  private final Document document;
  private final Map<String, Long> salesByReceipt = new HashMap<>();
  private final Map<String, OrderSum> orders = new HashMap<>();
  private final Map<String, List<RefundRecord>> returns = new HashMap<>();
  private final Map<Integer, String> returnKeys = new HashMap<>();
  private final Map<String, Stated.Rows> statedByKey = new HashMap<>();
  private final Receipts receipts;
  private final Set<String> rejected = new HashSet<>();
  private final Set<String> conflicting = new HashSet<>();
  private final Set<String> receiptsShown = new HashSet<>();
  private Long orderGross;
  private final Contents contents = new Contents();

  private CheckedRecords(Document document, ZoneId zone) {
    this.document = document;
    this.receipts = new Receipts(document.receiptReused(), zone);
  }

  /**
   * Hands the records over in file order. The shop may be null where only an inbox folder would
   * tell it.
   */
  static ReadSummary read(
      Recognition.Recognised recognised,
      Path file,
      String folderShopOrNull,
      ZoneId zone,
      Consumer<FactRecord> sink) {
    CheckedRecords checked = new CheckedRecords(recognised.document(), zone);
    RecordReader.read(recognised, file, folderShopOrNull, zone, false, checked::collect);
    checked.keyReturns();
    return RecordReader.read(
        recognised, file, folderShopOrNull, zone, false, record -> checked.show(record, sink));
  }

  private void collect(FactRecord record) {
    if (record instanceof LineRecord line) {
      if (document.grain() == Grain.RECEIPT_LINE) {
        receipts.add(orderKey(line.shop(), line.order()), line.buyer(), line.at());
        salesByReceipt.merge(
            receiptKey(line.shop(), line.order(), line.buyer()),
            line.dueFen() == null ? 0L : line.dueFen(),
            Long::sum);
      } else if (line.line() != null) {
        compare(key(line), Stated.of(line));
      }
      if (document.grain() == Grain.ORDER_LINE) sum(orderKey(line.shop(), line.order())).add(line);
    } else if (record instanceof OrderRecord order && document.grain().ofOrders()) {
      compare(key(order), Stated.of(order));
      if (document.grain() == Grain.ORDER_LINE) sum(key(order)).add(order);
    } else if (record instanceof RefundRecord refund && refund.refund() == null) {
      receipts.add(orderKey(refund.shop(), refund.order()), refund.buyer(), refund.at());
      returns.computeIfAbsent(returnGroup(refund), key -> new ArrayList<>()).add(refund);
    } else if (record instanceof RefundRecord refund) {
      compare(key(refund), Stated.of(refund));
    } else if (record instanceof Reject reject && reject.order() != null) {
      rejected.add(orderKey(reject.shop(), reject.order()));
    }
  }

  private OrderSum sum(String key) {
    return orders.computeIfAbsent(key, order -> new OrderSum());
  }

  private void compare(String key, Stated stated) {
    Stated.Rows rows = statedByKey.putIfAbsent(key, new Stated.Rows(stated));
    if (rows != null && !rows.agrees(stated)) conflicting.add(key);
  }

  private String suffix(String shop, String order, List<Token> buyer) {
    return receipts.suffix(orderKey(shop, order), buyer);
  }

  /**
   * The k-th of several equal (order, sku, price) is counted by amount, then by content, never by
   * file order.
   */
  private void keyReturns() {
    returns.forEach(
        (group, rows) -> {
          rows.sort(
              Comparator.comparingLong(RefundRecord::amountFen)
                  .thenComparing(row -> HexFormat.of().formatHex(contents.hash(row)))
                  .thenComparingInt(RefundRecord::row));
          RefundRecord first = rows.get(0);
          String number = first.order() + suffix(first.shop(), first.order(), first.buyer());
          String price = String.format("%012d", first.priceFen());
          for (int k = 0; k < rows.size(); k++)
            returnKeys.put(
                rows.get(k).row(), number + "/" + first.sku() + "/" + price + "/" + (k + 1));
        });
  }

  private void show(FactRecord record, Consumer<FactRecord> sink) {
    if (record instanceof OrderRecord order) showOrder(order, sink);
    else if (record instanceof LineRecord line && document.grain() == Grain.RECEIPT_LINE) {
      String suffix = suffix(line.shop(), line.order(), line.buyer());
      sink.accept(
          suffix == null
              ? twoCards(line.row(), line.order(), line.shop(), line.buyer())
              : numbered(line, line.order() + suffix));
    } else if (record instanceof RefundRecord refund && refund.refund() == null) {
      String suffix = suffix(refund.shop(), refund.order(), refund.buyer());
      sink.accept(
          suffix == null
              ? twoCards(refund.row(), refund.order(), refund.shop(), refund.buyer())
              : numbered(refund, refund.order() + suffix, returnKeys.get(refund.row())));
    } else if (record instanceof LineRecord line
        && document.grain() == Grain.ORDER_LINE
        && conflicting.contains(orderKey(line.shop(), line.order()))) {
      // Rows that state an order and a line each go as a whole.
      String shown = document.field("gross") == null ? "order" : "gross";
      sink.accept(conflict(line.row(), shown, orderGross, line.order(), line.shop()));
    } else if (record instanceof LineRecord line
        && line.line() != null
        && conflicting.contains(key(line))) {
      sink.accept(
          conflict(line.row(), conflictField(), line.priceFen(), line.order(), line.shop()));
    } else if (record instanceof RefundRecord refund && conflicting.contains(key(refund))) {
      sink.accept(
          conflict(refund.row(), "amount", refund.amountFen(), refund.order(), refund.shop()));
    } else sink.accept(record);
  }

  /** The column a conflict of lines is shown under. */
  private String conflictField() {
    return document.field("price") == null ? "qty" : "price";
  }

  private void showOrder(OrderRecord order, Consumer<FactRecord> sink) {
    if (document.grain() == Grain.RECEIPT_LINE) {
      String suffix = suffix(order.shop(), order.order(), order.buyer());
      String key = receiptKey(order.shop(), order.order(), order.buyer());
      if (suffix != null && receiptsShown.add(key))
        sink.accept(withSum(order, order.order() + suffix, salesByReceipt.get(key)));
    } else if (conflicting.contains(key(order))) {
      orderGross = order.grossFen();
      if (document.grain() == Grain.ORDER)
        sink.accept(conflict(order.row(), "gross", orderGross, order.order(), order.shop()));
    } else if (document.grain() == Grain.ORDER_LINE) {
      boolean whole = !rejected.contains(key(order));
      if (receiptsShown.add(key(order)))
        sink.accept(sum(key(order)).sum(whole, linesTellRefunds()));
    } else sink.accept(order);
  }

  private boolean linesTellRefunds() {
    return document.field("refund_state") != null || document.field("line_refunded") != null;
  }

  private Reject conflict(int row, String field, Long fen, String order, String shop) {
    String column = document.field(field).columns().get(0);
    String value = fen == null ? "" : BigDecimal.valueOf(fen, 2).toPlainString();
    return new Reject(row, RejectReason.CONFLICTING_ROWS, column, value, order, shop, "");
  }

  /** Who stands on the row is what it contradicts another one in. */
  private Reject twoCards(int row, String order, String shop, List<Token> buyer) {
    Field card = document.field("card");
    String shown = buyer.get(0).kind().equals("card") ? buyer.get(0).value() : "";
    return new Reject(
        row, RejectReason.CONFLICTING_ROWS, card.columns().get(0), shown, order, shop, "");
  }

  private static OrderRecord withSum(OrderRecord order, String number, long sum) {
    return new OrderRecord(
        order.row(),
        order.channel(),
        order.shop(),
        number,
        order.buyer(),
        order.state(),
        order.createdAt(),
        order.paidAt(),
        order.completedAt(),
        order.modifiedAt(),
        sum,
        0L,
        0L,
        sum,
        order.itemCount(),
        order.children());
  }

  private static LineRecord numbered(LineRecord line, String number) {
    return new LineRecord(
        line.row(),
        line.shop(),
        number,
        line.line(),
        line.sku(),
        line.skuAlso(),
        line.qty(),
        line.priceFen(),
        line.dueFen(),
        line.freightFen(),
        line.paidFen(),
        line.state(),
        line.refundState(),
        line.refundedFen(),
        line.at(),
        line.tillPoints(),
        line.excluded(),
        line.buyer());
  }

  private static RefundRecord numbered(RefundRecord refund, String number, String id) {
    return new RefundRecord(
        refund.row(),
        refund.shop(),
        id,
        number,
        refund.line(),
        refund.sku(),
        refund.qty(),
        refund.priceFen(),
        refund.state(),
        refund.amountFen(),
        refund.at(),
        refund.buyer(),
        refund.tillPoints());
  }

  private static String returnGroup(RefundRecord refund) {
    return receiptKey(refund.shop(), refund.order(), refund.buyer())
        + "\n"
        + refund.sku()
        + "\n"
        + refund.priceFen();
  }

  private static String receiptKey(String shop, String order, List<Token> buyer) {
    Token owner = Receipts.owner(buyer);
    return orderKey(shop, order) + "\n" + (owner == null ? "" : owner.kind() + owner.value());
  }

  private static String orderKey(String shop, String order) {
    return Objects.toString(shop, "") + "\n" + order;
  }

  private static String key(OrderRecord order) {
    return orderKey(order.shop(), order.order());
  }

  private static String key(RefundRecord refund) {
    return orderKey(refund.shop(), refund.order()) + "\nrefund " + refund.refund();
  }

  private static String key(LineRecord line) {
    return Objects.toString(line.shop(), "") + "\n" + line.order() + "\n" + line.line();
  }
}
