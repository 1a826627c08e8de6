package omnipoints.facts;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

/**
 * Hash of what a record says, whatever row says it: the last tie breaker of the merge, and what
 * tells a repeated row from a changed one. Every field is written with its length, so that no two
 * contents share one encoding. One instance per thread.
 */
public final class Contents {
  private static final int BYTES = 16;

  private final MessageDigest digest = Sha256.digest();
  private byte[] buffer = new byte[512];
  private int length;

  /**
   * First 16 bytes of the SHA-256 over all fields but the row number. Rejects have no content: they
   * throw.
   */
  public byte[] hash(FactRecord record) {
    length = 0;
    if (record instanceof FactRecord.OrderRecord order) order(order);
    else if (record instanceof FactRecord.LineRecord line) line(line);
    else if (record instanceof FactRecord.RefundRecord refund) refund(refund);
    else if (record instanceof FactRecord.BindingRecord binding) binding(binding);
    else if (record instanceof FactRecord.MemberRecord member) member(member);
    else if (record instanceof FactRecord.BalanceRecord balance) balance(balance);
    else if (record instanceof FactRecord.AckRecord ack) ack(ack);
    else if (record instanceof FactRecord.SettlementRecord settlement) settlement(settlement);
    else if (record instanceof FactRecord.OwnRecord own) own(own.says());
    else throw new IllegalArgumentException("a reject has no content");
    digest.update(buffer, 0, length);
    return Arrays.copyOf(digest.digest(), BYTES);
  }

  private void order(FactRecord.OrderRecord order) {
    tag('O');
    text(order.channel());
    text(order.shop());
    text(order.order());
    tokens(order.buyer());
    constant(order.state());
    instant(order.createdAt());
    instant(order.paidAt());
    instant(order.completedAt());
    instant(order.modifiedAt());
    number(order.grossFen());
    number(order.freightFen());
    number(order.refundedFen());
    number(order.netFen());
    decimal(order.itemCount());
    order.children().forEach(this::text);
    if (order.orderType() != null) text("type " + order.orderType());
    if (order.payment() != null) text("payment " + order.payment());
  }

  private void line(FactRecord.LineRecord line) {
    tag('L');
    text(line.shop());
    text(line.order());
    text(line.line());
    text(line.sku());
    decimal(line.qty());
    number(line.priceFen());
    number(line.dueFen());
    number(line.paidFen());
    constant(line.state());
    constant(line.refundState());
    number(line.refundedFen());
    instant(line.at());
    number(line.tillPoints());
    tag(line.excluded() ? 'x' : '-');
    if (line.freightFen() != null) number(line.freightFen());
  }

  private void refund(FactRecord.RefundRecord refund) {
    tag('R');
    text(refund.shop());
    text(refund.refund());
    text(refund.order());
    text(refund.line());
    text(refund.sku());
    decimal(refund.qty());
    number(refund.priceFen());
    constant(refund.state());
    number(refund.amountFen());
    instant(refund.at());
    tokens(refund.buyer());
    number(refund.tillPoints());
  }

  private void binding(FactRecord.BindingRecord binding) {
    tag('B');
    text(binding.channel());
    text(binding.orderNo());
    tokens(binding.platform() == null ? List.of() : List.of(binding.platform()));
    tokens(binding.person());
    instant(binding.boundAt());
    if (binding.shop() != null) text(binding.shop());
  }

  private void ack(FactRecord.AckRecord ack) {
    tag('K');
    text(ack.night().toString());
    text(ack.closeHash());
  }

  private void member(FactRecord.MemberRecord member) {
    tag('M');
    tokens(member.person());
    date(member.birthday());
    date(member.joinDate());
    text(member.homeShop());
  }

  private void balance(FactRecord.BalanceRecord balance) {
    tag('P');
    text(balance.channel());
    text(balance.shop());
    tokens(balance.person());
    number(balance.points());
    text(balance.customer());
  }

  private void settlement(FactRecord.SettlementRecord settlement) {
    tag('S');
    text(settlement.channel());
    text(settlement.shop());
    text(settlement.flow());
    text(settlement.order());
    text(settlement.line());
    text(settlement.refund());
    instant(settlement.at());
    text(settlement.fee());
    number(settlement.amountFen());
  }

  private void own(OwnRow says) {
    tag('D');
    text(says.getClass().getSimpleName());
    for (OwnShape.Part part : OwnShape.of(says.getClass()).parts()) {
      Object value = part.of(says);
      if (value instanceof Token token) tokens(List.of(token));
      else if (value instanceof Instant at) instant(at);
      else text(value == null ? null : value.toString());
    }
  }

  private void tokens(List<Token> tokens) {
    int32(tokens.size());
    for (Token token : tokens) {
      text(token.kind());
      text(token.channel());
      text(token.value());
    }
  }

  private void text(String text) {
    if (text == null) {
      int32(-1);
      return;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int32(bytes.length);
    room(bytes.length);
    System.arraycopy(bytes, 0, buffer, length, bytes.length);
    length += bytes.length;
  }

  private void constant(Enum<?> constant) {
    text(constant == null ? null : constant.name());
  }

  private void decimal(BigDecimal decimal) {
    text(decimal == null ? null : decimal.stripTrailingZeros().toPlainString());
  }

  private void number(Long number) {
    if (present(number)) int64(number);
  }

  private void instant(Instant instant) {
    if (!present(instant)) return;
    int64(instant.getEpochSecond());
    int32(instant.getNano());
  }

  private void date(LocalDate date) {
    if (present(date)) int64(date.toEpochDay());
  }

  private boolean present(Object value) {
    tag(value == null ? '-' : '+');
    return value != null;
  }

  private void tag(char tag) {
    room(1);
    buffer[length++] = (byte) tag;
  }

  private void int32(int value) {
    room(4);
    for (int shift = 24; shift >= 0; shift -= 8) buffer[length++] = (byte) (value >> shift);
  }

  private void int64(long value) {
    room(8);
    for (int shift = 56; shift >= 0; shift -= 8) buffer[length++] = (byte) (value >> shift);
  }

  private void room(int bytes) {
    if (length + bytes > buffer.length)
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + bytes));
  }
}
