package omnipoints.files;

/** What became of one arrival. A closed list: a new code changes the outside contract. */
public enum DeliveryOutcome {
  ACCEPTED,
  DUPLICATE,
  REVISION,
  EMPTY,
  TRUNCATED,
  TOO_LARGE,
  EVIL_NAME,
  NO_MAPPING,
  AMBIGUOUS_MAPPING,
  TOTALS_DIFFER,
  STRUCTURE_BROKEN,
  /** The file, or the name in its shop column, belongs to another shop of the channel. */
  WRONG_SHOP
}
