package omnipoints.jobs;

import java.sql.Connection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import omnipoints.facts.OrderFacts;
import omnipoints.facts.Purchase;
import omnipoints.sql.Script;

/**
 * The money of orders that points paid a part of, line by line, on its way to the redemptions:
 * which lines points may pay for, and what of them came back.
 */
final class PaidOrders implements AutoCloseable {

  private static final Script SQL = Night.script("redeem");

  /** Grain: one per line of the live key generation of such an order. */
  private record PaidLineRow(
      UUID orderKey, String lineKey, String sku, long baseFen, String refunds) {}

  private final Set<UUID> orders;
  private final NightRows<PaidLineRow> rows;

  PaidOrders(Night night, Set<UUID> orders) {
    this.orders = orders;
    rows = orders.isEmpty() ? null : NightRows.own(night, "paid_line", PaidLineRow.class);
  }

  /**
   * Orders of the night that points pay, or once paid, a part of.
   *
   * @param ever whether points ever did
   */
  static Set<UUID> ofNight(Night night, Connection connection, boolean ever) {
    if (ever) {
      night.run(connection, SQL, "paid_before");
      night.run(connection, SQL, "paid_again");
    }
    return new HashSet<>(
        SQL.statement("paid_keys")
            .list(connection, night.params(SQL), row -> row.getObject(1, UUID.class)));
  }

  void put(OrderFacts.Order order, Purchase purchase) {
    if (rows == null || !orders.contains(order.key())) return;
    for (Purchase.Line line : purchase.lines())
      if (line.live())
        rows.put(
            new PaidLineRow(
                order.key(),
                line.key().line(),
                line.sku(),
                line.baseFen(),
                RefundSteps.write(line.refunds())));
  }

  void finish() {
    if (rows != null) rows.finish();
  }

  @Override
  public void close() {
    if (rows != null) rows.close();
  }
}
