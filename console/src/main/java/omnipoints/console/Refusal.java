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
  private final transient List<LintFinding> findings;

  Refusal(int exit, String code, String message, List<String> next) {
    this(exit, code, message, next, null);
  }

  Refusal(int exit, String code, String message, List<String> next, List<LintFinding> findings) {
    super(message);
    this.exit = exit;
    this.code = code;
    this.next = List.copyOf(next);
    this.findings = findings;
  }

  Failure failure() {
    return new Failure(exit, code, getMessage(), next, findings);
  }
}
