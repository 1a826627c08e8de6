package omnipoints.facts;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import omnipoints.facts.Shown.Buyer;
import omnipoints.facts.Shown.OrderShown;
import omnipoints.facts.Shown.RefundShown;
import omnipoints.facts.Shown.ReturnShown;

/**
 * The join of what is known of one order with what deliveries of a night show of it: a lattice,
 * independent of what arrived first. The larger (modification time, state rank, refunded amount)
 * wins; of rows equal but for the rest one that knows a time beats one that does not, and the hash
 * of the content comes last: it must not decide whether an order was paid. State and after-sale
 * state of a line are joined by themselves. Joining the same rows again changes nothing. Pure.
 */
public final class OrderJoin {

  private static final short CLOSED_UNPAID = 2;
  private static final short CLOSED_PAID = 6;
  private static final short SHIPPED_OR_PAID = 3;
  private static final short COMPLETED = 5;
  private static final short MONEY_BACK = 2;
  private static final byte[] NOTHING = {};

  private final JoinNight night;
  private final UUID key;
  private final KnownOrder known;
  private final OrderRows rows;
  private final boolean careful;
  private final List<Shown> witnesses;

  private OrderJoin(
      JoinNight night,
      UUID key,
      KnownOrder known,
      OrderRows rows,
      boolean careful,
      List<Shown> witnesses) {
    this.night = night;
    this.key = key;
    this.known = known;
    this.rows = rows;
    this.careful = careful;
    this.witnesses = witnesses;
  }

  /**
   * Joins the rows of one order that contradict each other in nothing.
   *
   * @param tonight what deliveries show of it, without what is withheld
   * @return the order now; its rows are those known, as objects, where nothing of them changed
   */
  static Joined join(JoinNight night, UUID key, KnownOrder known, Parked tonight) {
    OrderRows rows = tonight.joined();
    boolean again =
        known.quarantined()
            || !tonight.whole()
            || rows.lines().stream()
                .anyMatch(row -> night.deliveries().get(row.delivery()).rowsAgain())
            || rows.returns().stream()
                .anyMatch(row -> night.deliveries().get(row.delivery()).rowsAgain());
    return new OrderJoin(night, key, known, rows, again, tonight.witnesses(night)).joined();
  }

  private Joined joined() {
    List<OrderShown> orders = folded();
    OrderRow order = order(orders);
    Map<String, LineRow> lines = new LineJoin(night, key, known, rows, careful).lines(order);
    if (order != null) {
      order = paidByParent(order);
      if (!orders.isEmpty()) order = paidByCompletion(order);
      if (!orders.isEmpty() || !rows.lines().isEmpty()) order = completedByLines(order, lines);
    }
    return new Joined(
        key,
        known,
        order,
        List.copyOf(lines.values()),
        refunds(),
        returns(),
        tokens(),
        seen(order, lines, !orders.isEmpty(), !rows.lines().isEmpty()));
  }

  // --- the order itself

  /** Rows of one order in one delivery are one: its state is that of the line furthest behind. */
  private List<OrderShown> folded() {
    if (rows.orders().size() < 2) return rows.orders();
    List<OrderShown> folded = new ArrayList<>(rows.orders().size());
    Map<Integer, List<OrderShown>> byDelivery = new LinkedHashMap<>();
    for (OrderShown order : rows.orders()) {
      if (night.deliveries().get(order.delivery()).shows() == Delivery.Shows.ORDER_LINE)
        byDelivery.computeIfAbsent(order.delivery(), n -> new ArrayList<>(2)).add(order);
      else folded.add(order);
    }
    byDelivery.values().forEach(same -> folded.add(same.size() == 1 ? same.get(0) : fold(same)));
    return folded;
  }

