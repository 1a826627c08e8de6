package omnipoints.routes;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.nio.file.attribute.PosixFilePermission.GROUP_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.OWNER_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import omnipoints.files.Junk;

/** Hands finished extracts over to a folder that others read. */
public final class Outbox {
  static final String MANIFEST = "manifest.json";

  private Outbox() {}

  /**
   * Copies the files of one extract folder, each as {@code .part}, forced to disk, compared byte by
   * byte, renamed; the manifest last, so whoever sees a manifest sees all it names. Repeating it
   * changes nothing. Files of the target that are not in the source stay.
   *
   * @param source the finished folder, flat
   * @param target created when missing; the same folder as {@code source} means there is nothing to
   *     do
   * @return the names now in the target that had to be copied, in the order of copying
   * @throws IOException naming the file, when either side fails or the copy differs
   */
  public static List<String> deliver(Path source, Path target) throws IOException {
    create(target.toAbsolutePath());
    List<String> copied = new ArrayList<>();
    if (Files.isSameFile(source, target)) {
      return copied;
    }
    for (Path file : manifestLast(source)) {
      Path delivered = target.resolve(file.getFileName().toString());
      if (!Files.isRegularFile(delivered) || Files.mismatch(file, delivered) >= 0) {
        replace(file, delivered);
        copied.add(file.getFileName().toString());
      }
    }
    Archive.force(target);
    return copied;
  }

  /** The finished files of a folder, in the order in which they are handed over. */
  static List<Path> manifestLast(Path source) throws IOException {
    try (Stream<Path> files = Files.list(source)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !Junk.is(file.getFileName().toString()))
          .sorted(
              Comparator.comparing((Path file) -> file.getFileName().toString().equals(MANIFEST))
                  .thenComparing(file -> file.getFileName().toString()))
          .toList();
    }
  }

  private static void replace(Path file, Path delivered) throws IOException {
    Path part = delivered.resolveSibling(delivered.getFileName() + ".part");
    try (FileChannel in = FileChannel.open(file);
        FileChannel out = FileChannel.open(part, CREATE, WRITE, TRUNCATE_EXISTING)) {
      for (long at = 0; at < in.size(); ) {
        at += in.transferTo(at, in.size() - at, out);
      }
      out.force(true);
    }
    open(part, delivered.toAbsolutePath().getParent());
    if (Files.mismatch(file, part) >= 0) {
      throw new IOException(
          "the copy of " + file + " at " + part + " differs from it; check the disk and repeat");
    }
    // The target's own entries must be durable before the manifest speaks of them.
    Files.move(
        part, delivered, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Archive.force(delivered.toAbsolutePath().getParent());
  }

  /** A folder of ours may be entered and read by whoever may enter and read the one above it. */
  private static void create(Path folder) throws IOException {
    if (Files.isDirectory(folder)) return;
    create(folder.getParent());
    OwnerOnly.folder(folder);
    Set<PosixFilePermission> permissions = OwnerOnly.readersOf(folder.getParent());
    permissions.addAll(Files.getPosixFilePermissions(folder));
    Files.setPosixFilePermissions(folder, permissions);
  }

  /** Whoever may read the folder is meant to read what is delivered there; only we write it. */
  private static void open(Path file, Path folder) throws IOException {
    Set<PosixFilePermission> permissions = OwnerOnly.readersOf(folder);
    permissions.removeAll(Set.of(OWNER_EXECUTE, GROUP_EXECUTE, OTHERS_EXECUTE));
    permissions.addAll(Set.of(OWNER_READ, OWNER_WRITE));
    Files.setPosixFilePermissions(file, permissions);
  }
}
