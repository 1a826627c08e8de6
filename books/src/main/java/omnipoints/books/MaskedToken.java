package omnipoints.books;

/**
 * A token as people see it.
 *
 * @param channel empty for kinds valid on every channel
 * @param masked the value; phones without their middle
 */
public record MaskedToken(String kind, String channel, String masked) {}
