package omnipoints.facts;

/**
 * Commercial state of an order, in rank order: a later state of an order has the larger ordinal.
 */
public enum OrderState {
  UNKNOWN,
  UNPAID,
  PAID,
  SHIPPED,
  COMPLETED,
  CLOSED
}
