package omnipoints.routes;

import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** How faults of the platform are put into words. */
final class Faults {
  private Faults() {}

  /** The cause without class names where the platform's own message is already plain. */
  static String brief(Throwable cause) {
    if (cause instanceof NoSuchFileException e) {
      return e.getFile() + " does not exist";
    }
    if (cause instanceof AccessDeniedException e) {
      return e.getFile() + ": permission denied";
    }
    if (cause instanceof UnknownHostException e) {
      return "the host name " + e.getMessage() + " cannot be resolved";
    }
    if (cause instanceof FileSystemException e && e.getReason() != null) {
      return e.getReason();
    }
    if (cause instanceof IOException && cause.getMessage() != null) {
      return FileName.printable(cause.getMessage());
    }
    String message =
        cause.getMessage() == null ? "" : ": " + FileName.printable(cause.getMessage());
    return cause.getClass().getSimpleName() + message;
  }

  /** The first throwable of that type in the chain of causes, or null. */
  static <T extends Throwable> T find(Class<T> type, Throwable cause) {
    for (Throwable each = cause; each != null; each = each.getCause()) {
      if (type.isInstance(each)) {
        return type.cast(each);
      }
    }
    return null;
  }
}
