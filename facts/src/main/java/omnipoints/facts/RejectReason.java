package omnipoints.facts;

/** Why a row cannot be trusted. A closed list: a new code changes the outside contract. */
public enum RejectReason {
  ID_PRECISION_LOST,
  MONEY_LEFTOVER,
  UNKNOWN_STATUS,
  BAD_DATE,
  BAD_NUMBER,
  MISSING_REQUIRED,
  SURPLUS_CELL,
  UNDECODABLE,
  NO_SHOP,
  CONFLICTING_ROWS,
  /** The order number is known under another shop of a channel that gives each number once. */
  DOUBLE_SHOP,
  /** More money in one line, or more rows in one order, than the home expects of anybody. */
  LIMIT,
  /** A key of more characters than any key has. */
  TOO_LONG
}
