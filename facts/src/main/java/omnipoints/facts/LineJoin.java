package omnipoints.facts;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;
import omnipoints.facts.Shown.LineShown;

/**
 * The join of the lines of one order: of each line the newest row stands, while state and
 * after-sale state are joined by themselves, so that they may rise with a row that does not stand.
 */
final class LineJoin {

  private static final short CLOSED_UNPAID = 2;
  private static final short CLOSED_PAID = 6;
  private static final short OPEN = 1;
  private static final short REFUNDED = 3;

  private final JoinNight night;
  private final UUID key;
  private final KnownOrder known;
  private final OrderRows rows;
  private final boolean careful;

  LineJoin(JoinNight night, UUID key, KnownOrder known, OrderRows rows, boolean careful) {
    this.night = night;
    this.key = key;
    this.known = known;
    this.rows = rows;
    this.careful = careful;
  }

  private static int compareLines(LineShown a, LineShown b) {
    int order = Short.compare(a.state(), b.state());
    if (order == 0)
      order = Long.compare(OrderJoin.orLess(refunded(a)), OrderJoin.orLess(refunded(b)));
    if (order == 0) order = Boolean.compare(a.dueFen() != null, b.dueFen() != null);
    return order != 0 ? order : Arrays.compareUnsigned(a.content(), b.content());
  }

  private static int compareLines(LineShown a, LineRow b) {
    int order = Short.compare(a.state(), b.rowState());
    if (order == 0)
      order = Long.compare(OrderJoin.orLess(refunded(a)), OrderJoin.orLess(b.rowRefundedFen()));
    if (order == 0) order = Boolean.compare(a.dueFen() != null, b.dueFen() != null);
    return order != 0 ? order : Arrays.compareUnsigned(a.content(), b.content());
  }

  private static Long refunded(LineShown line) {
    return line.refundState() == REFUNDED ? line.refundedFen() : null;
  }

  Map<String, LineRow> lines(OrderRow order) {
    Map<String, LineRow> lines = new LinkedHashMap<>();
    for (LineRow line : known.lines()) lines.put(line.lineKey(), line);
    if (rows.lines().isEmpty()) return lines;
    List<LineShown> unnamed = rows.lines().stream().filter(row -> row.line() == null).toList();
    Map<LineShown, String> generated =
        LineKeys.of(
            unnamed,
            known.lines(),
            this::whole,
            delivery -> whole(delivery) && complete(delivery, order),
            careful);
    Map<String, List<LineShown>> byKey = new LinkedHashMap<>();
    for (LineShown row : rows.lines())
      byKey
          .computeIfAbsent(
              row.line() != null ? row.line() : generated.get(row), k -> new ArrayList<>(1))
          .add(row);
    byKey.forEach((line, same) -> lines.put(line, line(line, lines.get(line), same)));
    return lines;
  }

  private boolean whole(int delivery) {
    return !night.deliveries().get(delivery).rowsAgain();
  }

  /**
   * Whether a delivery shows all lines of the order: because it states the order beside them, or
   * because they are as many pieces as the order declares. A till's goods are what they are called.
   */
  private boolean complete(int delivery, OrderRow order) {
    Delivery.Shows shows = night.deliveries().get(delivery).shows();
    if (shows == Delivery.Shows.ORDER_LINE) return true;
    if (shows != Delivery.Shows.LINE || order == null || order.itemCount() == null) return false;
    BigDecimal pieces = BigDecimal.ZERO;
    for (LineShown line : rows.lines())
      if (line.delivery() == delivery && line.qty() != null) pieces = pieces.add(line.qty());
    return pieces.compareTo(order.itemCount()) == 0;
  }

  /** One line: the newest row, with state and after-sale state of all. */
  private LineRow line(String lineKey, LineRow before, List<LineShown> same) {
    LineShown best = null;
    short state = 0;
    short refundState = 0;
    boolean closed = false;
    Long refunded = null;
    for (LineShown row : same) {
      int order = best == null ? 1 : compareLines(row, best);
      if (order > 0 || (order == 0 && night.first(row, best))) best = row;
      if (row.state() == CLOSED_UNPAID || row.state() == CLOSED_PAID) closed = true;
      else state = (short) Math.max(state, row.state());
      refundState = (short) Math.max(refundState, row.refundState());
      refunded = greatest(refunded, refunded(row));
    }
    LocalDate opened = refundState == OPEN ? night.night() : null;
    if (before != null) {
      state = (short) Math.max(state, before.state());
      closed |= before.closed();
      // the rows of tonight said that a case is open, and nothing has said more
      if (before.openNight() != null || refundState != OPEN || before.refundState() > OPEN)
        opened = before.openNight();
      refundState = (short) Math.max(refundState, before.refundState());
      refunded = greatest(refunded, before.refundedFen());
      if (compareLines(best, before) <= 0) {
        List<String> names = names(before, same, before.sku());
        boolean unchanged =
            state == before.state()
                && closed == before.closed()
                && refundState == before.refundState()
                && Objects.equals(refunded, before.refundedFen())
                && Objects.equals(opened, before.openNight())
                && Objects.equals(names, before.skuAlso());
        return unchanged
            ? before
            : before.risen(state, closed, refundState, refunded, opened, names);
      }
    }
    return new LineRow(
        key,
        lineKey,
        best.line() == null ? LineKeys.GENERATED : (short) 2,
        best.sku(),
        names(before, same, best.sku()),
        best.qty(),
        best.priceFen(),
        best.dueFen(),
        best.paidFen(),
        state,
        closed,
        refundState,
        refunded,
        best.state(),
        refunded(best),
        opened,
        best.at(),
        best.tillPoints(),
        best.excluded(),
        best.content(),
        before != null ? before.firstNight() : night.night(),
        night.night(),
        night.sha256(best),
        best.row());
  }

  /** All names that rows ever gave a line without an id besides its SKU; null for none. */
  private static List<String> names(LineRow before, List<LineShown> same, String sku) {
    TreeSet<String> names = null;
    for (LineShown row : same) {
      if (row.line() != null) return null;
      if (row.skuAlso() == null && row.sku().equals(sku)) continue;
      if (names == null) names = new TreeSet<>(CodePoints::compare);
      names.add(row.sku());
      if (row.skuAlso() != null) names.addAll(row.skuAlso());
    }
    if (before != null && (names != null || !before.sku().equals(sku))) {
      if (names == null) names = new TreeSet<>(CodePoints::compare);
      names.add(before.sku());
      if (before.skuAlso() != null) names.addAll(before.skuAlso());
    }
    if (names == null) return before == null ? null : before.skuAlso();
    names.remove(sku);
    names.remove("");
    return names.isEmpty() ? null : List.copyOf(names);
  }

  private static Long greatest(Long a, Long b) {
    if (a == null) return b;
    return b == null || a >= b ? a : b;
  }
}
