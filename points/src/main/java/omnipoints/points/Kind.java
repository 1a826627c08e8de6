package omnipoints.points;

/** Kinds of ledger entries. The sign of an entry is how it changes pending + available − owed. */
public enum Kind {
  EARN,
  RELEASE,
  CLAWBACK,
  REDEEM,
  RESTORE,
  EXPIRE,
  ADJUST,
  TRANSFER,
  OPENING,
  MERGE,
  FORFEIT,
  WRITE_OFF
}
