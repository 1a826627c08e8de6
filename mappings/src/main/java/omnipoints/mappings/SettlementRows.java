package omnipoints.mappings;

import java.time.Instant;
import java.util.function.Consumer;
import omnipoints.facts.FactRecord;
import omnipoints.facts.FactRecord.SettlementKind;

/**
 * One row, one movement of money. Statements write what leaves the shop as a negative amount, as a
 * positive one in a column of its own, or beside a word for the direction: here it is negative
 * always. A row parks no order: it states nothing about one.
 */
final class SettlementRows implements RecordRows {
  @Override
  public Outcome read(RowTyping row, Consumer<FactRecord> sink) {
    String shop = row.shop();
    String flow = row.text("flow");
    String order = row.linked("order");
    String line = row.text("line");
    String refund = row.text("refund");
    Instant at = row.instant("at");
    String fee = row.text("fee");
    SettlementKind kind = SettlementKind.valueOf(row.listed("kind", SettlementKind.UNKNOWN.name()));
    Long in = row.money("amount");
    Long out = row.money("out");
    Boolean leaves = row.leaves("direction");
    if (at == null && !row.rejected()) row.missing("at");
    if (in == null && out == null && !row.rejected()) row.missing("amount");
    if (row.rejected()) return Outcome.READ;
    long amount = signed(in, out, leaves);
    // Some statements call both by one name.
    if (kind == SettlementKind.PAYMENT && amount < 0) kind = SettlementKind.REFUND;
    sink.accept(
        new FactRecord.SettlementRecord(
            row.row(),
            row.channel().code(),
            shop,
            flow,
            order,
            line,
            refund,
            at,
            fee == null ? "" : fee,
            kind,
            amount));
    return Outcome.READ;
  }

  private static long signed(Long in, Long out, Boolean leaves) {
    if (leaves != null) return leaves ? -Math.abs(in) : Math.abs(in);
    if (out != null && out != 0) return -Math.abs(out);
    return in == null ? 0 : in;
  }
}
