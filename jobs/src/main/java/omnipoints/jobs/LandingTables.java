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
import omnipoints.facts.Stated;
import omnipoints.facts.Token;
import omnipoints.mappings.Document;
import omnipoints.mappings.Grain;
import omnipoints.mappings.PersonTokens;

/**
 * The landing tables of one night, open for COPY, each on a connection of its own so that records
 * go where they belong in the order they come. Person data becomes hashes here: no plain phone goes
 * further.
 */
final class LandingTables implements AutoCloseable {

  private final List<NightCopy> open = new ArrayList<>();
  private final Tokens tokens;
  private final OrderKeys keys = new OrderKeys();
  private final Contents contents = new Contents();
  private final NightCopy orders;
  private final NightCopy lines;
  private final NightCopy returns;
  private final NightCopy refunds;
  private final NightCopy splits;
  private final NightCopy buyers;
  private final NightCopy bindings;
  private final NightCopy members;
  private final NightCopy evidence;
  private final NightCopy balances;
  private final NightCopy balanceTokens;
  private final NightCopy rejects;

  private LandingTables(Night night) {
    tokens = night.tokens();
    orders =
        copy(
            night,
            "landing_order",
            "delivery",
            "row",
            "order_key",
            "channel",
            "shop",
            "order_no",
            "state",
            "created_at",
            "paid_at",
            "paid_when_completed",
            "completed_at",
            "modified_at",
            "gross_fen",
            "freight_fen",
            "refunded_fen",
            "net_fen",
            "item_count",
            "content",
            "amounts",
            "card");
    lines =
        copy(
            night,
            "landing_line",
            "delivery",
            "row",
            "order_key",
            "channel",
            "shop",
            "order_no",
            "line",
            "sku",
            "qty",
            "price_fen",
            "due_fen",
            "paid_fen",
            "state",
            "refund_state",
            "refunded_fen",
            "at",
            "till_points",
            "excluded",
            "content",
            "amounts",
            "card");
    returns =
        copy(
            night,
            "landing_return",
            "delivery",
            "row",
            "order_key",
            "channel",
            "shop",
            "order_no",
            "sku",
            "price_fen",
            "amount_fen",
            "at",
            "till_points",
            "content",
            "card");
    refunds =
        copy(
            night,
            "landing_refund",
            "delivery",
            "row",
            "order_key",
            "channel",
            "shop",
            "order_no",
            "refund_no",
            "line_id",
            "sku",
            "state",
            "amount_fen",
            "at",
            "content");
    splits = copy(night, "landing_split", "delivery", "row", "parent_key", "child_key");
    buyers =
        copy(
            night,
            "landing_token",
            "delivery",
            "order_key",
            "kind",
            "channel",
            "hash",
            "shown",
            "card");
    bindings =
        copy(
            night,
            "landing_binding",
            "delivery",
            "row",
            "content",
            "channel",
            "order_no",
            "shop",
            "bound_at");
    members =
        copy(
            night,
            "landing_member",
            "delivery",
            "row",
            "content",
            "kind",
            "hash",
            "shown",
            "birthday",
            "join_date",
            "home_shop",
            "phone",
            "phone_shown");
    evidence =
        copy(night, "landing_evidence", "content", "side", "kind", "channel", "hash", "shown");
    balances =
        copy(night, "landing_balance", "delivery", "row", "content", "channel", "shop", "points");
    balanceTokens =
        copy(night, "landing_balance_token", "content", "kind", "channel", "hash", "shown");
    rejects =
        copy(
            night,
            "landing_reject",
            "delivery",
            "row",
            "column_name",
            "reason",
            "value_masked",
            "record_masked",
            "shop",
            "order_no",
            "order_key");
  }

  static LandingTables open(Night night) {
    return new LandingTables(night);
  }

  private NightCopy copy(Night night, String table, String... columns) {
    NightCopy copy = NightCopy.own(night, table, columns);
    open.add(copy);
    return copy;
  }

