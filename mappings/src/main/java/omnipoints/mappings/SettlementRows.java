package omnipoints.mappings;

import java.time.Instant;
import java.util.function.Consumer;
import omnipoints.facts.FactRecord;
import omnipoints.facts.FactRecord.SettlementKind;

/**
 * One row, one movement of money. Statements write what leaves the shop as a negative amount, as a
 * one with either sign in a column of its own, or beside a word for the direction: here it is
 * negative always. What was taken for the movement itself, in a column of its own, is a second one.
 * A row parks no order: it states nothing about one.
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
    Long charge = row.money("charge");
    Long balance = row.money("balance");
    if (at == null && !row.rejected()) row.missing("at");
    if (in == null && out == null && !row.rejected()) row.missing("amount");
    // Nobody can tell which of the two is meant.
    if (leaves != null && !leaves && in != null && in < 0) row.contradicted("amount");
    if (row.rejected()) return Outcome.READ;
    long amount = signed(in == null ? 0 : in, out == null ? 0 : Math.abs(out), leaves);
    // Some statements call both by one name.
    if (kind == SettlementKind.PAYMENT && amount < 0) kind = SettlementKind.REFUND;
    var movement =
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
            amount,
            balance);
    sink.accept(movement);
    if (charge != null && charge != 0)
      sink.accept(movement.kept(row.document().field("charge").columns().get(0), charge));
    return Outcome.READ;
  }

  /**
   * What the shop got.
   *
   * @param in as it is written
   * @param out without its sign
   * @param leaves null where no word tells
   */
  private static long signed(long in, long out, Boolean leaves) {
    if (leaves == null) return in - out;
    long moved = Math.abs(in) + out;
    return leaves ? -moved : moved;
  }
}
