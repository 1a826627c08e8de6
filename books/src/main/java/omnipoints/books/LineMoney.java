package omnipoints.books;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import omnipoints.books.LineArithmetic.LineAmounts;
import omnipoints.facts.ClosedLines;
import omnipoints.facts.OrderRank;
import omnipoints.facts.OrderSpread;
import omnipoints.facts.OrderState;
import omnipoints.facts.RefundState;
import omnipoints.facts.RefundStep;

/** What a line of an order is worth, spread with its order by the function that posting uses. */
final class LineMoney {
  private LineMoney() {}

  private record Money(Long grossFen, Long freightFen, int state) {}

  private record StoredLine(
      String lineKey,
      int generation,
      BigDecimal qty,
      Long priceFen,
      Long dueFen,
      int state,
      boolean closed,
      int refundState,
      boolean excluded) {

    ClosedLines.Shown shown() {
      return new ClosedLines.Shown(OrderRank.state(state), closed);
    }
  }

  /** A line as its points went by it. */
  private record Followed(String lineKey, long baseFen, String refunds) {
    List<RefundStep> steps() {
      var steps = new ArrayList<RefundStep>();
      if (refunds.isEmpty()) return steps;
      for (String step : refunds.split(" ")) {
        String[] parts = step.split(":");
        steps.add(
            new RefundStep(
                Instant.EPOCH.plus(Long.parseLong(parts[0]), ChronoUnit.MICROS),
                Long.parseLong(parts[1])));
      }
      return steps;
    }
  }

  /** An amount dated by a document; line is empty where it names none. */
  private record Stated(String lineKey, Instant at, long fen) {
    boolean ofOrder() {
      return lineKey.isEmpty();
    }
  }

  /**
   * The line's amounts with refunds as of a night, null if the order or the line is gone.
   *
   * @param params order_key, line_key, night, zone
   */
  static LineAmounts of(Books books, Map<String, Object> params) {
    LineAmounts followed = followed(books, params);
    if (followed != null) return followed;
    Optional<Money> order =
        books.one(Explaining.SQL.statement("order_amounts"), params, Money.class);
    if (order.isEmpty()) return null;
    List<OrderSpread.OrderRefund> ofOrder = new ArrayList<>();
    Map<String, List<OrderSpread.LineRefund>> ofLine = new HashMap<>();
    for (Stated stated :
        books.list(Explaining.SQL.statement("refund_amounts"), params, Stated.class)) {
      if (stated.ofOrder()) ofOrder.add(new OrderSpread.OrderRefund(stated.at(), stated.fen()));
      else
        ofLine
            .computeIfAbsent(stated.lineKey(), line -> new ArrayList<>())
            .add(new OrderSpread.LineRefund(stated.at(), stated.fen()));
    }
    List<OrderSpread.RefundDocument> documents =
        books.list(Explaining.SQL.statement("return_amounts"), params, Stated.class).stream()
            .map(
                stated ->
                    new OrderSpread.RefundDocument(
                        stated.ofOrder() ? null : stated.lineKey(), stated.at(), stated.fen()))
            .toList();
    List<StoredLine> lines =
        books.list(Explaining.SQL.statement("line_amounts"), params, StoredLine.class);
    OrderSpread.Spread spread =
        OrderSpread.spread(
            new OrderSpread.Amounts(
                order.get().grossFen(),
                order.get().freightFen(),
                ofOrder,
                lines(lines, OrderRank.state(order.get().state()), ofLine),
                documents));
    Object line = params.get("line_key");
    if (line.equals("")) return ofOrder(spread);
    return spread.lines().stream()
        .filter(share -> share.line().equals(line))
        .map(share -> new LineAmounts(share.baseFen(), refunded(share.refunds())))
        .findFirst()
        .orElse(null);
  }

  /** As its points went by them that night, where documents say otherwise; else null. */
  private static LineAmounts followed(Books books, Map<String, Object> params) {
    List<Followed> lines =
        books.list(Explaining.SQL.statement("followed_amounts"), params, Followed.class);
    if (lines.isEmpty()) return null;
    long base = 0;
    var refunds = new ArrayList<List<RefundStep>>();
    for (Followed line : lines) {
      base = Math.addExact(base, line.baseFen());
      refunds.add(line.steps());
    }
    return new LineAmounts(base, refunded(RefundStep.together(refunds)));
  }

  /** What its lines are worth together. */
  private static LineAmounts ofOrder(OrderSpread.Spread spread) {
    long base = 0;
    var refunds = new ArrayList<List<RefundStep>>();
    for (var share : spread.lines()) {
      base = Math.addExact(base, share.baseFen());
      refunds.add(share.refunds());
    }
    return new LineAmounts(base, refunded(RefundStep.together(refunds)));
  }

  private static List<Long> refunded(List<RefundStep> refunds) {
    return refunds.stream().map(RefundStep::refundedFen).toList();
  }

  private static List<OrderSpread.Line> lines(
      List<StoredLine> stored,
      OrderState order,
      Map<String, List<OrderSpread.LineRefund>> refunds) {
    int live = stored.stream().mapToInt(StoredLine::generation).max().orElse(0);
    boolean closed =
        ClosedLines.hold(
            order,
            stored.stream()
                .filter(line -> line.generation() == live)
                .map(StoredLine::shown)
                .toList());
    return stored.stream()
        .map(
            line ->
                new OrderSpread.Line(
                    line.lineKey(),
                    line.generation() == live,
                    line.excluded(),
                    line.dueFen(),
                    line.priceFen(),
                    line.qty(),
                    line.closed() && closed || line.refundState() == RefundState.REFUNDED.ordinal(),
                    refunds.getOrDefault(line.lineKey(), List.of())))
        .toList();
  }
}
