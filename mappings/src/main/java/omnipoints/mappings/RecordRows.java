package omnipoints.mappings;

import java.util.function.Consumer;
import omnipoints.facts.FactRecord;
import omnipoints.facts.OwnRow;

/** What the rows of one grain state. */
interface RecordRows {
  /** What became of a row. */
  enum Outcome {
    /** Records went to the sink, or the row was rejected. */
    READ,
    /** The row states nothing by a declared filter. */
    FILTERED
  }

  /** Reads all fields of the row; hands over its records only if the row has no fault. */
  Outcome read(RowTyping row, Consumer<FactRecord> sink);

  static RecordRows of(Recognition.Recognised recognised) {
    Class<? extends OwnRow> own = recognised.document().grain().own();
    if (own != null) return new OwnRows(own, recognised.channels());
    return switch (recognised.document().grain()) {
      case ORDER -> new OrderRows();
      case LINE -> new LineRows();
      case ORDER_LINE -> new OrderLineRows();
      case REFUND -> new RefundRows();
      case RECEIPT_LINE -> new ReceiptRows();
      case BINDING -> new BindingRows(recognised.channels());
      case MEMBER -> new MemberRows();
      case BALANCE -> new BalanceRows();
      case ACK -> new AckRows();
      case SETTLEMENT -> new SettlementRows();
      default -> throw new IllegalStateException("no rows of " + recognised.document().grain());
    };
  }
}
