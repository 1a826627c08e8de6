package omnipoints.jobs;

import java.sql.Connection;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import omnipoints.facts.JoinResult;
import omnipoints.facts.JoinResult.Again;
import omnipoints.facts.JoinResult.Later;
import omnipoints.facts.JoinResult.Moved;
import omnipoints.facts.JoinResult.Sold;
import omnipoints.facts.JoinResult.Split;
import omnipoints.facts.JoinResult.Work;
import omnipoints.facts.LineRow;
import omnipoints.facts.OrderRow;
import omnipoints.facts.RefundRow;
import omnipoints.facts.RefundSeenRow;
import omnipoints.facts.ReturnRow;
import omnipoints.facts.TokenRow;
import omnipoints.sql.Rows;
import omnipoints.sql.Script;

/**
 * Writes what joining a range came to: one COPY per table for rows that are new, one update for
 * rows that changed; a row that did not change is not written.
 */
final class OrderSpace {

  private static final Script SQL = Night.script("join");
  private static final Rows<OrderRow> ORDERS = Rows.of(OrderRow.class);
  private static final Rows<LineRow> LINES = Rows.of(LineRow.class);
  private static final Rows<RefundRow> REFUNDS = Rows.of(RefundRow.class);
  private static final Rows<ReturnRow> RETURNS = Rows.of(ReturnRow.class);
  private static final Rows<TokenRow> TOKENS = Rows.of(TokenRow.class);
  private static final Rows<RefundSeenRow> SEEN = Rows.of(RefundSeenRow.class);
  private static final Rows<RejectRow> REJECTS = Rows.of(RejectRow.class);
  private static final Rows<Work> WORK = Rows.of(Work.class);
  private static final Rows<Again> AGAIN = Rows.of(Again.class);
  private static final Rows<Sold> SOLD = Rows.of(Sold.class);
  private static final Rows<Later> LATER = Rows.of(Later.class);
  private static final Rows<Split> SPLITS = Rows.of(Split.class);

  private final Connection connection;
  private final String night;
  private final Map<String, Object> params;
  private final boolean orphansWait;

  /**
   * @param orphansWait whether returns of tills wait for a sale: what tills sold is kept for them
   */
  OrderSpace(Night night, Connection connection, boolean orphansWait) {
    this.connection = connection;
    this.night = "_" + night.suffix();
    this.params = Map.of("night", night.date());
    this.orphansWait = orphansWait;
  }

  void put(JoinResult range) {
    move(range.moved);
    strangers(range.strangers);
    ORDERS.append(connection, "sales_order", range.orders.added);
    ORDERS.replace(connection, "sales_order", range.orders.changed, "order_key");
    LINES.append(connection, "order_line", range.lines.added);
    LINES.replace(connection, "order_line", range.lines.changed, "order_key", "line_key");
    REFUNDS.append(connection, "refund_document", range.refunds.added);
    REFUNDS.replace(connection, "refund_document", range.refunds.changed, "order_key", "refund_no");
    RETURNS.append(connection, "till_return", range.returns);
    TOKENS.append(connection, "order_token", range.tokens);
    SEEN.upsert(connection, "refund_seen", range.seen, "order_key", "line_key", "night");
    LATER.upsert(connection, "touched", range.later, "night", "order_key", "cause");
    SPLITS.upsert(connection, "order_split", range.splits, "parent_key", "child_key");
    REJECTS.append(
        connection, "conflict" + night, range.rejections.stream().map(RejectRow::of).toList());
    WORK.append(connection, "work" + night, range.work);
    WORK.append(connection, "linked" + night, range.linked);
    AGAIN.append(connection, "again" + night, range.again);
    if (orphansWait) SOLD.append(connection, "sold" + night, range.sold);
  }

  /**
   * Writes orders that were made anew in the place of what was forgotten of them.
   *
   * @param known since when those are known that have a row; that never changes
   */
  static void made(
      Connection connection, Map<UUID, OrdersAnew.Order> anew, Map<UUID, LocalDate> known) {
    List<OrderRow> changed = new ArrayList<>();
    List<OrderRow> added = new ArrayList<>();
    List<LineRow> lines = new ArrayList<>();
    List<RefundRow> refunds = new ArrayList<>();
    List<ReturnRow> returns = new ArrayList<>();
    List<TokenRow> tokens = new ArrayList<>();
    List<RefundSeenRow> seen = new ArrayList<>();
    anew.forEach(
        (key, order) -> {
          LocalDate since = known.get(key);
          if (order.order != null && since == null) added.add(order.order);
          if (order.order != null && since != null) changed.add(order.order.since(since));
          lines.addAll(order.lines.values());
          refunds.addAll(order.refunds.values());
          returns.addAll(order.returns.values());
          tokens.addAll(order.tokens);
          seen.addAll(order.seen);
        });
    ORDERS.append(connection, "sales_order", added);
    ORDERS.replace(connection, "sales_order", changed, "order_key");
    LINES.append(connection, "order_line", lines);
    REFUNDS.append(connection, "refund_document", refunds);
    RETURNS.append(connection, "till_return", returns);
    TOKENS.append(connection, "order_token", tokens);
    SEEN.append(connection, "refund_seen", seen);
  }

  private void move(List<Moved> moved) {
    if (moved.isEmpty()) return;
    Map<String, Object> moves =
        Map.of(
            "night", params.get("night"),
            "from", moved.stream().map(Moved::from).toList(),
            "to", moved.stream().map(Moved::to).toList(),
            "number", moved.stream().map(Moved::number).toList());
    for (String statement :
        List.of("moved_orders", "moved_lines", "moved_returns", "moved_verdicts", "moved_touches"))
      SQL.statement(statement).run(connection, moves);
  }

  private void strangers(List<UUID> keys) {
    if (keys.isEmpty()) return;
    SQL.statement("strangers").run(connection, Map.of("night", params.get("night"), "keys", keys));
  }
}
