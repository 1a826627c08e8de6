package omnipoints.jobs;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import omnipoints.facts.OrderFacts;
import omnipoints.facts.Purchase;
import omnipoints.points.NamedOrder;
import omnipoints.sql.Script;

/** The money of orders that activities name, on its way to {@link Share}. */
final class NamedOrders implements AutoCloseable {

  private static final Script SQL = Night.script("share");

  /** Grain: one per such order that the night looks at. */
  private record NamedRow(
      UUID orderKey,
      Instant paidAt,
      String orderType,
      String owner,
      boolean decided,
      long baseFen,
      String refunds,
      Instant completedAt,
      boolean afterSaleOpen) {}

  private final Set<UUID> orders;
  private final NightRows<NamedRow> rows;

  NamedOrders(Night night, Set<UUID> orders) {
    this.orders = orders;
    rows = orders.isEmpty() ? null : NightRows.own(night, "named", NamedRow.class);
  }

  /** Orders of the night that activities name; those are looked at again, too. */
  static Set<UUID> ofNight(Night night, Connection connection) {
    if (!night.programme().asksActivities()) return Set.of();
    boolean ever =
        SQL.statement("ever_named")
            .one(connection, night.params(SQL), row -> row.getBoolean(1))
            .orElse(false);
    if (ever) night.run(connection, SQL, "again");
    if (!night.programme().ladderRules().isEmpty()
        || !night.programme().memberLimitRules().isEmpty()) night.run(connection, SQL, "merged");
    return new HashSet<>(
        SQL.statement("named_keys")
            .list(connection, night.params(SQL), row -> row.getObject(1, UUID.class)));
  }

  void put(OrderFacts.Order order, Purchase purchase) {
    if (rows == null || !orders.contains(order.key())) return;
    NamedOrder named = NamedOrder.of(purchase);
    rows.put(
        new NamedRow(
            order.key(),
            named.at(),
            named.type(),
            named.owner(),
            named.decided(),
            named.baseFen(),
            RefundSteps.write(named.refunds()),
            named.completedAt(),
            named.afterSaleOpen()));
  }

  /** Of a row that tells of it; null where the night does not look at the order. */
  static NamedOrder read(ResultSet row) throws SQLException {
    String refunds = row.getString("refunds");
    return refunds == null
        ? null
        : new NamedOrder(
            Columns.instant(row, "paid_at"),
            row.getString("order_type"),
            row.getString("order_owner"),
            row.getBoolean("decided"),
            row.getLong("base_fen"),
            RefundSteps.read(refunds),
            Columns.instant(row, "completed_at"),
            row.getBoolean("after_sale_open"));
  }

  /** Whether what it says of such an order counts for the member and did not, or the other way. */
  static boolean turned(ResultSet row) throws SQLException {
    NamedOrder now = read(row);
    if (now == null || !now.decided()) return false;
    String member = row.getString("member_id");
    String refunds = row.getString("refunds_before");
    NamedOrder before =
        refunds == null
            ? null
            : new NamedOrder(
                null,
                null,
                row.getString("order_owner_before"),
                true,
                row.getLong("base_fen_before"),
                RefundSteps.read(refunds),
                null,
                false);
    return now.bears(member) != (before != null && before.bears(member));
  }

  void finish() {
    if (rows != null) rows.finish();
  }

  @Override
  public void close() {
    if (rows != null) rows.close();
  }
}
