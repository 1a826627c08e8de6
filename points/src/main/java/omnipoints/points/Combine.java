package omnipoints.points;

/** How a platform's opening balance and what the account already holds become one balance. */
public enum Combine {
  /** Both count: theirs is added. */
  SUM,
  /** Theirs counts: the account is moved to it, up or down. */
  THEIRS,
  /** Ours counts: theirs is looked at and left. */
  OURS,
  /** The larger one counts. */
  MAX;

  /**
   * What an opening moves.
   *
   * @param theirs what the platform says the member may spend, not negative
   * @param ours pending + available − owed of the account
   */
  public long difference(long theirs, long ours) {
    return switch (this) {
      case SUM -> theirs;
      case THEIRS -> Math.subtractExact(theirs, ours);
      case OURS -> 0;
      case MAX -> Math.max(0, Math.subtractExact(theirs, ours));
    };
  }
}
