package omnipoints.jobs;

import java.util.List;

/**
 * A command that ends without doing what was asked: exit code, stable code, one clear message, what
 * to type next.
 */
public final class NightRefused extends RuntimeException {

  /** Code of a night that waits for an expected delivery. */
  public static final String WAITING = "WAITING";

  /** Code of a night that stands before its close until a person lets its figures through. */
  public static final String OUT_OF_BAND = "OUT_OF_BAND";

  private static final long serialVersionUID = 1L;

  private final int exit;
  private final String code;
  private final transient List<String> next;

  /**
   * @param exit process exit code of the outside contract
   * @param code stable machine-readable code, upper case
   */
  public NightRefused(int exit, String code, String message, List<String> next) {
    super(message);
    this.exit = exit;
    this.code = code;
    this.next = List.copyOf(next);
  }

  static NightRefused cannotWrite(
      java.nio.file.Path where, java.io.IOException cause, java.time.LocalDate night) {
    return new NightRefused(
        9,
        "CANNOT_WRITE",
        "cannot write to " + where + ": " + cause.getMessage(),
        List.of("free space or mend the permissions there", "./omnipoints restart " + night));
  }

  public int exit() {
    return exit;
  }

  public String code() {
    return code;
  }

  public List<String> next() {
    return next;
  }
}
