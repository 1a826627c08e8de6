package omnipoints.facts;

import java.util.Collection;

/**
 * Which lines of an order count as closed. Rows about lines do not tell whether they were closed
 * before or after the payment. Pure.
 */
public final class ClosedLines {
  private ClosedLines() {}

  /**
   * What the rows of a line showed.
   *
   * @param open the furthest state any row showed, CLOSED apart
   * @param closed whether a row showed CLOSED
   */
  public record Shown(OrderState open, boolean closed) {
    private boolean paidAndClosed() {
      return closed
          && open.compareTo(OrderState.PAID) >= 0
          && open.compareTo(OrderState.COMPLETED) <= 0;
    }
  }

  /**
   * Whether {@code closed} of the lines holds. An order that is open although each of its live
   * lines was shown closed and paid was closed before it was paid: then none of them is closed.
   */
  public static boolean hold(OrderState order, Collection<Shown> live) {
    boolean open = order == OrderState.UNKNOWN || paidAndOpen(order);
    return !open || live.isEmpty() || !live.stream().allMatch(Shown::paidAndClosed);
  }

  private static boolean paidAndOpen(OrderState order) {
    return order == OrderState.PAID || order == OrderState.SHIPPED || order == OrderState.COMPLETED;
  }
}
