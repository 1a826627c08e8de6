package omnipoints.jobs;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;
import java.util.UUID;
import omnipoints.facts.OrderFacts;
import omnipoints.points.AwardKey;
import omnipoints.points.NamedOrder;
import omnipoints.points.OrderWorth.Target;

/**
 * What order space tells {@link Share} of orders: grants that an order alone does not decide, and
 * which orders somebody has.
 */
final class BidRows implements AutoCloseable {

  /**
   * Grain: one per order that the night looks at and that may have a slot or have had one; of
   * nobody where it left who had it.
   */
  private record SlotOrderRow(
      String memberId,
      UUID orderKey,
      LocalDate firstNight,
      String channel,
      String shop,
      String orderNo,
      Instant at,
      long baseFen,
      long keptFen,
      boolean first) {}

  private final Night night;
  private final Set<String> slots;
  private final NightRows<TargetRow> bids;
  private final NightRows<SlotOrderRow> orders;

  BidRows(Night night) {
    this.night = night;
    slots = Set.copyOf(night.programme().slotRules());
    bids = night.programme().bounds() ? NightRows.own(night, "bid", TargetRow.class) : null;
    orders =
        night.programme().hasSlot() ? NightRows.own(night, "slot_order", SlotOrderRow.class) : null;
  }

  void put(OrderReader.Decided decided) {
    if (bids == null) return;
    OrderFacts.Order order = decided.order();
    boolean later = decided.later() && !had(decided);
    for (Target bid : decided.verdict().bids()) {
      if (later && ofSlot(bid)) continue;
      bids.put(
          TargetRow.of(
              night,
              bid.member(),
              order.key(),
              order.firstNight(),
              bid.line(),
              0,
              0,
              bid.debitOn(),
              false));
    }
    if (orders != null && !later) putOrder(decided);
  }

  /** Whether something was given to it for being a first order: that may have to go. */
  private boolean had(OrderReader.Decided decided) {
    return decided.verdict().targets().stream().anyMatch(this::ofSlot);
  }

  private boolean ofSlot(Target target) {
    return slots.contains(AwardKey.rule(target.line().key().line()));
  }

  private void putOrder(OrderReader.Decided decided) {
    OrderFacts.Order order = decided.order();
    NamedOrder money = NamedOrder.of(decided.purchase());
    if (!money.decided()) return;
    String before = decided.before() == null ? "" : decided.before().class_();
    orders.put(
        new SlotOrderRow(
            money.owner(),
            order.key(),
            order.firstNight(),
            order.channel(),
            order.shop(),
            order.order(),
            money.at(),
            money.baseFen(),
            money.keptFen(),
            !before.equals("POSTED") && !before.equals("ZERO")));
  }

  void finish() {
    if (bids != null) bids.finish();
    if (orders != null) orders.finish();
  }

  @Override
  public void close() {
    if (bids != null) bids.close();
    if (orders != null) orders.close();
  }
}