  private static OrderShown fold(List<OrderShown> same) {
    OrderShown first = same.get(0);
    short open = Short.MAX_VALUE;
    short closed = 0;
    int row = Integer.MAX_VALUE;
    boolean paidWhenCompleted = false;
    Instant created = null;
    Instant paid = null;
    Instant completed = null;
    Instant modified = null;
    List<byte[]> contents = new ArrayList<>(same.size());
    for (OrderShown one : same) {
      if (one.state() == CLOSED_UNPAID || one.state() == CLOSED_PAID)
        closed = (short) Math.max(closed, one.state());
      else open = (short) Math.min(open, one.state());
      row = Math.min(row, one.row());
      paidWhenCompleted |= one.paidWhenCompleted();
      created = earlier(created, one.createdAt());
      paid = earlier(paid, one.paidAt());
      completed = later(completed, one.completedAt());
      modified = later(modified, one.modifiedAt());
      contents.add(one.content());
    }
    short state = open == Short.MAX_VALUE ? closed : open;
    boolean ended = state == CLOSED_UNPAID || state == COMPLETED || state == CLOSED_PAID;
    return new OrderShown(
        first.delivery(),
        row,
        first.shop(),
        first.order(),
        first.buyer(),
        state,
        created,
        paid,
        paidWhenCompleted,
        ended ? completed : null,
        modified,
        first.grossFen(),
        first.freightFen(),
        first.refundedFen(),
        first.netFen(),
        least(same),
        told(same, OrderShown::orderType),
        told(same, OrderShown::payment),
        ContentHash.ofAll(contents),
        first.amounts(),
        null);
  }

