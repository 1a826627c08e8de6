package omnipoints.files;

import java.util.List;

/**
 * A file whose structure is damaged: nothing of it may be used. The message names file, line, rule
 * and next action.
 */
public final class DeliveryRefused extends RuntimeException {
  private final DeliveryOutcome outcome;
  private final transient List<String> next;

  public DeliveryRefused(DeliveryOutcome outcome, String message, List<String> next) {
    super(message);
    this.outcome = outcome;
    this.next = List.copyOf(next);
  }

  public DeliveryOutcome outcome() {
    return outcome;
  }

  /** What to do next, in words or as commands. */
  public List<String> next() {
    return next;
  }
}
