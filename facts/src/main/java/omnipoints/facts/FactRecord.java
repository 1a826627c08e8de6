package omnipoints.facts;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * One typed fact of one row of a document. A row that states several facts (an order and its line)
 * yields several records with the same {@link #row()}. Money is integer fen, {@code null} is "the
 * document does not say".
 */
public sealed interface FactRecord {

  /** 1-based record number in the file, header and preamble records included. */
  int row();

  /**
   * An order as one row shows it. Grain: one per row of an order document; for documents whose rows
   * are lines, one for each run of rows with equal order facts.
   *
   * @param shop shop of the order, never null or empty
   * @param order platform order number; POS: {@code yyyyMMdd-<syjh>-<djh>}
   * @param buyer unmasked tokens only; empty when the buyer is masked or absent
   * @param modifiedAt the document's own modification time, null without such a column
   * @param grossFen what the buyer paid or has to pay, freight included; null where it is the sum
   *     of the lines (POS)
   * @param refundedFen money given back according to this row, null if the document has no such
   *     column
   * @param netFen paid and not got back; 0 while unpaid; null where it follows from the lines
   * @param itemCount number of items the order declares, null without such a column
   * @param orderType what the platform calls orders of its kind, such as a presale; null if not
   *     told
   * @param payment how it was paid, in the platform's words; null if not told
   * @param children orders this one was split into: it is replaced by them and worth nothing itself
   */
  record OrderRecord(
      int row,
      String channel,
      String shop,
      String order,
      List<Token> buyer,
      OrderState state,
      Instant createdAt,
      Instant paidAt,
      Instant completedAt,
      Instant modifiedAt,
      Long grossFen,
      Long freightFen,
      Long refundedFen,
      Long netFen,
      BigDecimal itemCount,
      String orderType,
      String payment,
      List<String> children)
      implements FactRecord {}

  /**
   * One order line (a sub-order, a SKU of a receipt).
   *
   * @param line the platform's own line id, null when the key must be generated
   * @param sku merchant code, else outer code; empty if the row has neither
   * @param skuAlso what the row calls the SKU in other columns, which may be filled or emptied
   *     later; null for nothing
   * @param dueFen what the buyer has to pay for the goods of this line before refunds (买家应付货款; POS:
   *     消费金额), null if unknown
   * @param freightFen freight the row charges beside dueFen, null where freight is the order's
   * @param paidFen what the row says was paid for the line, for display only: platforms net refunds
   *     out of it
   * @param at event time of the line itself where the document has one (POS), else null
   * @param tillPoints points the source system itself printed for this line (POS 此次消费的会员积分), else
   *     null
   * @param excluded the SKU is on the mapping's exclusion list (freight, price difference, deposit,
   *     gift)
   * @param buyer unmasked tokens on the row of a till; empty where the order names its buyer
   */
  record LineRecord(
      int row,
      String shop,
      String order,
      String line,
      String sku,
      List<String> skuAlso,
      BigDecimal qty,
      Long priceFen,
      Long dueFen,
      Long freightFen,
      Long paidFen,
      OrderState state,
      RefundState refundState,
      Long refundedFen,
      Instant at,
      Long tillPoints,
      boolean excluded,
      List<Token> buyer)
      implements FactRecord {}

  /** State of a {@link RefundRecord}, in rank order; only REFUNDED means the money went back. */
  enum RefundStatus {
    OPEN,
    CLOSED,
    REFUNDED
  }

  /**
   * A refund document or a return row of a till.
   *
   * @param refund refund id; null for a POS return row, whose key is generated like a line key
   * @param order the order refunded; for a POS return the return's own receipt
   * @param line platform line id, null if the document names none
   * @param amountFen money given back or asked for, not negative
   * @param at when the money went back (POS: time of the return); null if the document does not say
   * @param buyer unmasked tokens on the row (POS card)
   */
  record RefundRecord(
      int row,
      String shop,
      String refund,
      String order,
      String line,
      String sku,
      BigDecimal qty,
      Long priceFen,
      RefundStatus state,
      long amountFen,
      Instant at,
      List<Token> buyer,
      Long tillPoints)
      implements FactRecord {}

  /**
   * Evidence of our own that an order or a platform id belongs to a person.
   *
   * @param orderNo order number on {@code channel}, or null
   * @param platform platform token on {@code channel}, or null; exactly one of the two is present
   * @param person one or more of phone, card, unionid
   * @param shop shop of the order, where its number alone does not say which is meant, or null
   */
  record BindingRecord(
      int row,
      String channel,
      String orderNo,
      Token platform,
      List<Token> person,
      Instant boundAt,
      String shop)
      implements FactRecord {}

  /** Member master data of our own. At least one of card and phone is present in {@code person}. */
  record MemberRecord(
      int row, List<Token> person, LocalDate birthday, LocalDate joinDate, String homeShop)
      implements FactRecord {}

  /**
   * A close that others have received, as they return it.
   *
   * @param night the business date that was closed
   */
  record AckRecord(int row, LocalDate night, String closeHash) implements FactRecord {}

  /**
   * The points balance of one customer as a platform states it.
   *
   * @param person unmasked tokens only; empty when nothing on the row says who it is
   * @param points what the platform says the customer may spend, never negative
   * @param customer tells customers apart that the platform gives no id: equal for rows that are
   *     equal cell by cell, and only for those
   */
  record BalanceRecord(
      int row, String channel, String shop, List<Token> person, long points, String customer)
      implements FactRecord {}

  /** What a movement of money is. */
  enum SettlementKind {
    /** A buyer's money came to the shop. */
    PAYMENT,
    /** Money went back to a buyer. */
    REFUND,
    /** Taken from the shop afterwards for a refund that the platform had paid ahead (追缴). */
    RECOVERY,
    /** Commissions, services, insurance: what the platform keeps. */
    FEE,
    /** What platform or others add to a payment. */
    SUBSIDY,
    /** Between accounts of the shop itself. */
    TRANSFER,
    OTHER,
    /** Called by a name that no vocabulary lists. */
    UNKNOWN
  }

  /**
   * One movement of money as a statement says it. It changes no order: it is compared with them.
   *
   * @param flow number of the movement, null where the statement has none
   * @param order order it belongs to; null if it belongs to none or nobody can tell
   * @param fee what the statement calls it
   * @param amountFen signed: what the shop got
   * @param balanceFen what the account held afterwards, null where the statement does not say
   */
  record SettlementRecord(
      int row,
      String channel,
      String shop,
      String flow,
      String order,
      String line,
      String refund,
      Instant at,
      String fee,
      SettlementKind kind,
      long amountFen,
      Long balanceFen)
      implements FactRecord {

    /**
     * What was kept of it: a movement of its own, told in the same row.
     *
     * @param name what the statement calls that
     * @param fen taken from the shop
     */
    public SettlementRecord kept(String name, long fen) {
      return new SettlementRecord(
          row, channel, shop, flow, order, line, refund, at, name, SettlementKind.FEE, -fen, null);
    }
  }

  /** A row of a document of our own. */
  record OwnRecord(int row, OwnRow says) implements FactRecord {}

  /**
   * A row that cannot be trusted.
   *
   * @param column header of the offending column as the file spells it, empty when the whole row is
   *     meant
   * @param value raw value of the cell, masked (phones, names); ids stay readable
   * @param order order number of the row if it could be read, else null: it parks the order
   * @param shop shop of the row if known, else null
   * @param besides numbers of other orders whose rows may have been swallowed by this one
   * @param rowMasked the whole row with person data masked, cells joined by commas, for the reject
   *     report
   */
  record Reject(
      int row,
      RejectReason reason,
      String column,
      String value,
      String order,
      String shop,
      String rowMasked,
      List<String> besides)
      implements FactRecord {

    /** A reject of one row, which stands for itself. */
    public Reject(
        int row,
        RejectReason reason,
        String column,
        String value,
        String order,
        String shop,
        String rowMasked) {
      this(row, reason, column, value, order, shop, rowMasked, List.of());
    }
  }
}
