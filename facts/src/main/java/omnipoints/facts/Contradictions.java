package omnipoints.facts;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import omnipoints.facts.Shown.Buyer;
import omnipoints.facts.Shown.LineShown;
import omnipoints.facts.Shown.OrderShown;
import omnipoints.facts.Shown.RefundShown;

/**
 * Rows of one key in one delivery that state different amounts, buyers or times of payment: damaged
 * ids make different orders one, and so do rows glued from two exports. None of them is used. What
 * a row does not tell contradicts nothing.
 */
final class Contradictions {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private final JoinNight night;
  private final UUID key;
  private final List<Rejection> rejections;

  Contradictions(JoinNight night, UUID key, List<Rejection> rejections) {
    this.night = night;
    this.key = key;
    this.rejections = rejections;
  }

  /** The rows of one order that contradict no other of their delivery. */
  OrderRows without(OrderRows rows) {
    OrderRows left = withoutOrders(rows);
    return new OrderRows(
        left.orders(),
        withoutLines(left.lines()),
        left.returns(),
        withoutRefunds(left.refunds()),
        left.rejects(),
        left.splits(),
        left.glued());
  }

  private OrderRows withoutOrders(OrderRows rows) {
    if (rows.orders().size() < 2) return rows;
    Map<Integer, List<OrderShown>> byDelivery = new LinkedHashMap<>();
    for (OrderShown order : rows.orders()) {
      if (night.deliveries().get(order.delivery()).shows().states())
        byDelivery.computeIfAbsent(order.delivery(), n -> new ArrayList<>(2)).add(order);
    }
    Set<Integer> bad = new HashSet<>();
    byDelivery.forEach(
        (delivery, orders) -> {
          if (orders.size() > 1 && contradict(orders)) bad.add(delivery);
        });
    if (bad.isEmpty()) return rows;
    Set<Long> told = new HashSet<>();
    for (OrderShown order : rows.orders()) {
      if (!bad.contains(order.delivery())) continue;
      told.add(place(order));
      reject(
          order,
          order.order(),
          "order "
              + order.order()
              + ": gross_fen "
              + text(order.grossFen())
              + ", freight_fen "
              + text(order.freightFen())
              + ", refunded_fen "
              + text(order.refundedFen())
              + ", paid_at "
              + (order.paidAt() == null ? "" : TIME.format(order.paidAt().atZone(night.zone()))));
    }
    // rows that state an order and a line each go as a whole
    for (LineShown line : rows.lines()) {
      if (bad.contains(line.delivery()) && !told.contains(place(line)))
        reject(
            line,
            line.order(),
            "order " + line.order() + ": its rows state different amounts, buyers or times");
    }
    return new OrderRows(
        without(rows.orders(), bad),
        without(rows.lines(), bad),
        rows.returns(),
        rows.refunds(),
        rows.rejects(),
        without(rows.splits(), bad),
        rows.glued());
  }

  private static <T extends Shown> List<T> without(List<T> rows, Set<Integer> deliveries) {
    return rows.stream().filter(row -> !deliveries.contains(row.delivery())).toList();
  }

  private static long place(Shown row) {
    return ((long) row.delivery() << 32) | row.row();
  }

  private static boolean contradict(List<OrderShown> orders) {
    OrderShown first = orders.get(0);
    Instant paidAt = null;
    Map<String, byte[]> buyers = new HashMap<>(2);
    for (OrderShown order : orders) {
      if (order.amounts() != first.amounts()) return true;
      if (order.paidAt() != null) {
        if (paidAt != null && !paidAt.equals(order.paidAt())) return true;
        paidAt = order.paidAt();
      }
      for (Buyer buyer : order.buyer()) {
        byte[] before = buyers.put(buyer.kind() + "\n" + buyer.channel(), buyer.hash());
        if (before != null && !Arrays.equals(before, buyer.hash())) return true;
      }
    }
    return false;
  }

  private List<LineShown> withoutLines(List<LineShown> lines) {
    if (lines.size() < 2) return lines;
    record Id(int delivery, String line) {}
    Map<Id, Long> amounts = new HashMap<>();
    Set<Id> bad = new HashSet<>();
    for (LineShown line : lines) {
      if (line.line() == null) continue;
      var id = new Id(line.delivery(), line.line());
      Long before = amounts.putIfAbsent(id, line.amounts());
      if (before != null && before != line.amounts()) bad.add(id);
    }
    if (bad.isEmpty()) return lines;
    List<LineShown> left = new ArrayList<>();
    for (LineShown line : lines) {
      if (line.line() == null || !bad.contains(new Id(line.delivery(), line.line()))) {
        left.add(line);
        continue;
      }
      reject(
          line,
          line.line(),
          "order "
              + line.order()
              + " line "
              + line.line()
              + ": price_fen "
              + text(line.priceFen())
              + ", due_fen "
              + text(line.dueFen())
              + ", refunded_fen "
              + text(line.refundedFen()));
    }
    return left;
  }

  private List<RefundShown> withoutRefunds(List<RefundShown> refunds) {
    if (refunds.size() < 2) return refunds;
    record Id(int delivery, String refund) {}
    Map<Id, Long> amounts = new HashMap<>();
    Set<Id> bad = new HashSet<>();
    for (RefundShown refund : refunds) {
      var id = new Id(refund.delivery(), refund.refund());
      Long before = amounts.putIfAbsent(id, refund.amountFen());
      if (before != null && before != refund.amountFen()) bad.add(id);
    }
    if (bad.isEmpty()) return refunds;
    List<RefundShown> left = new ArrayList<>();
    for (RefundShown refund : refunds) {
      if (bad.contains(new Id(refund.delivery(), refund.refund())))
        reject(
            refund,
            refund.refund(),
            "order "
                + refund.order()
                + " refund "
                + refund.refund()
                + ": amount_fen "
                + refund.amountFen());
      else left.add(refund);
    }
    return left;
  }

  private void reject(Shown row, String value, String record) {
    rejections.add(
        Rejection.of(row, RejectReason.CONFLICTING_ROWS, value, record, row.order(), key));
  }

  private static String text(Long fen) {
    return Objects.toString(fen, "");
  }
}
