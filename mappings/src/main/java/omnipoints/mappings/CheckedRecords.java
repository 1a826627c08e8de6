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
import omnipoints.mappings.Record.LineRecord;
import omnipoints.mappings.Record.OrderRecord;
import omnipoints.mappings.Record.RefundRecord;
import omnipoints.mappings.Record.Reject;

/**
 * The records of one file as a person checking it wants them, in two passes: a till receipt is one
 * order with the sum of its sales, a return has its generated key, and two rows of one key with
 * different amounts are rejects. The night decides the same per delivery in SQL; this view holds
 * one small entry per receipt, order or line id in memory.
 */
final class CheckedRecords {
  private final Document document;
  private final Map<String, Long> salesByReceipt = new HashMap<>();
  private final Map<String, OrderSum> orders = new HashMap<>();
  private final Map<String, List<RefundRecord>> returns = new HashMap<>();
  private final Map<Integer, String> returnKeys = new HashMap<>();
  private final Map<String, List<Long>> amountsByKey = new HashMap<>();
  private final Set<String> rejected = new HashSet<>();
  private final Set<String> conflicting = new HashSet<>();
  private final Set<String> receiptsShown = new HashSet<>();
  private Long orderGross;
  private final Contents contents = new Contents();

  private CheckedRecords(Document document) {
    this.document = document;
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
      Consumer<Record> sink) {
    CheckedRecords checked = new CheckedRecords(recognised.document());
    RecordReader.read(recognised, file, folderShopOrNull, zone, false, checked::collect);
    checked.keyReturns();
    return RecordReader.read(
        recognised, file, folderShopOrNull, zone, false, record -> checked.show(record, sink));
  }

  private void collect(Record record) {
    if (record instanceof LineRecord line) {
      if (document.grain() == Grain.RECEIPT_LINE) {
        salesByReceipt.merge(line.order(), line.dueFen() == null ? 0L : line.dueFen(), Long::sum);
      } else if (line.line() != null) {
        compare(key(line), amounts(line));
      }
      if (document.grain() == Grain.ORDER_LINE) sum(orderKey(line.shop(), line.order())).add(line);
    } else if (record instanceof OrderRecord order && document.grain().ofOrders()) {
      compare(key(order), amounts(order));
      if (document.grain() == Grain.ORDER_LINE) sum(key(order)).add(order);
    } else if (record instanceof RefundRecord refund && refund.refund() == null) {
      returns.computeIfAbsent(returnGroup(refund), key -> new ArrayList<>()).add(refund);
    } else if (record instanceof RefundRecord refund) {
      compare(key(refund), List.of(refund.amountFen()));
    } else if (record instanceof Reject reject && reject.order() != null) {
      rejected.add(orderKey(reject.shop(), reject.order()));
    }
  }

  private OrderSum sum(String key) {
    return orders.computeIfAbsent(key, order -> new OrderSum());
  }

  private void compare(String key, List<Long> amounts) {
    List<Long> before = amountsByKey.putIfAbsent(key, amounts);
    if (before != null && !before.equals(amounts)) conflicting.add(key);
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
          for (int k = 0; k < rows.size(); k++)
            returnKeys.put(rows.get(k).row(), group + "/" + (k + 1));
        });
  }

  private void show(Record record, Consumer<Record> sink) {
    if (record instanceof OrderRecord order) showOrder(order, sink);
    else if (record instanceof LineRecord line
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
    } else if (record instanceof RefundRecord refund && refund.refund() == null) {
      sink.accept(withId(refund, returnKeys.get(refund.row())));
    } else sink.accept(record);
  }

  /** The column a conflict of lines is shown under. */
  private String conflictField() {
    return document.field("price") == null ? "qty" : "price";
  }

  private void showOrder(OrderRecord order, Consumer<Record> sink) {
    if (document.grain() == Grain.RECEIPT_LINE) {
      if (receiptsShown.add(order.order()))
        sink.accept(withSum(order, salesByReceipt.get(order.order())));
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

  private static OrderRecord withSum(OrderRecord order, long sum) {
    return new OrderRecord(
        order.row(),
        order.channel(),
        order.shop(),
        order.order(),
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

  private static RefundRecord withId(RefundRecord refund, String id) {
    return new RefundRecord(
        refund.row(),
        refund.shop(),
        id,
        refund.order(),
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
    return refund.order() + "/" + refund.sku() + "/" + String.format("%012d", refund.priceFen());
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

  private static List<Long> amounts(OrderRecord order) {
    return orNone(order.grossFen(), order.freightFen(), order.refundedFen(), order.netFen());
  }

  private static List<Long> amounts(LineRecord line) {
    long milliQty = line.qty().movePointRight(3).longValue();
    return orNone(
        line.priceFen(),
        line.dueFen(),
        line.freightFen(),
        line.paidFen(),
        line.refundedFen(),
        milliQty);
  }

  private static List<Long> orNone(Long... amounts) {
    List<Long> all = new ArrayList<>();
    for (Long amount : amounts) all.add(amount == null ? Long.MIN_VALUE : amount);
    return all;
  }
}
