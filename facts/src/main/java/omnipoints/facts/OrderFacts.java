package omnipoints.facts;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Everything known of one order.
 *
 * @param order what its own documents say
 * @param lines in any order, of all key generations; keys are unique
 * @param refunds what its documents stated as refunded, in time order
 * @param documents refund documents, one of each refund id
 * @param returned return rows of tills that were matched to its lines
 * @param pseudoPosted something was posted on its pseudo-line, which stays one of its lines
 */
public record OrderFacts(
    OrderFacts.Order order,
    List<OrderFacts.Line> lines,
    List<OrderFacts.RefundSeen> refunds,
    List<OrderFacts.RefundDocument> documents,
    List<OrderFacts.Returned> returned,
    boolean pseudoPosted) {

  /**
   * The order as merged so far.
   *
   * @param present its own document was seen
   * @param grossFen what the buyer paid or has to pay, freight included; null where its lines say
   * @param orderType its kind, null if not told
   * @param payment how it was paid, null if not told
   * @param parked a rejected row of it waits for its replay
   * @param replaced it was split into other orders
   * @param firstNight the night that first saw it
   * @param owner the living member it belongs to, or null
   */
  public record Order(
      UUID key,
      String channel,
      String shop,
      String order,
      boolean present,
      OrderState state,
      Instant paidAt,
      Instant completedAt,
      Long grossFen,
      Long freightFen,
      BigDecimal itemCount,
      String orderType,
      String payment,
      boolean parked,
      boolean replaced,
      LocalDate firstNight,
      String owner) {}

  /** Line key of an order of which no line is known. */
  public static final String PSEUDO_LINE = "*";

  private static final int PSEUDO_GENERATION = 0;

  private static final int LOST_GENERATION = -1;

  /** Key generation of lines with an id of the platform's own. */
  static final int PLATFORM_GENERATION = 2;

  /**
   * One of its lines.
   *
   * @param sku empty if it has none
   * @param state the furthest state any row showed, CLOSED apart
   * @param closed whether a row showed CLOSED
   * @param openNight the night that first saw its own row with an open after-sale case, or null
   */
  public record Line(
      String line,
      int generation,
      String sku,
      BigDecimal qty,
      Long priceFen,
      Long dueFen,
      OrderState state,
      boolean closed,
      RefundState refundState,
      LocalDate openNight,
      Instant at,
      boolean excluded) {

    /** One that no document shows any more; beside any other line it is worth nothing. */
    public static Line lost(String line, OrderState state) {
      return new Line(
          line,
          LOST_GENERATION,
          "",
          null,
          null,
          null,
          state,
          false,
          RefundState.NONE,
          null,
          null,
          false);
    }
  }

  /** A cumulative refund amount that a night saw first; line "" is the order itself. */
  public record RefundSeen(String line, Instant at, long refundedFen) {}

  /** A return row matched to a line. */
  public record Returned(String line, Instant at, long amountFen) {}

  /**
   * One refund document.
   *
   * @param lineId the platform's line id, null if it names none
   * @param at when the money went back; null while it has not
   * @param changedNight the night that last saw another state of it
   */
  public record RefundDocument(
      String lineId,
      String sku,
      FactRecord.RefundStatus state,
      long amountFen,
      Instant at,
      LocalDate changedNight) {}

  /**
   * The key generation that is live: platform line ids beat generated ones, these the pseudo-line.
   */
  int generation() {
    return Math.max(
        PSEUDO_GENERATION,
        lines.stream().mapToInt(Line::generation).max().orElse(PSEUDO_GENERATION));
  }

  /** Whether no document shows a line of it. */
  boolean bare() {
    return lines.stream().allMatch(line -> line.generation() == LOST_GENERATION);
  }

  /** Whether it is a till's receipt: only its lines have times of their own. */
  public boolean ticket() {
    return lines.stream().anyMatch(line -> line.at() != null);
  }

  /**
   * The facts with the order's pseudo-line: the only line of an order that shows none, and one that
   * is worth nothing beside real lines if something was posted on it.
   */
  OrderFacts withPseudoLine(boolean wanted) {
    if (!pseudoPosted && !(wanted && bare())) return this;
    List<Line> all = new ArrayList<>(lines);
    all.add(
        new Line(
            PSEUDO_LINE,
            PSEUDO_GENERATION,
            "",
            null,
            null,
            null,
            order.state(),
            order.state() == OrderState.CLOSED,
            RefundState.NONE,
            null,
            null,
            false));
    return new OrderFacts(order, all, refunds, documents, returned, pseudoPosted);
  }
}
