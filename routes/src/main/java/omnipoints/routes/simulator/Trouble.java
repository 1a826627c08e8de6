package omnipoints.routes.simulator;

/** What may come in place of an answer, or with it. */
public enum Trouble {
  /** A page for people under HTTP 200. */
  HTML,
  /** The body ends in the middle. */
  HALF,
  /** The connection is gone without an answer. */
  RESET,
  /** The answer comes drop by drop. */
  DRIP,
  /** HTTP 502. */
  SERVER_ERROR,
  /** Too many calls. */
  BAN,
  /** An error of the platform under HTTP 200. */
  BUSY,
  /** The token ends in the middle of the pages. */
  TOKEN_OVER,
  /** An order leaves the window while its pages are read. */
  SHIFT,
  /** The answer leaves out how much there is. */
  NO_TOTAL,
  /** A list names what cannot be had by itself yet. */
  DISAGREE,
  /** What only this platform does: a stale cursor. */
  OWN,
  /** It does what it is told, and the connection is gone without an answer. */
  TAKEN_RESET,
  /** It does what it is told, and says HTTP 503. */
  TAKEN_ERROR,
  /** HTTP 429. */
  TOO_MANY,
  /** One member of a request is refused, this time. */
  PART,
  /** The answer tells another total than there is. */
  WRONG_TOTAL
}
