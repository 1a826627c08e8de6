package omnipoints.points;

/** Where an order stands in the books. Every known order is in exactly one class. */
public enum OrderClass {
  POSTED,
  UNPAID,
  CANCELLED,
  PENDING,
  UNATTRIBUTED,
  INCOMPLETE,
  /** Everything about it is known, and it is worth no point. */
  ZERO,
  EXCLUDED,
  REJECTED_SIBLING
}