  /** Ends and commits all copies; without it nothing was written. */
  void finish() {
    NightCopy.finishAll(open);
  }

  /** Where the records of one delivery go. */
  Consumer<FactRecord> of(int delivery, String channel, Document document) {
    return record -> {
      if (record instanceof FactRecord.OrderRecord order) put(delivery, channel, document, order);
      else if (record instanceof FactRecord.LineRecord line) put(delivery, channel, line);
      else if (record instanceof FactRecord.RefundRecord refund) put(delivery, channel, refund);
      else if (record instanceof FactRecord.BindingRecord binding) put(delivery, binding);
      else if (record instanceof FactRecord.MemberRecord member) put(delivery, member);
      else if (record instanceof FactRecord.BalanceRecord balance) put(delivery, channel, balance);
      else put(delivery, channel, (FactRecord.Reject) record);
    };
  }

  private void put(int delivery, String channel, Document document, FactRecord.OrderRecord order) {
    UUID key = keys.of(channel, order.shop(), order.order());
    Long card = document.grain() == Grain.RECEIPT_LINE ? card(order.buyer()) : null;
    orders
        .row()
        .putInt(delivery)
        .putInt(order.row())
        .putUuid(key)
        .putText(channel)
        .putText(order.shop())
        .putText(order.order())
        .putShort(OrderRank.of(order.state(), order.paidAt() != null))
        .putTimestamptz(order.createdAt())
        .putTimestamptz(order.paidAt())
        .putBoolean(document.paidWhenCompleted())
        .putTimestamptz(order.completedAt())
        .putTimestamptz(order.modifiedAt())
        .putLong(order.grossFen())
        .putLong(order.freightFen())
        .putLong(order.refundedFen())
        .putLong(order.netFen())
        .putNumeric(order.itemCount())
        .putBytes(contents.hash(order))
        .putLong(Stated.of(order).amounts())
        .putLong(card);
    putBuyers(delivery, key, order.buyer(), card);
    for (String child : order.children()) {
      splits
          .row()
          .putInt(delivery)
          .putInt(order.row())
          .putUuid(key)
          .putUuid(keys.of(channel, order.shop(), child));
    }
  }

  /**
   * Who a row of a till belongs to, in 64 bits: its card, else what stands for it; null for nobody.
   */
  private Long card(List<Token> buyer) {
    return buyer.isEmpty() ? null : ByteBuffer.wrap(tokens.hash(buyer.get(0))).getLong();
  }

  private void putBuyers(int delivery, UUID key, List<Token> buyer, Long card) {
    for (Token token : buyer) {
      buyers
          .row()
          .putInt(delivery)
          .putUuid(key)
          .putText(token.kind())
          .putText(token.channel())
          .putBytes(tokens.hash(token))
          .putText(PersonTokens.shown(token))
          .putLong(card);
    }
  }

  private void put(int delivery, String channel, FactRecord.LineRecord line) {
    lines
        .row()
        .putInt(delivery)
        .putInt(line.row())
        .putUuid(keys.of(channel, line.shop(), line.order()))
        .putText(channel)
        .putText(line.shop())
        .putText(line.order())
        .putText(line.line())
        .putText(line.sku())
        .putNumeric(line.qty())
        .putLong(line.priceFen())
        .putLong(line.dueFen())
        .putLong(line.paidFen())
        .putShort(OrderRank.of(line.state(), line.refundState() != RefundState.NONE))
        .putShort(line.refundState().ordinal())
        .putLong(line.refundedFen())
        .putTimestamptz(line.at())
        .putLong(line.tillPoints())
        .putBoolean(line.excluded())
        .putBytes(contents.hash(line))
        .putLong(Stated.of(line).amounts())
        .putLong(card(line.buyer()));
  }

