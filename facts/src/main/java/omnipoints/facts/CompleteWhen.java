package omnipoints.facts;

/** When the documents of an order are all there; until then the order waits as INCOMPLETE. */
public enum CompleteWhen {
  /**
   * Order row present and the quantities of its lines add up to its item count; without a count:
   * one line at least.
   */
  ITEM_COUNT_MATCHES,
  /** Every row stands for itself (tills). */
  ALWAYS,
  /**
   * The order's own row is enough; an order that no document shows the lines of posts on its
   * pseudo-line.
   */
  ORDER_PRESENT
}
