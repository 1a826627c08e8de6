package omnipoints.jobs;

import java.util.List;

/**
 * Channels that a night is closed without, though it expected something of them. What of them has
 * come is used all the same; what comes late is booked by the next night.
 *
 * @param channels codes, sorted
 * @param reason why, in the words of who decided it
 */
public record Without(List<String> channels, String reason) {

  /** Everything that is expected is waited for. */
  public static final Without NOTHING = new Without(List.of(), "");

  /** What the close says of it, empty if there is nothing to say. */
  String said() {
    return channels.isEmpty() ? "" : "without " + String.join(", ", channels) + ": " + reason;
  }
}
