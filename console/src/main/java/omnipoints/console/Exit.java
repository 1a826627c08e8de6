package omnipoints.console;

/** Exit codes of the process, the first that applies. Part of the outside contract. */
final class Exit {
  static final int OK = 0;
  static final int USAGE = 2;

  /** Closed, but too many rejects in a delivery or an error break opened. */
  static final int CLOSED_WITH_FINDINGS = 3;

  static final int FAILED = 4;
  static final int STOPPED = 5;
  static final int UNKNOWN = 6;
  static final int RUNNING = 7;
  static final int REFUSED = 8;
  static final int ENVIRONMENT = 9;
  static final int INPUT_MISSING = 10;

  private Exit() {}
}
