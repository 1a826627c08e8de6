package omnipoints.jobs;

import java.time.Instant;
import java.util.UUID;
import omnipoints.facts.Acceptance;
import omnipoints.facts.OrderFacts;
import omnipoints.points.NamedOrder;

/** The money of the night's orders, on its way to {@link Referrals}. */
final class ReferralOrders implements AutoCloseable {

  /** Grain: one per order that the night looks at. */
  private record ReferralOrderRow(
      UUID orderKey,
      String owner,
      String channel,
      String shop,
      String orderNo,
      String orderType,
      Instant at,
      boolean paid,
      boolean decided,
      long baseFen,
      String refunds,
      Instant completedAt,
      boolean afterSaleOpen) {}

  private final NightRows<ReferralOrderRow> rows;

  ReferralOrders(Night night) {
    rows =
        Referrals.asked(night)
            ? NightRows.own(night, "referral_order", ReferralOrderRow.class)
            : null;
  }

  void put(OrderReader.Decided decided) {
    if (rows == null) return;
    OrderFacts.Order order = decided.order();
    NamedOrder money = NamedOrder.of(decided.purchase());
    Acceptance acceptance = decided.purchase().acceptance();
    boolean paid =
        money.at() != null
            && acceptance != Acceptance.UNPAID
            && acceptance != Acceptance.CANCELLED
            && acceptance != Acceptance.PENDING;
    rows.put(
        new ReferralOrderRow(
            order.key(),
            money.owner(),
            order.channel(),
            order.shop(),
            order.order(),
            money.type(),
            money.at(),
            paid,
            money.decided(),
            money.baseFen(),
            RefundSteps.write(money.refunds()),
            money.completedAt(),
            money.afterSaleOpen()));
  }

  void finish() {
    if (rows != null) rows.finish();
  }

  @Override
  public void close() {
    if (rows != null) rows.close();
  }
}
