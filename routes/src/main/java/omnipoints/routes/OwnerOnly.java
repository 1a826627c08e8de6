package omnipoints.routes;

import static java.nio.file.attribute.PosixFilePermission.GROUP_WRITE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_WRITE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** What a home holds is about people: nobody but its owner may read it, whatever the umask is. */
public final class OwnerOnly {
  /** For files that are created. */
  public static final FileAttribute<Set<PosixFilePermission>> FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");

  private OwnerOnly() {}

  /** Creates the folder and those above it that are missing, each for the owner only. */
  public static Path folder(Path folder) throws IOException {
    return Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(FOLDER));
  }

  /** What others may do to a folder, but for writing. */
  static Set<PosixFilePermission> readersOf(Path folder) throws IOException {
    Set<PosixFilePermission> readers = EnumSet.copyOf(Files.getPosixFilePermissions(folder));
    readers.removeAll(Set.of(GROUP_WRITE, OTHERS_WRITE));
    return readers;
  }

  /** Takes a folder that is there already from everybody else. */
  public static void close(Path folder) throws IOException {
    Files.setPosixFilePermissions(folder, FOLDER);
  }
}
