package omnipoints.routes;

/**
 * A source that could not be collected, wholly or from some file on. What it brought before counts,
 * and other sources went on. An environment failure: exit code 9.
 *
 * @param kind what stood in the way
 * @param channel channel code
 * @param message channel, host, port, user, secret file names and the cause; never a secret
 * @param next what to do next
 */
public record SourceFailure(Kind kind, String channel, String message, String next) {

  /** Closed list. */
  public enum Kind {
    LOGIN_REFUSED(false),
    HOST_KEY_CHANGED(false),
    HOST_KEY_UNKNOWN(false),
    /** The two sides share no algorithm. */
    NO_COMMON_ALGORITHM(false),
    /** A secret file is missing, empty or unusable. */
    SECRET_UNREADABLE(false),
    /** No connection, or it was lost. */
    UNREACHABLE(true),
    /** Fewer or more bytes came than the listing promised. */
    DOWNLOAD_CUT(true),
    /** The folder does not exist or may not be read. */
    SOURCE_UNREADABLE(false),
    /** Our own archive cannot be written: disk full, read-only, no permission. */
    ARCHIVE_UNWRITABLE(false),
    /** The arrival could not be registered; its file stays in its source. */
    NOT_REGISTERED(false),
    /** Anything we did not foresee. */
    UNEXPECTED(false);

    private final boolean passing;

    Kind(boolean passing) {
      this.passing = passing;
    }

    /**
     * Whether trying again soon may help; never so for logins and host keys, which would lock
     * accounts.
     */
    boolean passing() {
      return passing;
    }

    /** Whether asking the server again is wrong until somebody has looked. */
    boolean needsOperator() {
      return switch (this) {
        case LOGIN_REFUSED,
            HOST_KEY_CHANGED,
            HOST_KEY_UNKNOWN,
            NO_COMMON_ALGORITHM,
            SECRET_UNREADABLE ->
            true;
        case UNREACHABLE,
            DOWNLOAD_CUT,
            SOURCE_UNREADABLE,
            ARCHIVE_UNWRITABLE,
            NOT_REGISTERED,
            UNEXPECTED ->
            false;
      };
    }
  }

  /** One line: {@code KIND message; next}. */
  public String text() {
    return kind + " " + message + "; " + next;
  }
}
