package omnipoints.facts;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import omnipoints.facts.Delivery.Shows;
import omnipoints.facts.Shown.Buyer;
import omnipoints.facts.Shown.LineShown;
import omnipoints.facts.Shown.OrderShown;
import omnipoints.facts.Shown.RefundShown;
import omnipoints.facts.Shown.ReturnShown;

/** Nights of one channel in memory: rows in, what is known out. */
final class JoinCase {

  static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  /** What stands after each night, by key. */
  private final Map<UUID, KnownOrder> known = new HashMap<>();

  private final String channel;
  private final OrderKeys keys = new OrderKeys();
  private final Map<UUID, Long> rowsAccepted = new HashMap<>();
  private boolean shopsDiffer;
  private long orderRows = 1000;

  JoinCase(String channel) {
    this.channel = channel;
  }

  /** The channel has several shops and gives each number once. */
  JoinCase ofSeveralShops() {
    shopsDiffer = true;
    return this;
  }

  /** An order may have so many rows in a night. */
  JoinCase withOrderRows(long rows) {
    orderRows = rows;
    return this;
  }

  /** Somebody let in that many rows of an order. */
  JoinCase accepting(String number, long rows) {
    rowsAccepted.put(keys.of(channel, "s1", number), rows);
    return this;
  }

  /** The order was split from one that was paid then. */
  JoinCase withParentPaid(String number, String paidAt) {
    of(keys.of(channel, "s1", number), order -> order.parentPaid = at(paidAt));
    return this;
  }

  static Instant at(String local) {
    return java.time.LocalDateTime.parse(local).atZone(ZONE).toInstant();
  }

  /** Joins the rows of a night; what they came to. */
  JoinResult night(String date, Map<Integer, Delivery> deliveries, Shown... rows) {
    return night(LocalDate.parse(date), deliveries, List.of(rows));
  }

  JoinResult night(LocalDate date, Map<Integer, Delivery> deliveries, List<Shown> rows) {
    var night =
        new JoinNight(
            date,
            date.plusDays(1).atStartOfDay(ZONE).toInstant(),
            ZONE,
            deliveries,
            orderRows,
            rowsAccepted,
            true);
    var result = new JoinResult(night);
    Map<String, List<Shown>> groups = new java.util.TreeMap<>();
    for (Shown row : rows) groups.computeIfAbsent(row.order(), n -> new ArrayList<>()).add(row);
    for (List<Shown> group : groups.values())
      new GroupJoin(
              night,
              channel,
              (s, n) -> keys.of(channel, s, n),
              knowledge(date),
              shopsDiffer,
              result)
          .join(group);
    take(result);
    return result;
  }

  private GroupJoin.Known knowledge(LocalDate tonight) {
    return new GroupJoin.Known() {
      @Override
      public KnownOrder of(String shop, String number) {
        KnownOrder order = known.get(keys.of(channel, shop, number));
        if (order == null) return KnownOrder.NOTHING;
        Map<String, RefundSeenRow> latest = new HashMap<>();
        for (RefundSeenRow row : order.seenBefore())
          if (row.night().isBefore(tonight))
            latest.merge(row.lineKey(), row, (a, b) -> a.night().isAfter(b.night()) ? a : b);
        return new KnownOrder(
            order.order(),
            order.lines(),
            order.refunds(),
            order.returns(),
            order.tokens(),
            List.copyOf(latest.values()),
            order.quarantined(),
            order.claimed(),
            order.parentPaid());
      }

      @Override
      public List<String> shops(String number) {
        return known.values().stream()
            .filter(KnownOrder::real)
            .map(KnownOrder::order)
            .filter(order -> order.orderNo().equals(number))
            .map(OrderRow::shop)
            .toList();
      }
    };
  }

  private void take(JoinResult result) {
    for (JoinResult.Moved move : result.moved) {
      KnownOrder before = known.remove(move.from());
      known.put(move.to(), before.renamed(move.to(), move.number()));
    }
    result.orders.added.forEach(row -> of(row.orderKey(), o -> o.order = row));
    result.orders.changed.forEach(row -> of(row.orderKey(), o -> o.order = row));
    result.lines.added.forEach(row -> of(row.orderKey(), o -> o.lines.add(row)));
    result.lines.changed.forEach(
        row ->
            of(
                row.orderKey(),
                o -> o.lines.replaceAll(l -> l.lineKey().equals(row.lineKey()) ? row : l)));
    result.refunds.added.forEach(row -> of(row.orderKey(), o -> o.refunds.add(row)));
    result.refunds.changed.forEach(
        row ->
            of(
                row.orderKey(),
                o -> o.refunds.replaceAll(r -> r.refundNo().equals(row.refundNo()) ? row : r)));
    result.returns.forEach(row -> of(row.orderKey(), o -> o.returns.add(row)));
    result.tokens.forEach(row -> of(row.orderKey(), o -> o.tokens.add(row)));
    result.seen.forEach(
        row ->
            of(
                row.orderKey(),
                o -> {
                  o.seenBefore.removeIf(
                      s -> s.lineKey().equals(row.lineKey()) && s.night().equals(row.night()));
                  o.seenBefore.add(row);
                }));
    result.rejections.forEach(
        r -> {
          if (r.orderKey() != null) of(r.orderKey(), o -> o.quarantined = true);
        });
  }

