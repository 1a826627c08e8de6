package omnipoints.points.rules;

/** Whether a condition holds. What is unknown holds neither itself nor its opposite. */
enum Truth {
  YES,
  NO,
  UNKNOWN;

  static Truth of(boolean holds) {
    return holds ? YES : NO;
  }

  Truth opposite() {
    return switch (this) {
      case YES -> NO;
      case NO -> YES;
      case UNKNOWN -> UNKNOWN;
    };
  }

  /** NO if one of them is, else UNKNOWN if one of them is. */
  Truth and(Truth other) {
    if (this == NO || other == NO) return NO;
    return this == UNKNOWN || other == UNKNOWN ? UNKNOWN : YES;
  }

  /** YES if one of them is, else UNKNOWN if one of them is. */
  Truth or(Truth other) {
    if (this == YES || other == YES) return YES;
    return this == UNKNOWN || other == UNKNOWN ? UNKNOWN : NO;
  }
}
