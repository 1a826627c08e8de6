package omnipoints.routes;

/**
 * A file that a collection looked at and left where it lies.
 *
 * @param file printable, {@code <channel>/<shop>/<name>}: where it lies below the inbox, or what
 *     the server's would be
 * @param kind which rule left it
 * @param reason why, and what to do about it
 */
public record Left(String file, Notice.Kind kind, String reason) {}
