package omnipoints.mappings;

import java.util.function.Consumer;
import omnipoints.facts.FactRecord;

/** One row, one order. */
final class OrderRows implements RecordRows {
  @Override
  public Outcome read(RowTyping row, Consumer<FactRecord> sink) {
    String order = row.text("order");
    row.belongsTo(order);
    FactRecord.OrderRecord record =
        OrderCells.read(row, order, row.shop(), row.orderState("state"));
    if (!row.rejected()) sink.accept(record);
    return Outcome.READ;
  }
}
