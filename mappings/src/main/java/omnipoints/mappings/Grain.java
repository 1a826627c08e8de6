package omnipoints.mappings;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import omnipoints.facts.OwnRow;
import omnipoints.facts.own.AccountState;
import omnipoints.facts.own.Activity;
import omnipoints.facts.own.Adjustment;
import omnipoints.facts.own.DrawPublic;
import omnipoints.facts.own.Exchange;
import omnipoints.facts.own.PassUse;
import omnipoints.facts.own.Product;
import omnipoints.facts.own.Redemption;
import omnipoints.facts.own.RedemptionEvent;
import omnipoints.facts.own.Relation;
import omnipoints.facts.own.Standing;
import omnipoints.facts.own.Topup;
import omnipoints.facts.own.Transfer;
import omnipoints.facts.own.VoucherUse;

/**
 * What one row of a document is, and which fields such a row can have (field name to permitted
 * types).
 */
public enum Grain {
  /** One row per order. */
  ORDER(Set.of("order", "gross"), orderFields()),
  /** One row per order line. */
  LINE(
      Set.of("order", "qty", "price"),
      Map.ofEntries(
          Map.entry("order", Set.of(FieldType.ID)),
          Map.entry("line", Set.of(FieldType.ID)),
          Map.entry("shop", Set.of(FieldType.TEXT)),
          Map.entry("sku", Set.of(FieldType.CODE, FieldType.TEXT, FieldType.ID)),
          Map.entry("qty", Set.of(FieldType.NUMBER)),
          Map.entry("price", Set.of(FieldType.MONEY)),
          Map.entry("due", Set.of(FieldType.MONEY)),
          Map.entry("paid", Set.of(FieldType.MONEY)),
          Map.entry("state", Set.of(FieldType.STATUS)),
          Map.entry("refund_state", Set.of(FieldType.STATUS)),
          Map.entry("refunded", Set.of(FieldType.MONEY)),
          Map.entry("at", Set.of(FieldType.DATETIME)))),
  /**
   * One row per order line, the order's own facts repeated beside each or in the first one only.
   */
  ORDER_LINE(
      Set.of("order", "qty"),
      with(
          orderFields(),
          Map.ofEntries(
              Map.entry("line", Set.of(FieldType.ID)),
              Map.entry("sku", Set.of(FieldType.CODE, FieldType.TEXT, FieldType.ID)),
              Map.entry("qty", Set.of(FieldType.NUMBER)),
              Map.entry("price", Set.of(FieldType.MONEY)),
              Map.entry("due", Set.of(FieldType.MONEY)),
              Map.entry("line_freight", Set.of(FieldType.MONEY)),
              Map.entry("line_paid", Set.of(FieldType.MONEY)),
              Map.entry("line_state", Set.of(FieldType.STATUS)),
              Map.entry("refund_state", Set.of(FieldType.STATUS)),
              Map.entry("line_refunded", Set.of(FieldType.MONEY))))),
  /** One row per refund document of a platform. */
  REFUND(
      Set.of("refund", "order", "state", "amount"),
      Map.of(
          "refund", Set.of(FieldType.ID),
          "order", Set.of(FieldType.ID),
          "line", Set.of(FieldType.ID),
          "shop", Set.of(FieldType.TEXT),
          "sku", Set.of(FieldType.CODE, FieldType.TEXT, FieldType.ID),
          "qty", Set.of(FieldType.NUMBER),
          "state", Set.of(FieldType.STATUS),
          "amount", Set.of(FieldType.MONEY),
          "at", Set.of(FieldType.DATETIME))),
  /** One row per line of a till receipt; a negative amount is a return. */
  RECEIPT_LINE(
      Set.of("at", "sku", "qty", "price"),
      Map.ofEntries(
          Map.entry("card", Set.of(FieldType.ID)),
          Map.entry("phone", Set.of(FieldType.PHONE)),
          Map.entry("shop", Set.of(FieldType.TEXT)),
          Map.entry("at", Set.of(FieldType.DATETIME)),
          Map.entry("sku", Set.of(FieldType.CODE, FieldType.TEXT, FieldType.ID)),
          Map.entry("qty", Set.of(FieldType.NUMBER)),
          Map.entry("price", Set.of(FieldType.MONEY)),
          Map.entry("amount", Set.of(FieldType.MONEY)),
          Map.entry("direction", Set.of(FieldType.STATUS)),
          Map.entry("till_points", Set.of(FieldType.POINTS)),
          Map.entry("order_type", Set.of(FieldType.TEXT)),
          Map.entry("payment", Set.of(FieldType.TEXT)),
          Map.entry("till", Set.of(FieldType.ID)),
          Map.entry("receipt", Set.of(FieldType.ID)))),
  /** One row per piece of evidence. */
  BINDING(
      Set.of("channel", "bound_at"),
      Map.of(
          "channel", Set.of(FieldType.TEXT),
          "order_no", Set.of(FieldType.ID),
          "platform_id", Set.of(FieldType.CODE, FieldType.ID, FieldType.TEXT),
          "phone", Set.of(FieldType.PHONE),
          "card", Set.of(FieldType.ID),
          "unionid", Set.of(FieldType.ID),
          "bound_at", Set.of(FieldType.DATETIME),
          "shop", Set.of(FieldType.TEXT))),
  /** One row per member. */
  MEMBER(
      Set.of("card", "phone"),
      Map.of(
          "card", Set.of(FieldType.ID),
          "phone", Set.of(FieldType.PHONE),
          "birthday", Set.of(FieldType.DATE),
          "join_date", Set.of(FieldType.DATE),
          "home_shop", Set.of(FieldType.TEXT))),
  /** One row per close that others have received. */
  ACK(
      Set.of("date", "close_hash"),
      Map.of("date", Set.of(FieldType.DATE), "close_hash", Set.of(FieldType.CODE))),
  /** One row per customer of a platform: what its points balance is there. */
  BALANCE(
      Set.of("points"),
      Map.of(
          "phone", Set.of(FieldType.PHONE),
          "card", Set.of(FieldType.ID),
          "unionid", Set.of(FieldType.ID),
          "buyer", Set.of(FieldType.TEXT, FieldType.ID),
          "shop", Set.of(FieldType.TEXT),
          "points", Set.of(FieldType.POINTS))),
  /** One row per movement of money in a statement. */
  SETTLEMENT(
      Set.of("at", "fee", "kind", "amount"),
      Map.ofEntries(
          Map.entry("flow", Set.of(FieldType.ID)),
          Map.entry("order", Set.of(FieldType.ID, FieldType.IDS)),
          Map.entry("line", Set.of(FieldType.ID)),
          Map.entry("refund", Set.of(FieldType.ID)),
          Map.entry("shop", Set.of(FieldType.TEXT)),
          Map.entry("at", Set.of(FieldType.DATETIME)),
          Map.entry("fee", Set.of(FieldType.TEXT)),
          Map.entry("kind", Set.of(FieldType.STATUS)),
          Map.entry("amount", Set.of(FieldType.MONEY)),
          Map.entry("out", Set.of(FieldType.MONEY)),
          Map.entry("direction", Set.of(FieldType.STATUS)),
          Map.entry("charge", Set.of(FieldType.MONEY)),
          Map.entry("balance", Set.of(FieldType.MONEY)))),
  // Documents of our own: the record of a row says what its fields are.
  ACTIVITY(Activity.class),
  ADJUSTMENT(Adjustment.class),
  PRODUCT(Product.class),
  STANDING(Standing.class),
  REDEMPTION(Redemption.class),
  REDEMPTION_EVENT(RedemptionEvent.class),
  VOUCHER_USE(VoucherUse.class),
  PASS_USE(PassUse.class),
  TOPUP(Topup.class),
  TRANSFER(Transfer.class),
  RELATION(Relation.class),
  ACCOUNT_STATE(AccountState.class),
  EXCHANGE(Exchange.class),
  DRAW_PUBLIC(DrawPublic.class);

