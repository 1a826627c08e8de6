package omnipoints.mappings;

import java.time.LocalDate;
import java.util.function.Consumer;
import omnipoints.facts.FactRecord;

/** One row, one close that others have received. */
final class AckRows implements RecordRows {
  @Override
  public Outcome read(RowTyping row, Consumer<FactRecord> sink) {
    LocalDate night = row.date("date");
    String closeHash = row.text("close_hash");
    if (!row.rejected()) sink.accept(new FactRecord.AckRecord(row.row(), night, closeHash));
    return Outcome.READ;
  }
}
