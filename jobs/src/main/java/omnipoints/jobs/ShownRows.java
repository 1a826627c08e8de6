package omnipoints.jobs;

import java.util.UUID;
import java.util.function.Consumer;
import omnipoints.facts.Delivery;
import omnipoints.facts.FactRecord;
import omnipoints.facts.OrderKeys;
import omnipoints.facts.TokenisedRecords;
import omnipoints.mappings.Document;
import omnipoints.mappings.PersonTokens;

/**
 * Records as they are read, tokenised and spilled: what speaks of an order goes to scratch, the
 * rest to the tables of the night. Not thread-safe.
 */
final class ShownRows {

  private final TokenisedRecords tokenised;
  private final OrderKeys keys = new OrderKeys();
  private final Scratch.Writer scratch;
  private final ReadTables tables;

  /**
   * @param tables null where only the scratch is made again
   */
  ShownRows(Tokens tokens, Scratch.Writer scratch, ReadTables tables) {
    this.tokenised = new TokenisedRecords(tokens::hash, PersonTokens::shown);
    this.scratch = scratch;
    this.tables = tables;
  }

  /** Where the records of one delivery go. */
  Consumer<FactRecord> of(int delivery, String channel, Document document) {
    Delivery.Shows shows = Delivery.Shows.named(document.grain().name());
    return record -> {
      tokenised.put(
          record,
          delivery,
          shows,
          document.paidWhenCompleted(),
          row -> scratch.put(keys.group(channel, row.order()), row));
      if (tables != null) put(delivery, channel, record);
    };
  }

  private void put(int delivery, String channel, FactRecord record) {
    if (record instanceof FactRecord.OrderRecord order) putSplits(delivery, channel, order);
    else if (record instanceof FactRecord.Reject reject) put(delivery, channel, reject);
    else if (record instanceof FactRecord.BindingRecord binding) tables.put(delivery, binding);
    else if (record instanceof FactRecord.MemberRecord member) tables.put(delivery, member);
    else if (record instanceof FactRecord.AckRecord ack) tables.put(delivery, ack);
    else if (record instanceof FactRecord.BalanceRecord balance)
      tables.put(delivery, channel, balance);
    else if (record instanceof FactRecord.SettlementRecord settlement)
      tables.put(delivery, settlement);
    else if (record instanceof FactRecord.OwnRecord own) tables.put(delivery, own);
  }

  private void putSplits(int delivery, String channel, FactRecord.OrderRecord order) {
    if (order.children().isEmpty()) return;
    UUID key = keys.of(channel, order.shop(), order.order());
    for (String child : order.children())
      tables.putSplit(delivery, key, keys.of(channel, order.shop(), child), order.paidAt());
  }

  private void put(int delivery, String channel, FactRecord.Reject reject) {
    boolean known = reject.order() != null && reject.shop() != null;
    tables.put(delivery, reject, known ? keys.of(channel, reject.shop(), reject.order()) : null);
  }
}