  private void put(int delivery, String channel, FactRecord.RefundRecord refund) {
    UUID key = keys.of(channel, refund.shop(), refund.order());
    if (refund.refund() != null) {
      refunds
          .row()
          .putInt(delivery)
          .putInt(refund.row())
          .putUuid(key)
          .putText(channel)
          .putText(refund.shop())
          .putText(refund.order())
          .putText(refund.refund())
          .putText(refund.line())
          .putText(refund.sku())
          .putShort(refund.state().ordinal())
          .putLong(refund.amountFen())
          .putTimestamptz(refund.at())
          .putBytes(contents.hash(refund));
      return;
    }
    returns
        .row()
        .putInt(delivery)
        .putInt(refund.row())
        .putUuid(key)
        .putText(channel)
        .putText(refund.shop())
        .putText(refund.order())
        .putText(refund.sku())
        .putLong(refund.priceFen())
        .putLong(refund.amountFen())
        .putTimestamptz(refund.at())
        .putLong(refund.tillPoints())
        .putBytes(contents.hash(refund))
        .putLong(card(refund.buyer()));
    putBuyers(delivery, key, refund.buyer(), card(refund.buyer()));
  }

  private void put(int delivery, FactRecord.BindingRecord binding) {
    byte[] content = contents.hash(binding);
    bindings
        .row()
        .putInt(delivery)
        .putInt(binding.row())
        .putBytes(content)
        .putText(binding.channel())
        .putText(binding.orderNo())
        .putText(binding.shop())
        .putTimestamptz(binding.boundAt());
    if (binding.platform() != null) putEvidence(content, "PLATFORM", binding.platform());
    for (Token token : binding.person()) putEvidence(content, "PERSON", token);
  }

  private void put(int delivery, FactRecord.MemberRecord member) {
    byte[] content = contents.hash(member);
    Token subject = token(member, "card");
    Token phone = token(member, "phone");
    if (subject == null) subject = phone;
    members
        .row()
        .putInt(delivery)
        .putInt(member.row())
        .putBytes(content)
        .putText(subject.kind())
        .putBytes(tokens.hash(subject))
        .putText(PersonTokens.shown(subject))
        .putDate(member.birthday())
        .putDate(member.joinDate())
        .putText(member.homeShop() == null ? "" : member.homeShop())
        .putBytes(phone == null ? null : tokens.hash(phone))
        .putText(phone == null ? null : PersonTokens.shown(phone));
    for (Token token : member.person()) putEvidence(content, "PERSON", token);
  }

  private static Token token(FactRecord.MemberRecord member, String kind) {
    for (Token token : member.person()) if (token.kind().equals(kind)) return token;
    return null;
  }

  private void putEvidence(byte[] content, String side, Token token) {
    evidence
        .row()
        .putBytes(content)
        .putText(side)
        .putText(token.kind())
        .putText(token.channel())
        .putBytes(tokens.hash(token))
        .putText(PersonTokens.shown(token));
  }

  private void put(int delivery, String channel, FactRecord.BalanceRecord balance) {
    byte[] content = contents.hash(balance);
    balances
        .row()
        .putInt(delivery)
        .putInt(balance.row())
        .putBytes(content)
        .putText(channel)
        .putText(balance.shop())
        .putLong(balance.points());
    for (Token token : balance.person()) {
      balanceTokens
          .row()
          .putBytes(content)
          .putText(token.kind())
          .putText(token.channel())
          .putBytes(tokens.hash(token))
          .putText(PersonTokens.shown(token));
    }
  }

  private void put(int delivery, String channel, FactRecord.Reject reject) {
    boolean known = reject.order() != null && reject.shop() != null;
    rejects
        .row()
        .putInt(delivery)
        .putInt(reject.row())
        .putText(reject.column())
        .putText(reject.reason().name())
        .putText(reject.value())
        .putText(reject.rowMasked())
        .putText(reject.shop())
        .putText(reject.order())
        .putUuid(known ? keys.of(channel, reject.shop(), reject.order()) : null);
  }

  @Override
  public void close() {
    open.forEach(NightCopy::close);
  }
}
