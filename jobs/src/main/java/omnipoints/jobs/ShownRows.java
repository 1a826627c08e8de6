package omnipoints.jobs;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import omnipoints.facts.Contents;
import omnipoints.facts.FactRecord;
import omnipoints.facts.OrderKeys;
import omnipoints.facts.OrderRank;
import omnipoints.facts.RefundState;
import omnipoints.facts.Shown;
import omnipoints.facts.Shown.Buyer;
import omnipoints.facts.Stated;
import omnipoints.facts.Token;
import omnipoints.mappings.Document;
import omnipoints.mappings.Grain;
import omnipoints.mappings.PersonTokens;

/**
 * Records as they are read, tokenised and spilled: what speaks of an order goes to scratch, the
 * rest to the tables of the night. Not thread-safe.
 */
final class ShownRows {

  private final Tokens tokens;
  private final OrderKeys keys = new OrderKeys();
  private final Contents contents = new Contents();
  private final Scratch.Writer scratch;
  private final ReadTables tables;

  /**
   * @param tables null where only the scratch is made again
   */
  ShownRows(Tokens tokens, Scratch.Writer scratch, ReadTables tables) {
    this.tokens = tokens;
    this.scratch = scratch;
    this.tables = tables;
  }

  /** Where the records of one delivery go. */
  Consumer<FactRecord> of(int delivery, String channel, Document document) {
    return record -> {
      if (record instanceof FactRecord.OrderRecord order) put(delivery, channel, document, order);
      else if (record instanceof FactRecord.LineRecord line) put(delivery, channel, line);
      else if (record instanceof FactRecord.RefundRecord refund) put(delivery, channel, refund);
      else if (record instanceof FactRecord.Reject reject) put(delivery, channel, reject);
      else if (tables == null) return;
      else if (record instanceof FactRecord.BindingRecord binding) tables.put(delivery, binding);
      else if (record instanceof FactRecord.MemberRecord member) tables.put(delivery, member);
      else tables.put(delivery, channel, (FactRecord.BalanceRecord) record);
    };
  }

  private void spill(String channel, Shown row) {
    scratch.put(keys.group(channel, row.order()), row);
  }

  private void put(int delivery, String channel, Document document, FactRecord.OrderRecord order) {
    Long card = document.grain() == Grain.RECEIPT_LINE ? card(order.buyer()) : null;
    spill(
        channel,
        new Shown.OrderShown(
            delivery,
            order.row(),
            order.shop(),
            order.order(),
            buyers(order.buyer()),
            OrderRank.of(order.state(), order.paidAt() != null),
            order.createdAt(),
            order.paidAt(),
            document.paidWhenCompleted(),
            order.completedAt(),
            order.modifiedAt(),
            order.grossFen(),
            order.freightFen(),
            order.refundedFen(),
            order.netFen(),
            order.itemCount(),
            contents.hash(order),
            Stated.of(order).amounts(),
            card));
    if (order.children().isEmpty()) return;
    UUID key = keys.of(channel, order.shop(), order.order());
    for (String child : order.children()) {
      spill(
          channel,
          new Shown.SplitShown(
              delivery, order.row(), order.shop(), order.order(), child, order.paidAt()));
      if (tables != null)
        tables.putSplit(delivery, key, keys.of(channel, order.shop(), child), order.paidAt());
    }
  }

  /**
   * Who a row of a till belongs to, in 64 bits: its card, else what stands for it; null for nobody.
   */
  private Long card(List<Token> buyer) {
    return buyer.isEmpty() ? null : ByteBuffer.wrap(tokens.hash(buyer.get(0))).getLong();
  }

  private List<Buyer> buyers(List<Token> buyer) {
    if (buyer.isEmpty()) return List.of();
    List<Buyer> buyers = new ArrayList<>(buyer.size());
    for (Token token : buyer)
      buyers.add(
          new Buyer(token.kind(), token.channel(), tokens.hash(token), PersonTokens.shown(token)));
    return buyers;
  }

  private void put(int delivery, String channel, FactRecord.LineRecord line) {
    spill(
        channel,
        new Shown.LineShown(
            delivery,
            line.row(),
            line.shop(),
            line.order(),
            line.line(),
            line.sku(),
            line.skuAlso(),
            line.qty(),
            line.priceFen(),
            line.dueFen(),
            line.paidFen(),
            OrderRank.of(line.state(), line.refundState() != RefundState.NONE),
            (short) line.refundState().ordinal(),
            line.refundedFen(),
            line.at(),
            line.tillPoints(),
            line.excluded(),
            contents.hash(line),
            Stated.of(line).amounts(),
            card(line.buyer())));
  }

  private void put(int delivery, String channel, FactRecord.RefundRecord refund) {
    if (refund.refund() == null) {
      spill(
          channel,
          new Shown.ReturnShown(
              delivery,
              refund.row(),
              refund.shop(),
              refund.order(),
              buyers(refund.buyer()),
              refund.sku(),
              refund.priceFen(),
              refund.amountFen(),
              refund.at(),
              refund.tillPoints(),
              contents.hash(refund),
              card(refund.buyer())));
      return;
    }
    spill(
        channel,
        new Shown.RefundShown(
            delivery,
            refund.row(),
            refund.shop(),
            refund.order(),
            refund.refund(),
            refund.line(),
            refund.sku(),
            (short) refund.state().ordinal(),
            refund.amountFen(),
            refund.at(),
            contents.hash(refund)));
  }

  private void put(int delivery, String channel, FactRecord.Reject reject) {
    boolean known = reject.order() != null && reject.shop() != null;
    if (known)
      spill(channel, new Shown.RejectShown(delivery, reject.row(), reject.shop(), reject.order()));
    for (String other : known ? reject.besides() : List.<String>of())
      spill(
          channel,
          new Shown.GluedShown(
              delivery,
              reject.row(),
              reject.shop(),
              other,
              reject.reason().name(),
              reject.column(),
              reject.value(),
              reject.rowMasked()));
    if (tables != null)
      tables.put(delivery, reject, known ? keys.of(channel, reject.shop(), reject.order()) : null);
  }
}
