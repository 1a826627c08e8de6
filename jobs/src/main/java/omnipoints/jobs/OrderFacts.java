package omnipoints.jobs;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import omnipoints.facts.FactRecord;
import omnipoints.facts.OrderState;
import omnipoints.facts.RefundState;
import omnipoints.points.PinnedRule;

/**
 * Everything known of one order.
 *
 * @param inherited decision pinned for the order it was split from, null if it was not
 */
record OrderFacts(
    OrderFacts.Order order,
    List<OrderFacts.Line> lines,
    List<OrderFacts.RefundSeen> refunds,
    List<OrderFacts.RefundDocument> documents,
    List<OrderFacts.Returned> returned,
    List<OrderFacts.Posted> posted,
    PinnedRule inherited) {

  /** The order as merged so far; {@code owner} is the living member it belongs to, or null. */
  record Order(
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
      boolean parked,
      boolean replaced,
      LocalDate firstNight,
      String owner) {}

  /** Line key of an order of which no line is known. */
  static final String PSEUDO_LINE = "*";

  private static final int PSEUDO_GENERATION = 0;

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
  record Line(
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
      boolean excluded) {}

  /** A cumulative refund amount that a night saw first; line "" is the order itself. */
  record RefundSeen(String line, Instant at, long refundedFen) {}

  /** A return row matched to a line. */
  record Returned(String line, Instant at, long amountFen) {}

  /**
   * One refund document.
   *
   * @param lineId the platform's line id, null if it names none
   * @param at when the money went back; null while it has not
   * @param changedNight the night that last saw another state of it
   */
  record RefundDocument(
      String lineId,
      String sku,
      FactRecord.RefundStatus state,
      long amountFen,
      Instant at,
      LocalDate changedNight) {}

  /** What has been posted for a line on a living account. */
  record Posted(String line, String member, long earned, long clawedBack, PinnedRule rule) {
    boolean something() {
      return earned != 0 || clawedBack != 0;
    }
  }

  /**
   * The key generation that is live: platform line ids beat generated ones, these the pseudo-line.
   */
  int generation() {
    return lines.stream().mapToInt(Line::generation).max().orElse(PSEUDO_GENERATION);
  }

  /** Whether it is a till's receipt: only its lines have times of their own. */
  boolean ticket() {
    return lines.stream().anyMatch(line -> line.at() != null);
  }

  /** Whether the line is one of the live generation. */
  boolean live(String key) {
    int generation = generation();
    return lines.stream().anyMatch(l -> l.generation() == generation && l.line().equals(key));
  }

  /**
   * The facts with the order's pseudo-line: the only line of an order that shows none, and one that
   * is worth nothing beside real lines if something was posted on it.
   */
  OrderFacts withPseudoLine(boolean wanted) {
    boolean posted = this.posted.stream().anyMatch(p -> p.line().equals(PSEUDO_LINE));
    if (!posted && !(wanted && lines.isEmpty())) return this;
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
    return new OrderFacts(order, all, refunds, documents, returned, this.posted, inherited);
  }
}
