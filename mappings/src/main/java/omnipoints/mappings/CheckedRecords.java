package omnipoints.mappings;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import omnipoints.facts.FactRecord;
import omnipoints.facts.FactRecord.LineRecord;
import omnipoints.facts.FactRecord.OrderRecord;
import omnipoints.facts.FactRecord.RefundRecord;
import omnipoints.facts.FactRecord.Reject;
import omnipoints.facts.RejectReason;
import omnipoints.facts.Token;

/**
 * The records of one file as a person checking it wants them: as the night would join them ({@link
 * FileJoin}), in file order. A till receipt is one order with the sum of its sales, a return has
 * its generated key, and rows of one key that contradict each other are rejects. The file is read
 * to count the rows of each number, again to join them as soon as all of a number were seen, and
 * once more to show them; held are a count per number, the rows of the numbers that are not
 * complete yet, and one order per receipt.
 */
final class CheckedRecords {
  private final Document document;
  private final FileJoin join;
  private final Map<String, Integer> rowsLeft = new HashMap<>();
  private final Map<String, List<FactRecord>> incomplete = new HashMap<>();
  private final Set<String> rejected = new HashSet<>();
  private Long orderGross;

  private CheckedRecords(Document document, ZoneId zone) {
    this.document = document;
    this.join =
        new FileJoin(document, zone, (shop, number) -> rejected.contains(orderKey(shop, number)));
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
    RecordReader.read(recognised, file, folderShopOrNull, zone, false, checked::count);
    checked.forgetLoneRows();
    if (!checked.rowsLeft.isEmpty())
      RecordReader.read(recognised, file, folderShopOrNull, zone, false, checked::collect);
    return RecordReader.read(
        recognised, file, folderShopOrNull, zone, false, record -> checked.show(record, sink));
  }

  private void count(FactRecord record) {
    String number = number(record);
    if (number != null) rowsLeft.merge(number, 1, Integer::sum);
    else if (record instanceof Reject reject && reject.order() != null)
      rejected.add(orderKey(reject.shop(), reject.order()));
  }

  /** A record alone under its number contradicts none, and says all of its order. */
  private void forgetLoneRows() {
    if (!join.gathersOrders()) rowsLeft.values().removeIf(rows -> rows == 1);
  }

  private void collect(FactRecord record) {
    String number = number(record);
    Integer left = number == null ? null : rowsLeft.get(number);
    if (left == null) return;
    incomplete.computeIfAbsent(number, one -> new ArrayList<>(2)).add(record);
    if (left > 1) rowsLeft.put(number, left - 1);
    else {
      rowsLeft.remove(number);
      join.join(number, incomplete.remove(number));
    }
  }

  /** Of the order that a record shows something of; null for other records and rejects. */
  private static String number(FactRecord record) {
    if (record instanceof OrderRecord order) return order.order();
    if (record instanceof LineRecord line) return line.order();
    return record instanceof RefundRecord refund ? refund.order() : null;
  }

  private void show(FactRecord record, Consumer<FactRecord> sink) {
    if (record instanceof OrderRecord order) show(order, sink);
    else if (record instanceof LineRecord line) sink.accept(shown(line));
    else if (record instanceof RefundRecord refund) sink.accept(shown(refund));
    else sink.accept(record);
  }

  private void show(OrderRecord order, Consumer<FactRecord> sink) {
    orderGross = order.grossFen();
    if (join.gathersOrders()) {
      OrderRecord gathered = join.order(order.row());
      if (gathered != null) sink.accept(gathered);
    } else if (join.conflicting(order.row())) {
      sink.accept(conflict(order.row(), "gross", orderGross, order.order(), order.shop()));
    } else sink.accept(order);
  }

  private FactRecord shown(LineRecord line) {
    if (!join.conflicting(line.row())) return numbered(line, join.number(line.row(), line.order()));
    if (document.grain() == Grain.RECEIPT_LINE)
      return twoCards(line.row(), line.order(), line.shop(), line.buyer());
    // Rows that state an order and a line each go as a whole.
    if (join.ofConflictingOrder(line.row())) {
      String shown = document.field("gross") == null ? "order" : "gross";
      return conflict(line.row(), shown, orderGross, line.order(), line.shop());
    }
    String shown = document.field("price") == null ? "qty" : "price";
    return conflict(line.row(), shown, line.priceFen(), line.order(), line.shop());
  }

  private FactRecord shown(RefundRecord refund) {
    if (refund.refund() != null)
      return join.conflicting(refund.row())
          ? conflict(refund.row(), "amount", refund.amountFen(), refund.order(), refund.shop())
          : refund;
    return join.conflicting(refund.row())
        ? twoCards(refund.row(), refund.order(), refund.shop(), refund.buyer())
        : numbered(refund, join.number(refund.row(), refund.order()), join.returned(refund.row()));
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

  private static LineRecord numbered(LineRecord line, String number) {
    if (number.equals(line.order())) return line;
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

  private static String orderKey(String shop, String order) {
    return Objects.toString(shop, "") + "\n" + order;
  }
}