  private static BigDecimal least(List<OrderShown> same) {
    return same.stream()
        .map(OrderShown::itemCount)
        .filter(Objects::nonNull)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  /** Of several rows any that tells it; of several that do, the smallest. */
  private static String told(List<OrderShown> same, Function<OrderShown, String> what) {
    return same.stream().map(what).filter(Objects::nonNull).min(CodePoints::compare).orElse(null);
  }

  private static Instant earlier(Instant a, Instant b) {
    if (a == null) return b;
    return b == null || a.isBefore(b) ? a : b;
  }

  private static Instant later(Instant a, Instant b) {
    if (a == null) return b;
    return b == null || a.isAfter(b) ? a : b;
  }

  private short state(OrderShown order) {
    return order.state() == CLOSED_UNPAID && known.parentPaid() != null
        ? CLOSED_PAID
        : order.state();
  }

  /** Positive where {@code a} beats {@code b}; 0 where both say the same. */
  private int compare(OrderShown a, OrderShown b) {
    int order = compare(a.modifiedAt(), b.modifiedAt());
    if (order == 0) order = Short.compare(state(a), state(b));
    if (order == 0) order = Long.compare(orLess(a.refundedFen()), orLess(b.refundedFen()));
    if (order == 0) order = Boolean.compare(a.paidAt() != null, b.paidAt() != null);
    if (order == 0) order = Boolean.compare(a.completedAt() != null, b.completedAt() != null);
    return order != 0 ? order : Arrays.compareUnsigned(a.content(), b.content());
  }

  private int compare(OrderShown a, OrderRow b) {
    short state =
        b.state() == CLOSED_UNPAID && known.parentPaid() != null ? CLOSED_PAID : b.state();
    int order = compare(a.modifiedAt(), b.modifiedAt());
    if (order == 0) order = Short.compare(state(a), state);
    if (order == 0) order = Long.compare(orLess(a.refundedFen()), orLess(b.refundedFen()));
    if (order == 0) order = Boolean.compare(a.paidAt() != null, b.paidTold());
    if (order == 0) order = Boolean.compare(a.completedAt() != null, b.completedAt() != null);
    return order != 0 ? order : Arrays.compareUnsigned(a.content(), b.content());
  }

  private static int compare(Instant a, Instant b) {
    if (a == null || b == null) return a == b ? 0 : a == null ? -1 : 1;
    return a.compareTo(b);
  }

  static long orLess(Long fen) {
    return fen == null ? -1 : fen;
  }

  private OrderRow order(List<OrderShown> orders) {
    OrderShown best = null;
    for (OrderShown order : orders) {
      if (best == null || compare(order, best) > 0) best = order;
      else if (compare(order, best) == 0 && night.first(order, best)) best = order;
    }
    OrderRow before = known.order();
    if (best == null) return before != null ? before : unseen();
    if (before != null && before.present() && compare(best, before) <= 0) return before;
    short state = state(best);
    LocalDate seen = state == COMPLETED && best.completedAt() == null ? night.night() : null;
    return new OrderRow(
        key,
        night.deliveries().get(best.delivery()).channel(),
        best.shop(),
        best.order(),
        true,
        state,
        best.createdAt(),
        best.paidAt(),
        best.paidAt() != null,
        known.parentPaid() != null || (before != null && before.parentPaid()),
        best.paidWhenCompleted(),
        best.completedAt(),
        before != null && before.completedSeen() != null ? before.completedSeen() : seen,
        best.modifiedAt(),
        best.grossFen(),
        best.freightFen(),
        best.refundedFen(),
        best.netFen(),
        best.itemCount(),
        best.orderType(),
        best.payment(),
        best.content(),
        before != null ? before.firstNight() : night.night(),
        night.night(),
        night.sha256(best),
        best.row());
  }

  /** The order of lines, refunds or rejects that no document has shown itself yet. */
  private OrderRow unseen() {
    Shown best = null;
    List<Shown> all = new ArrayList<>(rows.lines());
    all.addAll(rows.refunds());
    all.addAll(witnesses);
    for (Shown row : all) if (best == null || night.first(row, best)) best = row;
    if (best == null) return null;
    return new OrderRow(
        key,
        night.deliveries().get(best.delivery()).channel(),
        best.shop(),
        best.order(),
        false,
        (short) 0,
        null,
        null,
        false,
        false,
        false,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        NOTHING,
        night.night(),
        night.night(),
        night.sha256(best),
        best.row());
  }

  /** The children of a split order were paid with it, whether they are known before or after it. */
  private OrderRow paidByParent(OrderRow order) {
    Instant parent = known.parentPaid();
    if (parent == null || !order.present()) return order;
    boolean closed = order.state() == CLOSED_UNPAID || order.state() == CLOSED_PAID;
    short state = order.state() == CLOSED_UNPAID ? CLOSED_PAID : order.state();
    Instant paid = order.paidTold() || closed ? order.paidAt() : parent;
    boolean same =
        order.parentPaid() && state == order.state() && Objects.equals(paid, order.paidAt());
    return same ? order : order.paid(true, state, paid);
  }

  /** Cash on delivery: an order whose documents tell no payment is paid when it completes. */
  private OrderRow paidByCompletion(OrderRow order) {
    if (!order.paidWhenCompleted() || order.paidAt() != null || order.state() != COMPLETED)
      return order;
    if (order.completedAt() == null && order.completedSeen() == null) return order;
    Instant paid =
        order.completedAt() != null ? order.completedAt() : night.endOf(order.completedSeen());
    return order.paid(order.parentPaid(), order.state(), paid);
  }

  /**
   * An order whose own document has no state is complete when the first night shows all its lines
   * so. Lines that were closed do not count, unless all of them were closed and paid.
   */
  private OrderRow completedByLines(OrderRow order, Map<String, LineRow> lines) {
    if (!order.present()
        || order.state() != 0
        || order.completedAt() != null
        || order.completedSeen() != null) return order;
    boolean any = false;
    short live = 0;
    for (LineRow line : lines.values()) {
      any |= line.state() == COMPLETED;
      live = (short) Math.max(live, line.generation());
    }
    if (!any) return order;
    boolean allClosedAndPaid = true;
    for (LineRow line : lines.values())
      if (line.generation() == live)
        allClosedAndPaid &= line.closed() && line.state() >= SHIPPED_OR_PAID;
    for (LineRow line : lines.values()) {
      if (line.generation() != live || line.state() == COMPLETED) continue;
      boolean leaves = !line.closed() || (line.state() >= SHIPPED_OR_PAID && allClosedAndPaid);
      if (leaves) return order;
    }
    return order.completedSeen(night.night());
  }

  // --- refunds, returns, buyers

  private List<RefundRow> refunds() {
    if (rows.refunds().isEmpty()) return known.refunds();
    Map<String, RefundRow> refunds = new LinkedHashMap<>();
    for (RefundRow refund : known.refunds()) refunds.put(refund.refundNo(), refund);
    Map<String, RefundShown> best = new LinkedHashMap<>();
    for (RefundShown refund : rows.refunds())
      best.merge(refund.refund(), refund, (a, b) -> beats(b, a) ? b : a);
    best.forEach((no, refund) -> refunds.put(no, refund(refunds.get(no), refund)));
    return List.copyOf(refunds.values());
  }

  private boolean beats(RefundShown a, RefundShown b) {
    int order = Short.compare(a.state(), b.state());
    if (order == 0) order = Long.compare(a.amountFen(), b.amountFen());
    if (order == 0) order = Arrays.compareUnsigned(a.content(), b.content());
    return order > 0 || (order == 0 && night.first(a, b));
  }

  private RefundRow refund(RefundRow before, RefundShown row) {
    Instant at = null;
    LocalDate seen = null;
    if (row.state() == MONEY_BACK) {
      at = row.at() != null ? row.at() : night.endOf(night.night());
      seen = night.night();
    }
    if (before != null) {
      int order = Short.compare(row.state(), before.state());
      if (order == 0) order = Long.compare(row.amountFen(), before.amountFen());
      if (order == 0) order = Arrays.compareUnsigned(row.content(), before.content());
      if (order <= 0) return before;
      if (before.refundedAt() != null) at = before.refundedAt();
      if (before.refundedNight() != null) seen = before.refundedNight();
    }
    return new RefundRow(
        key,
        row.refund(),
        row.line() != null || before == null ? row.line() : before.lineId(),
        row.sku(),
        row.state(),
        row.amountFen(),
        at,
        seen,
        row.content(),
        before != null ? before.firstNight() : night.night(),
        night.night(),
        night.sha256(row),
        row.row());
  }

  private List<ReturnRow> returns() {
    if (rows.returns().isEmpty()) return known.returns();
    Map<String, ReturnRow> returns = new LinkedHashMap<>();
    for (ReturnRow row : known.returns()) returns.put(row.lineKey(), row);
    Map<ReturnShown, String> keys = ReturnKeys.of(rows.returns(), known.returns(), careful);
    Map<String, ReturnShown> best = new LinkedHashMap<>();
    for (ReturnShown row : rows.returns())
      best.merge(keys.get(row), row, (a, b) -> beats(b, a) ? b : a);
    best.forEach(
        (line, row) ->
            returns.computeIfAbsent(
                line,
                k ->
                    new ReturnRow(
                        key,
                        k,
                        night.deliveries().get(row.delivery()).channel(),
                        row.shop(),
                        row.order(),
                        row.sku(),
                        row.amountFen(),
                        row.at(),
                        row.tillPoints(),
                        row.content(),
                        night.night(),
                        night.sha256(row),
                        row.row())));
    return List.copyOf(returns.values());
  }

  private boolean beats(ReturnShown a, ReturnShown b) {
    int order = Arrays.compareUnsigned(a.content(), b.content());
    return order > 0 || (order == 0 && night.first(a, b));
  }

  private List<TokenRow> tokens() {
    Map<String, TokenRow> tokens = null;
    List<Buyer> buyers = new ArrayList<>(2);
    for (OrderShown row : rows.orders()) buyers.addAll(row.buyer());
    for (ReturnShown row : rows.returns()) buyers.addAll(row.buyer());
    for (Buyer buyer : buyers) {
      if (tokens == null) {
        tokens = new LinkedHashMap<>();
        for (TokenRow row : known.tokens())
          tokens.put(id(row.kind(), row.channel(), row.hash()), row);
      }
      String id = id(buyer.kind(), buyer.channel(), buyer.hash());
      TokenRow before = tokens.get(id);
      boolean fresh = before != null && !known.tokens().contains(before);
      if (before == null || (fresh && CodePoints.compare(buyer.shown(), before.shown()) < 0))
        tokens.put(
            id,
            new TokenRow(
                key, buyer.kind(), buyer.channel(), buyer.hash(), buyer.shown(), night.night()));
    }
    return tokens == null ? known.tokens() : List.copyOf(tokens.values());
  }

  private static String id(String kind, String channel, byte[] hash) {
    return kind + "\n" + channel + "\n" + new String(hash, StandardCharsets.ISO_8859_1);
  }

  // --- when an amount without a time of its own was first seen

  private List<RefundSeenRow> seen(
      OrderRow order, Map<String, LineRow> lines, boolean orderShown, boolean linesShown) {
    Map<String, Long> before = new HashMap<>();
    for (RefundSeenRow row : known.seenBefore()) before.put(row.lineKey(), row.refundedFen());
    Map<String, Long> now = new LinkedHashMap<>();
    if (orderShown) now.put("", order.refundedFen());
    if (linesShown) lines.forEach((line, row) -> now.put(line, row.refundedFen()));
    List<RefundSeenRow> seen = new ArrayList<>(0);
    now.forEach(
        (line, refunded) -> {
          long fen = refunded == null ? 0 : refunded;
          if (fen != before.getOrDefault(line, 0L))
            seen.add(new RefundSeenRow(key, line, night.night(), fen));
        });
    return seen;
  }
}