  private static Map<String, Set<FieldType>> orderFields() {
    return Map.ofEntries(
        Map.entry("order", Set.of(FieldType.ID)),
        Map.entry("buyer", Set.of(FieldType.TEXT, FieldType.ID)),
        Map.entry("phone", Set.of(FieldType.PHONE)),
        Map.entry("card", Set.of(FieldType.ID)),
        Map.entry("unionid", Set.of(FieldType.ID)),
        Map.entry("shop", Set.of(FieldType.TEXT)),
        Map.entry("state", Set.of(FieldType.STATUS)),
        Map.entry("created_at", Set.of(FieldType.DATETIME)),
        Map.entry("paid_at", Set.of(FieldType.DATETIME)),
        Map.entry("completed_at", Set.of(FieldType.DATETIME)),
        Map.entry("modified_at", Set.of(FieldType.DATETIME)),
        Map.entry("gross", Set.of(FieldType.MONEY)),
        Map.entry("freight", Set.of(FieldType.MONEY)),
        Map.entry("paid", Set.of(FieldType.MONEY)),
        Map.entry("refunded", Set.of(FieldType.MONEY)),
        Map.entry("item_count", Set.of(FieldType.NUMBER)),
        Map.entry("order_type", Set.of(FieldType.TEXT)),
        Map.entry("payment", Set.of(FieldType.TEXT)),
        Map.entry("children", Set.of(FieldType.IDS)));
  }

  private static Map<String, Set<FieldType>> with(
      Map<String, Set<FieldType>> some, Map<String, Set<FieldType>> more) {
    Map<String, Set<FieldType>> all = new HashMap<>(some);
    all.putAll(more);
    return Map.copyOf(all);
  }

  private final Set<String> needed;
  private final Map<String, Set<FieldType>> fields;
  private final Class<? extends OwnRow> own;

  Grain(Set<String> needed, Map<String, Set<FieldType>> fields) {
    this.needed = needed;
    this.fields = fields;
    this.own = null;
  }

  Grain(Class<? extends OwnRow> own) {
    this.needed = OwnFields.needed(own);
    this.fields = OwnFields.types(own);
    this.own = own;
  }

  /** What a row is, where it is one of a document of our own; else null. */
  public Class<? extends OwnRow> own() {
    return own;
  }

  /** Fields a mapping of this grain has to declare. */
  Set<String> needed() {
    return needed;
  }

  Map<String, Set<FieldType>> fields() {
    return fields;
  }

  /** Whether its rows state facts of orders, their refunds apart. */
  boolean ofOrders() {
    return this == ORDER || this == ORDER_LINE;
  }

  /** Whether its rows are facts of a shop; evidence about people is not. */
  public boolean belongsToShop() {
    return this != BINDING && this != MEMBER && this != ACK && own == null;
  }

  /** Whether its rows are orders or parts of orders, which can be complete or not. */
  boolean showsOrders() {
    return belongsToShop() && this != BALANCE && this != SETTLEMENT;
  }
}
