package omnipoints.mappings;

import java.util.function.Consumer;

/** One row, one order. */
final class OrderRows implements RecordRows {
  @Override
  public Outcome read(RowTyping row, Consumer<Record> sink) {
    String order = row.text("order");
    row.belongsTo(order);
    Record.OrderRecord record = OrderCells.read(row, order, row.shop(), row.orderState("state"));
    if (!row.rejected()) sink.accept(record);
    return Outcome.READ;
  }
}
