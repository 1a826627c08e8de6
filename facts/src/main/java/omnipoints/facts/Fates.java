package omnipoints.facts;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import omnipoints.facts.Shown.LineShown;
import omnipoints.facts.Shown.OrderShown;
import omnipoints.facts.Shown.RefundShown;
import omnipoints.facts.Shown.ReturnShown;

/**
 * What became of the rows of a night: the first row with the content that now stands, and that this
 * night put there, is merged; an equal row is a duplicate; any other lost against a later state and
 * is superseded. Rows of an order that are withheld wait. A repeated join says the same, because it
 * goes by what stands and since when.
 */
public final class Fates {

  /** Rows of one delivery by what became of them. */
  public static final class Counts {
    /** Their content stands, and tonight put it there. */
    public long merged;

    /** Something later stands. */
    public long superseded;

    /** It stood before, or stands in another row of the night. */
    public long duplicate;

    /** Another row of their order was rejected. */
    public long waiting;

    /** All rows. */
    public long rows() {
      return merged + superseded + duplicate + waiting;
    }

    /** Adds those of other rows of the delivery. */
    public void add(Counts other) {
      merged += other.merged;
      superseded += other.superseded;
      duplicate += other.duplicate;
      waiting += other.waiting;
    }
  }

  private final JoinNight night;
  private final Map<Integer, Counts> byDelivery = new TreeMap<>();

  Fates(JoinNight night) {
    this.night = night;
  }

  /** Counts by number of the delivery. */
  public Map<Integer, Counts> byDelivery() {
    return byDelivery;
  }

  private Counts of(Shown row) {
    return byDelivery.computeIfAbsent(row.delivery(), n -> new Counts());
  }

  void count(OrderRows rows, Joined joined) {
    orders(rows.orders(), joined.order());
    lines(rows.lines(), joined.lines());
    returns(rows.returns(), joined.returns());
    refunds(rows.refunds(), joined.refunds());
  }

  void withhold(OrderRows rows) {
    for (OrderShown row : rows.orders()) if (statesAnOrder(row)) of(row).waiting++;
    for (LineShown row : rows.lines()) of(row).waiting++;
    for (ReturnShown row : rows.returns()) of(row).waiting++;
    for (RefundShown row : rows.refunds()) of(row).waiting++;
  }

  /** Of a row that tells an order and a line the line is counted. */
  private boolean statesAnOrder(OrderShown row) {
    return night.deliveries().get(row.delivery()).shows() == Delivery.Shows.ORDER;
  }

  private static <T extends Shown> List<T> inPlace(List<T> rows) {
    if (rows.size() < 2) return rows;
    return rows.stream()
        .sorted(Comparator.comparingInt(Shown::delivery).thenComparingInt(Shown::row))
        .toList();
  }

  private void orders(List<OrderShown> rows, OrderRow order) {
    Set<ByteBuffer> seen = new HashSet<>();
    for (OrderShown row : inPlace(rows)) {
      if (!statesAnOrder(row)) continue;
      ByteBuffer content = ByteBuffer.wrap(row.content());
      boolean stands = content.equals(ByteBuffer.wrap(order.content()));
      boolean first = seen.add(content);
      if (stands && first && order.changedNight().equals(night.night())) of(row).merged++;
      else if (stands || !first) of(row).duplicate++;
      else of(row).superseded++;
    }
  }

  private void lines(List<LineShown> rows, List<LineRow> lines) {
    if (rows.isEmpty()) return;
    Map<ByteBuffer, Integer> put = new HashMap<>();
    Set<ByteBuffer> standing = new HashSet<>();
    for (LineRow line : lines) {
      ByteBuffer content = ByteBuffer.wrap(line.content());
      standing.add(content);
      if (line.changedNight().equals(night.night())) put.merge(content, 1, Integer::sum);
    }
    for (LineShown row : inPlace(rows)) {
      ByteBuffer content = ByteBuffer.wrap(row.content());
      if (take(put, content)) of(row).merged++;
      else if (standing.contains(content)) of(row).duplicate++;
      else of(row).superseded++;
    }
  }

  private static boolean take(Map<ByteBuffer, Integer> put, ByteBuffer content) {
    Integer left = put.get(content);
    if (left == null || left == 0) return false;
    put.put(content, left - 1);
    return true;
  }

  private void returns(List<ReturnShown> rows, List<ReturnRow> returns) {
    if (rows.isEmpty()) return;
    Map<ByteBuffer, Integer> put = new HashMap<>();
    for (ReturnRow row : returns)
      if (row.firstNight().equals(night.night()))
        put.merge(ByteBuffer.wrap(row.content()), 1, Integer::sum);
    for (ReturnShown row : inPlace(rows)) {
      if (take(put, ByteBuffer.wrap(row.content()))) of(row).merged++;
      else of(row).duplicate++;
    }
  }

  private void refunds(List<RefundShown> rows, List<RefundRow> refunds) {
    if (rows.isEmpty()) return;
    Map<String, RefundRow> byNumber = new HashMap<>();
    for (RefundRow refund : refunds) byNumber.put(refund.refundNo(), refund);
    Set<List<Object>> seen = new HashSet<>();
    for (RefundShown row : inPlace(rows)) {
      RefundRow refund = byNumber.get(row.refund());
      ByteBuffer content = ByteBuffer.wrap(row.content());
      boolean stands = content.equals(ByteBuffer.wrap(refund.content()));
      boolean first = seen.add(new ArrayList<>(List.of(row.refund(), content)));
      if (stands && first && refund.changedNight().equals(night.night())) of(row).merged++;
      else if (stands || !first) of(row).duplicate++;
      else of(row).superseded++;
    }
  }
}