  private void of(UUID key, java.util.function.Consumer<KnownOrder.Builder> change) {
    KnownOrder before = known.getOrDefault(key, KnownOrder.NOTHING);
    var rows = new KnownOrder.Builder();
    rows.order = before.order();
    rows.lines.addAll(before.lines());
    rows.refunds.addAll(before.refunds());
    rows.returns.addAll(before.returns());
    rows.tokens.addAll(before.tokens());
    rows.seenBefore.addAll(before.seenBefore());
    rows.quarantined = before.quarantined();
    rows.parentPaid = before.parentPaid();
    change.accept(rows);
    known.put(key, rows.all());
  }

  KnownOrder order(String shop, String number) {
    return known.getOrDefault(keys.of(channel, shop, number), KnownOrder.NOTHING);
  }

  /** Everything known, without what tells when: one text per order, sorted. */
  List<String> facts() {
    return known.values().stream().map(JoinCase::text).sorted().toList();
  }

  /** What orders and lines are worth and how they stand. */
  List<String> amounts() {
    return known.values().stream()
        .map(
            o ->
                (o.order() == null ? "-" : o.order().orderNo() + " " + o.order().state())
                    + o.lines().stream()
                        .map(
                            l ->
                                l.lineKey()
                                    + "="
                                    + l.dueFen()
                                    + " "
                                    + l.state()
                                    + l.closed()
                                    + " "
                                    + l.refundState()
                                    + " "
                                    + l.refundedFen())
                        .sorted()
                        .toList())
        .sorted()
        .toList();
  }

  /** Everything known, with the nights that saw it. */
  List<String> all() {
    return known.values().stream()
        .map(
            o ->
                text(o)
                    + (o.order() == null
                        ? ""
                        : o.order().firstNight() + " " + o.order().changedNight())
                    + o.lines().stream()
                        .sorted(java.util.Comparator.comparing(LineRow::lineKey))
                        .map(l -> l.firstNight() + " " + l.changedNight() + " " + l.openNight())
                        .toList()
                    + o.seenBefore().stream().map(Object::toString).sorted().toList())
        .sorted()
        .toList();
  }

  private static String text(KnownOrder o) {
    OrderRow order = o.order();
    return (order == null
            ? "-"
            : order.shop()
                + "/"
                + order.orderNo()
                + " "
                + order.state()
                + " paid "
                + order.paidAt()
                + " "
                + order.grossFen()
                + "/"
                + order.refundedFen()
                + " "
                + Arrays.toString(order.content()))
        + o.lines().stream()
            .map(
                l ->
                    l.lineKey()
                        + "="
                        + l.state()
                        + l.closed()
                        + l.refundState()
                        + l.refundedFen()
                        + "/"
                        + l.dueFen()
                        + Arrays.toString(l.content()))
            .sorted()
            .collect(Collectors.joining(", ", "[", "]"))
        + o.refunds().stream()
            .map(r -> r.refundNo() + "=" + r.state() + "/" + r.amountFen())
            .sorted()
            .toList()
        + o.returns().stream().map(r -> r.lineKey() + "=" + r.amountFen()).sorted().toList()
        + o.tokens().stream().map(TokenRow::shown).sorted().toList();
  }

  static Map<Integer, Delivery> deliveries(String channel, Shows... shows) {
    Map<Integer, Delivery> all = new HashMap<>();
    for (int n = 1; n <= shows.length; n++)
      all.put(n, new Delivery(n, channel, "sha" + n, shows[n - 1], false, false));
    return all;
  }

  /** A till that gives its receipt numbers again. */
  static Map<Integer, Delivery> reusingTill() {
    return Map.of(1, new Delivery(1, "pos", "sha1", Shows.RECEIPT_LINE, false, true));
  }

  static byte[] content(Object... of) {
    return Arrays.copyOf(
        Sha256.digest().digest(Arrays.deepToString(of).getBytes(StandardCharsets.UTF_8)), 16);
  }

