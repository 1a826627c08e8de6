package omnipoints.facts;

/** How far an order counts, as its money, its state and its buyer tell; whatever it is worth. */
public enum Acceptance {
  /** Paid before the cut, complete, attributed: its money counts. */
  ACCEPTED,
  UNPAID,
  CANCELLED,
  /** Paid at or after the cut: a later night's. */
  PENDING,
  UNATTRIBUTED,
  INCOMPLETE,
  /** Nothing of it counts: other orders took its place, or all its SKUs are on the list. */
  EXCLUDED,
  REJECTED_SIBLING;

  /**
   * Whether its lines are decided tonight; an unpaid or cancelled order takes back what it had been
   * given.
   */
  public boolean decided() {
    return this == ACCEPTED || this == EXCLUDED || this == UNPAID || this == CANCELLED;
  }
}
