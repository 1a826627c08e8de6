package omnipoints.facts;

/**
 * What join must know of a delivery of the night.
 *
 * @param n its number in the night
 * @param shows what a row of it is
 * @param rowsAgain it is made of rejected rows that are read again: it shows no order whole
 * @param receiptReused its till gives receipt numbers again
 */
public record Delivery(
    int n, String channel, String sha256, Shows shows, boolean rowsAgain, boolean receiptReused) {

  /** What a row of a document states of an order. */
  public enum Shows {
    /** An order. */
    ORDER,
    /** A line of an order that another document states. */
    LINE,
    /** An order and one of its lines: all rows of an order state it alike. */
    ORDER_LINE,
    /** A receipt of a till and one of its lines, sold or given back. */
    RECEIPT_LINE,
    /** A refund document. */
    REFUND,
    /** Nothing of orders. */
    NOTHING;

    /** By the name of a grain, large or small; NOTHING for one that does not speak of orders. */
    public static Shows named(String grain) {
      for (Shows shows : values()) if (shows.name().equalsIgnoreCase(grain)) return shows;
      return NOTHING;
    }

    boolean states() {
      return this == ORDER || this == ORDER_LINE;
    }

    /** Whether a reject of it makes known that there is such an order. */
    boolean makesOrders() {
      return this == ORDER || this == LINE || this == ORDER_LINE || this == REFUND;
    }
  }
}
