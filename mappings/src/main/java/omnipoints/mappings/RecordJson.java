package omnipoints.mappings;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import omnipoints.facts.FactRecord;
import omnipoints.facts.OwnRow;
import omnipoints.facts.OwnShape;
import omnipoints.facts.Times;
import omnipoints.facts.Token;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The outside form of a record: one JSON object on one line, keys in fixed order, ids unmasked,
 * phones masked. This is what {@code channel check --records} prints and what {@code
 * samples/*.expected.jsonl} hold.
 */
public final class RecordJson {
  private static final ObjectMapper MAPPER = JsonMapper.builder().build();

  private final ZoneId zone;

  /** Instants are printed in {@code zone}. */
  public RecordJson(ZoneId zone) {
    this.zone = zone;
  }

  /** One line without line end. */
  public String line(FactRecord record) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (record instanceof FactRecord.OrderRecord order) order(json, order);
    else if (record instanceof FactRecord.LineRecord line) line(json, line);
    else if (record instanceof FactRecord.RefundRecord refund) refund(json, refund);
    else if (record instanceof FactRecord.BindingRecord binding) binding(json, binding);
    else if (record instanceof FactRecord.MemberRecord member) member(json, member);
    else if (record instanceof FactRecord.BalanceRecord balance) balance(json, balance);
    else if (record instanceof FactRecord.AckRecord ack) ack(json, ack);
    else if (record instanceof FactRecord.SettlementRecord settlement) settlement(json, settlement);
    else if (record instanceof FactRecord.OwnRecord own) own(json, own.says());
    else if (record instanceof FactRecord.Reject reject) reject(json, reject);
    json.put("row", record.row());
    if (record instanceof FactRecord.Reject reject) {
      // Rejects name the place first: row, column, value.
      json.put("column", reject.column());
      json.put("value", reject.value());
    }
    return MAPPER.writeValueAsString(json);
  }

  private void order(ObjectNode json, FactRecord.OrderRecord order) {
    json.put("record", "order");
    json.put("channel", order.channel());
    json.put("shop", order.shop());
    json.put("order", order.order());
    json.set("buyer", tokens(order.buyer()));
    json.put("state", order.state().name());
    json.put("created_at", text(order.createdAt()));
    json.put("paid_at", text(order.paidAt()));
    json.put("completed_at", text(order.completedAt()));
    json.put("gross_fen", order.grossFen());
    json.put("freight_fen", order.freightFen());
    json.put("refunded_fen", order.refundedFen());
    json.put("net_fen", order.netFen());
    if (order.orderType() != null) json.put("order_type", order.orderType());
    if (order.payment() != null) json.put("payment", order.payment());
  }

  private static void line(ObjectNode json, FactRecord.LineRecord line) {
    json.put("record", "line");
    json.put("order", line.order());
    json.put("line", line.line());
    json.put("sku", line.sku());
    json.put("qty", text(line.qty()));
    json.put("price_fen", line.priceFen());
    json.put("paid_fen", line.paidFen());
    json.put("refund_state", line.refundState().name());
    json.put("refunded_fen", line.refundedFen());
  }

  private void refund(ObjectNode json, FactRecord.RefundRecord refund) {
    json.put("record", "refund");
    json.put("refund", refund.refund());
    json.put("order", refund.order());
    json.put("line", refund.line());
    json.put("state", refund.state().name());
    json.put("amount_fen", refund.amountFen());
    json.put("at", text(refund.at()));
  }

  private void binding(ObjectNode json, FactRecord.BindingRecord binding) {
    json.put("record", "binding");
    json.put("channel", binding.channel());
    json.put("order", binding.orderNo());
    if (binding.platform() == null) json.putNull("platform");
    else json.set("platform", token(binding.platform()));
    json.set("person", tokens(binding.person()));
    json.put("bound_at", text(binding.boundAt()));
    if (binding.shop() != null) json.put("shop", binding.shop());
  }

  private static void member(ObjectNode json, FactRecord.MemberRecord member) {
    json.put("record", "member");
    json.set("person", tokens(member.person()));
    json.put("birthday", text(member.birthday()));
    json.put("join_date", text(member.joinDate()));
    json.put("home_shop", member.homeShop());
  }

  private static void ack(ObjectNode json, FactRecord.AckRecord ack) {
    json.put("record", "ack");
    json.put("date", text(ack.night()));
    json.put("close_hash", ack.closeHash());
  }

  private static void balance(ObjectNode json, FactRecord.BalanceRecord balance) {
    json.put("record", "balance");
    json.put("channel", balance.channel());
    json.put("shop", balance.shop());
    json.set("person", tokens(balance.person()));
    json.put("points", balance.points());
  }

  private void settlement(ObjectNode json, FactRecord.SettlementRecord settlement) {
    json.put("record", "settlement");
    json.put("channel", settlement.channel());
    json.put("shop", settlement.shop());
    json.put("flow", settlement.flow());
    json.put("order", settlement.order());
    json.put("line", settlement.line());
    json.put("refund", settlement.refund());
    json.put("at", text(settlement.at()));
    json.put("fee", settlement.fee());
    json.put("kind", settlement.kind().name());
    json.put("amount_fen", settlement.amountFen());
    json.put("balance_fen", settlement.balanceFen());
  }

  private void own(ObjectNode json, OwnRow says) {
    OwnShape shape = OwnShape.of(says.getClass());
    json.put("record", OwnDocuments.name(says.getClass()));
    for (OwnShape.Part part : shape.parts()) {
      Object value = part.of(says);
      if (value == null) json.putNull(part.column());
      else if (value instanceof Token token) json.set(part.column(), token(token));
      else if (value instanceof Instant at) json.put(part.column(), text(at));
      else if (value instanceof Long number) json.put(part.column(), number);
      else if (value instanceof Boolean yes) json.put(part.column(), yes);
      else if (value instanceof Enum<?> word) json.put(part.column(), word.name());
      else json.put(part.column(), value.toString());
    }
  }

  private static void reject(ObjectNode json, FactRecord.Reject reject) {
    json.put("record", "reject");
    json.put("reason", reject.reason().name());
  }

  private static ArrayNode tokens(List<Token> tokens) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    tokens.forEach(token -> array.add(token(token)));
    return array;
  }

  private static ObjectNode token(Token token) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("kind", token.kind());
    json.put("value", PersonTokens.shown(token));
    return json;
  }

  private String text(Instant instant) {
    return Times.print(instant, zone);
  }

  private static String text(LocalDate date) {
    return date == null ? null : date.toString();
  }

  private static String text(BigDecimal number) {
    return number == null ? null : number.toPlainString();
  }
}