  static Buyer buyer(String name) {
    return new Buyer("card", "", content("token", name), name);
  }

  static OrderShown order(
      int delivery,
      int row,
      String number,
      OrderState state,
      String paid,
      long gross,
      Long refunded) {
    Instant paidAt = paid == null ? null : at(paid);
    return new OrderShown(
        delivery,
        row,
        "s1",
        number,
        List.of(),
        OrderRank.of(state, paidAt != null),
        null,
        paidAt,
        false,
        null,
        null,
        gross,
        0L,
        refunded,
        null,
        null,
        null,
        null,
        content("order", number, state, paid, gross, refunded),
        gross * 31 + (refunded == null ? -1 : refunded),
        null);
  }

  /**
   * The same order completed then; with {@code cash} completion pays it where nothing else does.
   */
  static OrderShown completed(OrderShown order, String completed, boolean cash) {
    return new OrderShown(
        order.delivery(),
        order.row(),
        order.shop(),
        order.order(),
        order.buyer(),
        order.state(),
        order.createdAt(),
        order.paidAt(),
        cash,
        completed == null ? null : at(completed),
        order.modifiedAt(),
        order.grossFen(),
        order.freightFen(),
        order.refundedFen(),
        order.netFen(),
        order.itemCount(),
        order.orderType(),
        order.payment(),
        content(order.content(), completed, cash),
        order.amounts(),
        order.card());
  }

  /** A line in a state, of a price that tells it apart; {@code paid} ranks CLOSED. */
  static LineShown line(
      int delivery, int row, String number, String id, OrderState state, boolean paid) {
    LineShown line =
        line(delivery, row, number, id, id, null, 100, 1, 100L, RefundState.NONE, null);
    return new LineShown(
        delivery,
        row,
        line.shop(),
        number,
        id,
        line.sku(),
        null,
        line.qty(),
        line.priceFen(),
        line.dueFen(),
        null,
        OrderRank.of(state, paid),
        line.refundState(),
        null,
        null,
        null,
        false,
        content("line", number, id, state, paid),
        line.amounts(),
        null);
  }

  static LineShown line(
      int delivery,
      int row,
      String number,
      String id,
      String sku,
      List<String> also,
      long price,
      int qty,
      Long due,
      RefundState refund,
      Long refunded) {
    return new LineShown(
        delivery,
        row,
        "s1",
        number,
        id,
        sku,
        also,
        BigDecimal.valueOf(qty),
        price,
        due,
        null,
        OrderRank.of(OrderState.PAID, true),
        (short) refund.ordinal(),
        refunded,
        null,
        null,
        false,
        content("line", number, id, sku, price, qty, due, refund, refunded),
        price * 31 + qty + (due == null ? -1 : due * 7) + (refunded == null ? -1 : refunded * 131),
        null);
  }

  static LineShown sale(
      int delivery, int row, String number, String sku, long fen, String at, String card) {
    return new LineShown(
        delivery,
        row,
        "s1",
        number,
        null,
        sku,
        null,
        BigDecimal.ONE,
        fen,
        fen,
        fen,
        OrderRank.of(OrderState.COMPLETED, true),
        (short) 0,
        null,
        at(at),
        null,
        false,
        content("sale", number, sku, fen, at, card),
        fen,
        card == null ? null : ReceiptParts.card(buyer(card).hash()));
  }

  static OrderShown receipt(int delivery, int row, String number, String at, String card) {
    return new OrderShown(
        delivery,
        row,
        "s1",
        number,
        card == null ? List.of() : List.of(buyer(card)),
        OrderRank.of(OrderState.COMPLETED, true),
        at(at),
        at(at),
        false,
        at(at),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        content("receipt", number, at, card),
        1,
        card == null ? null : ReceiptParts.card(buyer(card).hash()));
  }

  static ReturnShown back(
      int delivery, int row, String number, String sku, long fen, String at, String card) {
    return new ReturnShown(
        delivery,
        row,
        "s1",
        number,
        card == null ? List.of() : List.of(buyer(card)),
        sku,
        fen,
        fen,
        at(at),
        null,
        content("back", number, sku, fen, at, card),
        card == null ? null : ReceiptParts.card(buyer(card).hash()));
  }

  static RefundShown refund(int delivery, int row, String number, String id, int state, long fen) {
    return new RefundShown(
        delivery,
        row,
        "s1",
        number,
        id,
        null,
        "A",
        (short) state,
        fen,
        null,
        content("refund", number, id, state, fen));
  }
}
