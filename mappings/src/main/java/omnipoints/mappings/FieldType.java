package omnipoints.mappings;

/** How the text of a cell becomes a value. */
public enum FieldType {
  /** Trimmed text. */
  TEXT,
  /** Identifier: text always; a number in scientific notation has lost digits and is rejected. */
  ID,
  /**
   * Merchant code: like an id, but {@code 12E5} is a code and only {@code 1.2E+5} is a damaged
   * number.
   */
  CODE,
  /** Integer fen. */
  MONEY,
  /** Exact decimal number. */
  NUMBER,
  /** Whole points as a till prints them; a fraction is cut off. */
  POINTS,
  DATETIME,
  DATE,
  STATUS,
  /** E.164. */
  PHONE,
  /** Ids inside a note, found by the field's pattern. */
  IDS
}
