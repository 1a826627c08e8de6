package omnipoints.routes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** The files of {@code home/secrets}, by name. */
final class Secrets {
  private final Path dir;

  Secrets(Path dir) {
    this.dir = dir;
  }

  /** A secret is missing or unusable; the message names the file, never its content. */
  static final class Unusable extends RuntimeException {
    Unusable(String message) {
      super(message);
    }
  }

  /** The file of that name; it need not exist. */
  Path file(String name) {
    FileName.fault(name)
        .ifPresent(
            fault -> {
              throw new Unusable(
                  "the secret file name " + FileName.printable(name) + " is not usable: " + fault);
            });
    return dir.resolve(name);
  }

  /** The file of that name, which must be readable. */
  Path existing(String name) {
    Path file = file(name);
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new Unusable("the secret file " + file + " does not exist or may not be read");
    }
    return file;
  }

  /** The password in that file: its content without the line end. */
  String password(String name) {
    Path file = existing(name);
    try {
      String password = Files.readString(file, StandardCharsets.UTF_8).replaceFirst("\\R\\z", "");
      if (password.isEmpty()) {
        throw new Unusable("the secret file " + file + " is empty");
      }
      return password;
    } catch (IOException e) {
      // The exception is left out on purpose: a decoder may quote what it could not decode.
      throw new Unusable("the secret file " + file + " is not readable text in UTF-8");
    }
  }

  /** Whether others than the owner may read the file, as far as this file system tells. */
  boolean isExposed(String name) {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file(name));
      return permissions.contains(PosixFilePermission.GROUP_READ)
          || permissions.contains(PosixFilePermission.OTHERS_READ);
    } catch (IOException | UnsupportedOperationException unknown) {
      return false;
    }
  }
}
