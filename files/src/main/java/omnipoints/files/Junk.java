package omnipoints.files;

import java.util.Locale;
import java.util.Set;

/** Names that say that nobody meant to send the file, or that it is not finished. */
public final class Junk {
  private static final Set<String> UNFINISHED =
      Set.of(".tmp", ".part", ".filepart", ".crdownload", ".swp", "~");
  private static final Set<String> OF_FILE_MANAGERS = Set.of("thumbs.db", "desktop.ini");

  private Junk() {}

  /**
   * Whether a base name is hidden, the lock or backup of an editor, a file manager's own, or that
   * of a file still being written. One that begins with two dots is no hidden file but an attempt.
   */
  public static boolean is(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return name.startsWith(".") && !name.startsWith("..")
        || name.startsWith("~$")
        || OF_FILE_MANAGERS.contains(lower)
        || UNFINISHED.stream().anyMatch(lower::endsWith);
  }
}
