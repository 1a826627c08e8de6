package omnipoints.jobs;

import java.util.UUID;
import omnipoints.facts.Rejection;

/**
 * A row of the night that cannot be trusted, or not beside others. Grain: one per row and column.
 *
 * @param orderKey the order it parks, null for none
 * @param glued the row stands in quarantine for another order already
 * @param withheld it counts as rejected, but another row stands for it in quarantine
 */
record RejectRow(
    int delivery,
    int row,
    String columnName,
    String reason,
    String valueMasked,
    String recordMasked,
    String shop,
    String orderNo,
    UUID orderKey,
    boolean withheld,
    boolean glued) {

  static RejectRow of(Rejection rejection) {
    return new RejectRow(
        rejection.delivery(),
        rejection.row(),
        rejection.column(),
        rejection.reason().name(),
        rejection.value(),
        rejection.record(),
        rejection.shop(),
        rejection.order(),
        rejection.orderKey(),
        rejection.withheld(),
        rejection.glued());
  }
}
