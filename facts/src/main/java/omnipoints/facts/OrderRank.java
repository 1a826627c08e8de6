package omnipoints.facts;

/**
 * Rank of an order's state, as it is stored: the larger one stands, whichever row came first. What
 * was closed without a payment ranks just above what was never paid, so that a row that knows a
 * payment wins; what was closed after it was paid ranks above all.
 */
public final class OrderRank {
  private static final OrderState[] STATES = {
    OrderState.UNKNOWN,
    OrderState.UNPAID,
    OrderState.CLOSED,
    OrderState.PAID,
    OrderState.SHIPPED,
    OrderState.COMPLETED,
    OrderState.CLOSED
  };

  private static final short CLOSED_UNPAID = 2;
  private static final short CLOSED_PAID = 6;

  private OrderRank() {}

  /** The rank of a state; {@code paid}: whether a payment is known, which ranks CLOSED. */
  public static short of(OrderState state, boolean paid) {
    return switch (state) {
      case UNKNOWN -> 0;
      case UNPAID -> 1;
      case PAID -> 3;
      case SHIPPED -> 4;
      case COMPLETED -> 5;
      case CLOSED -> paid ? CLOSED_PAID : CLOSED_UNPAID;
    };
  }

  /** The state behind a stored rank. */
  public static OrderState state(int rank) {
    return STATES[rank];
  }
}
