package omnipoints.console;

import java.util.List;

/**
 * A command that cannot do what it was asked, with the exit code it ends with and what to type
 * next.
 */
final class Refusal extends RuntimeException {
  private final int exit;
  private final String code;
  private final transient List<String> next;

  Refusal(int exit, String code, String message, List<String> next) {
    super(message);
    this.exit = exit;
    this.code = code;
    this.next = List.copyOf(next);
  }

  Failure failure() {
    return new Failure(exit, code, getMessage(), next);
  }
}
