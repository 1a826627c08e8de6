package omnipoints.console;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import omnipoints.console.LineArithmetic.LineAmounts;
import omnipoints.facts.ClosedLines;
import omnipoints.facts.OrderRank;
import omnipoints.facts.OrderSpread;
import omnipoints.facts.OrderState;
import omnipoints.facts.RefundState;
import omnipoints.facts.RefundStep;
import omnipoints.sql.Statement.RowMapper;

/** What the lines of one order are worth, spread by the function that posting uses. */
final class OrderAmounts {
  private final Connection connection;
  private final Map<String, Object> params;

  private OrderAmounts(Connection connection, Map<String, Object> params) {
    this.connection = connection;
    this.params = params;
  }

  /**
   * The line's amounts with refunds as of a night, null if the order or the line is gone.
   *
   * @param params order_key, line_key, night, zone
   */
  static LineAmounts of(Connection connection, Map<String, Object> params) {
    return new OrderAmounts(connection, params).line((String) params.get("line_key"));
  }

  private record Money(Long gross, Long freight, OrderState state) {}

  private record LineState(int generation, ClosedLines.Shown shown) {
    static LineState of(ResultSet row) throws SQLException {
      return new LineState(
          row.getInt("generation"),
          new ClosedLines.Shown(OrderRank.state(row.getInt("state")), row.getBoolean("closed")));
    }
  }

  private record Stated(String line, Instant at, long fen) {}

  private LineAmounts line(String wanted) {
    List<Money> order =
        list(
            "order_amounts",
            row ->
                new Money(
                    fen(row, "gross_fen"),
                    fen(row, "freight_fen"),
                    OrderRank.state(row.getInt("state"))));
    if (order.isEmpty()) return null;
    List<OrderSpread.OrderRefund> ofOrder = new ArrayList<>();
    Map<String, List<OrderSpread.LineRefund>> ofLine = new HashMap<>();
    for (Stated stated : list("refund_amounts", row -> stated(row, "refunded_fen"))) {
      if (stated.line().isEmpty())
        ofOrder.add(new OrderSpread.OrderRefund(stated.at(), stated.fen()));
      else
        ofLine
            .computeIfAbsent(stated.line(), line -> new ArrayList<>())
            .add(new OrderSpread.LineRefund(stated.at(), stated.fen()));
    }
    List<OrderSpread.RefundDocument> documents =
        list("return_amounts", row -> stated(row, "amount_fen")).stream()
            .map(
                stated ->
                    new OrderSpread.RefundDocument(
                        stated.line().isEmpty() ? null : stated.line(), stated.at(), stated.fen()))
            .toList();
    OrderSpread.Spread spread =
        OrderSpread.spread(
            new OrderSpread.Amounts(
                order.get(0).gross(),
                order.get(0).freight(),
                ofOrder,
                lines(order.get(0).state(), ofLine),
                documents));
    return spread.lines().stream()
        .filter(share -> share.line().equals(wanted))
        .map(
            share ->
                new LineAmounts(
                    share.baseFen(),
                    share.refunds().stream().map(RefundStep::refundedFen).toList()))
        .findFirst()
        .orElse(null);
  }

  private List<OrderSpread.Line> lines(
      OrderState order, Map<String, List<OrderSpread.LineRefund>> refunds) {
    List<LineState> states = list("line_amounts", LineState::of);
    int live = states.stream().mapToInt(LineState::generation).max().orElse(0);
    boolean closed =
        ClosedLines.hold(
            order,
            states.stream()
                .filter(line -> line.generation() == live)
                .map(LineState::shown)
                .toList());
    return list(
        "line_amounts",
        row ->
            new OrderSpread.Line(
                row.getString("line_key"),
                row.getInt("generation") == live,
                row.getBoolean("excluded"),
                fen(row, "due_fen"),
                fen(row, "price_fen"),
                row.getBigDecimal("qty"),
                row.getBoolean("closed") && closed
                    || row.getInt("refund_state") == RefundState.REFUNDED.ordinal(),
                refunds.getOrDefault(row.getString("line_key"), List.of())));
  }

  private <T> List<T> list(String name, RowMapper<T> mapper) {
    return HomeBooks.statement("explain", name).list(connection, params, mapper);
  }

  private static Stated stated(ResultSet row, String fen) throws SQLException {
    return new Stated(
        row.getString("line_key"),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        row.getLong(fen));
  }

  private static Long fen(ResultSet row, String column) throws SQLException {
    long fen = row.getLong(column);
    return row.wasNull() ? null : fen;
  }
}
