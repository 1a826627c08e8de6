package omnipoints.facts;

/** After-sale state of an order line, in rank order: evidence of a larger rank wins. */
public enum RefundState {
  NONE,
  OPEN,
  REFUSED,
  REFUNDED
}
