package omnipoints.routes;

/**
 * Something an operator should know that stops nothing.
 *
 * @param kind which rule spoke
 * @param channel channel code, or "" when none is known
 * @param shop shop, or null
 * @param file printable file or folder name
 * @param message what is so, with the values compared
 * @param next what to do about it
 */
public record Notice(
    Kind kind, String channel, String shop, String file, String message, String next) {

  /** Closed list. */
  public enum Kind {
    /** A folder of the inbox belongs to no configured channel. */
    UNKNOWN_CHANNEL,
    /** A file or folder lies where none is looked for. */
    MISPLACED,
    /** By its name nobody meant to send it, or it is not finished. */
    JUNK,
    /** A link or a special file: never followed. */
    NOT_A_FILE,
    /** The {@code .done} names other bytes than the file has. */
    HASH_DIFFERS,
    /** The {@code .done} is neither empty nor a SHA-256. */
    BAD_MARKER,
    /** The file changed, or came, while we looked: left for the next poll. */
    NOT_SETTLED,
    /** The name is not fit to be used; the bytes are archived unless the text says otherwise. */
    EVIL_NAME,
    /** Larger than the limit. */
    TOO_LARGE,
    /** No bytes. */
    EMPTY,
    /** Archived, but the original could not be removed; it will come again as a duplicate. */
    NOT_REMOVED,
    /** A secret file may be read by other users. */
    SECRET_EXPOSED,
    /** A message that a platform pushed, or somebody in its place, was not taken. */
    PUSH_REFUSED,
    /** A passing fault; tried again. */
    RETRYING
  }

  /** One line: {@code channel/shop/file: message; next}. */
  public String text() {
    return where() + ": " + message + "; " + next;
  }

  /** {@code channel/shop/file}. */
  String where() {
    StringBuilder where = new StringBuilder(channel);
    for (String part : new String[] {shop, file}) {
      if (part != null && !part.isEmpty()) {
        where.append(where.isEmpty() ? "" : "/").append(part);
      }
    }
    return where.toString();
  }

  static Notice junk(String channel, String shop, String file) {
    return new Notice(
        Kind.JUNK,
        channel,
        shop,
        file,
        "by its name it is junk or unfinished (hidden, temporary, or an editor's own), so nobody takes it",
        "remove it, or rename it if it is a delivery");
  }
}
