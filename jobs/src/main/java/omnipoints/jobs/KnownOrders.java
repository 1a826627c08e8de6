package omnipoints.jobs;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import omnipoints.facts.GroupJoin;
import omnipoints.facts.KnownOrder;
import omnipoints.facts.LineRow;
import omnipoints.facts.OrderKeys;
import omnipoints.facts.OrderRow;
import omnipoints.facts.RefundRow;
import omnipoints.facts.RefundSeenRow;
import omnipoints.facts.ReturnRow;
import omnipoints.facts.TokenRow;
import omnipoints.sql.Cursor;
import omnipoints.sql.Rows;
import omnipoints.sql.Script;

/**
 * What is known of the orders of one range, fetched by key: one probe per table, of lines and the
 * rest only for orders that are known at all. Memory: the known orders of the range.
 */
final class KnownOrders {

  private static final Script SQL = Night.script("join");
  private static final Rows<OrderRow> ORDERS = Rows.of(OrderRow.class);
  private static final Rows<LineRow> LINES = Rows.of(LineRow.class);
  private static final Rows<RefundRow> REFUNDS = Rows.of(RefundRow.class);
  private static final Rows<ReturnRow> RETURNS = Rows.of(ReturnRow.class);
  private static final Rows<TokenRow> TOKENS = Rows.of(TokenRow.class);
  private static final Rows<RefundSeenRow> SEEN = Rows.of(RefundSeenRow.class);

  private final Map<UUID, KnownOrder> known;
  private final Map<String, List<String>> shops;

  private KnownOrders(Map<UUID, KnownOrder> known, Map<String, List<String>> shops) {
    this.known = known;
    this.shops = shops;
  }

  /** A number of a channel whose platform gives each once. */
  record Number(String channel, String number) {}

  /**
   * Fetches what is known.
   *
   * @param keys every order a row of the range may belong to
   * @param tills those of them that may be receipts: only these have return rows
   * @param numbers of channels that have several shops
   */
  static KnownOrders of(
      Night night,
      Connection connection,
      Collection<UUID> keys,
      Set<UUID> tills,
      List<Number> numbers)
      throws SQLException {
    Map<UUID, KnownOrder.Builder> rows = new HashMap<>();
    Map<String, Object> all = params(night, keys);
    each(
        connection, ORDERS, "known_orders", all, order -> of(rows, order.orderKey()).order = order);
    each(
        connection,
        RETURNS,
        "known_returns",
        params(night, tills),
        row -> of(rows, row.orderKey()).returns.add(row));
    Map<String, Object> found = params(night, rows.keySet());
    each(connection, LINES, "known_lines", found, row -> of(rows, row.orderKey()).lines.add(row));
    each(
        connection,
        REFUNDS,
        "known_refunds",
        found,
        row -> of(rows, row.orderKey()).refunds.add(row));
    each(connection, TOKENS, "known_tokens", all, row -> of(rows, row.orderKey()).tokens.add(row));
    each(
        connection, SEEN, "known_seen", found, row -> of(rows, row.orderKey()).seenBefore.add(row));
    mark(connection, "known_quarantined", all, (key, row) -> of(rows, key).quarantined = true);
    mark(connection, "known_claimed", all, (key, row) -> of(rows, key).claimed = true);
    mark(
        connection,
        "known_paid",
        all,
        (key, row) -> of(rows, key).parentPaid = Columns.instant(row, "paid_at"));
    Map<UUID, KnownOrder> known = new HashMap<>();
    rows.forEach((key, order) -> known.put(key, order.all()));
    return new KnownOrders(known, shops(connection, numbers));
  }

  private static KnownOrder.Builder of(Map<UUID, KnownOrder.Builder> rows, UUID key) {
    return rows.computeIfAbsent(key, k -> new KnownOrder.Builder());
  }

  private static Map<String, Object> params(Night night, Collection<UUID> keys) {
    List<UUID> sorted = new ArrayList<>(keys);
    sorted.sort(KnownOrders::compare);
    var params = new HashMap<String, Object>();
    params.put("night", night.date());
    params.put("keys", sorted);
    return params;
  }

  /** The order of the database: bytes without sign. */
  static int compare(UUID a, UUID b) {
    int order = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
    return order != 0
        ? order
        : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
  }

  private static boolean nothing(Map<String, Object> params) {
    return ((Collection<?>) params.get("keys")).isEmpty();
  }

  private static <T extends Record> void each(
      Connection connection,
      Rows<T> rows,
      String statement,
      Map<String, Object> params,
      Consumer<T> into)
      throws SQLException {
    if (nothing(params)) return;
    try (Cursor cursor = SQL.statement(statement).open(connection, params)) {
      if (!cursor.hasRow()) return;
      int[] places = rows.places(cursor.row());
      for (; cursor.hasRow(); cursor.advance()) into.accept(rows.read(cursor.row(), places));
    }
  }

  private interface Mark {
    void row(UUID key, ResultSet row) throws SQLException;
  }

  private static void mark(
      Connection connection, String statement, Map<String, Object> params, Mark into) {
    if (nothing(params)) return;
    SQL.statement(statement)
        .forEachRow(
            connection, params, row -> into.row(row.getObject("order_key", UUID.class), row));
  }

  private static Map<String, List<String>> shops(Connection connection, List<Number> numbers) {
    var shops = new HashMap<String, List<String>>();
    if (numbers.isEmpty()) return shops;
    SQL.statement("known_shops")
        .forEachRow(
            connection,
            Map.of(
                "channels", numbers.stream().map(Number::channel).toList(),
                "numbers", numbers.stream().map(Number::number).toList()),
            row ->
                shops
                    .computeIfAbsent(
                        place(row.getString("channel"), row.getString("order_no")),
                        k -> new ArrayList<>(1))
                    .add(row.getString("shop")));
    return shops;
  }

  private static String place(String channel, String number) {
    return channel + "\n" + number;
  }

  /** As one channel sees them. */
  GroupJoin.Known of(String channel, OrderKeys keys) {
    return new GroupJoin.Known() {
      @Override
      public KnownOrder of(String shop, String number) {
        return known.getOrDefault(keys.of(channel, shop, number), KnownOrder.NOTHING);
      }

      @Override
      public List<String> shops(String number) {
        return shops.getOrDefault(place(channel, number), List.of());
      }
    };
  }
}
