package omnipoints.facts;

import java.util.UUID;

/**
 * A row that join could not use beside the others.
 *
 * @param orderKey the order it parks, null where it parks none
 * @param column header of the column it is told under, empty for the whole row
 * @param glued the row stands in quarantine for another order already
 * @param withheld it counts as rejected, but another row of the order stands for it in quarantine
 */
public record Rejection(
    int delivery,
    int row,
    RejectReason reason,
    String column,
    String value,
    String record,
    String shop,
    String order,
    UUID orderKey,
    boolean withheld,
    boolean glued) {

  /** One that parks {@code orderKey} and is told under the whole row. */
  static Rejection of(
      Shown row, RejectReason reason, String value, String record, String order, UUID orderKey) {
    return new Rejection(
        row.delivery(),
        row.row(),
        reason,
        "",
        value,
        record,
        row.shop(),
        order,
        orderKey,
        false,
        false);
  }

  Rejection parkingNothing() {
    return new Rejection(
        delivery, row, reason, column, value, record, shop, order, null, withheld, glued);
  }
}
