package omnipoints.jobs.extract;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import omnipoints.routes.OwnerOnly;

/** Files that are written beside their place and renamed when they are whole. */
final class Parts {

  private static final Pattern OF_A_PROCESS = Pattern.compile(".*\\.(\\d+)\\.part");

  private Parts() {}

  /** Where this process writes what becomes the target; another process may be at the same. */
  static Path of(Path target) {
    long process = ProcessHandle.current().pid();
    return target.resolveSibling(target.getFileName() + "." + process + ".part");
  }

  /** Removes what killed processes left in a folder; parts of other living processes stay. */
  static void sweep(Path folder) throws IOException {
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, "*.part")) {
      for (Path part : parts) if (!ofAnotherProcess(part)) Files.deleteIfExists(part);
    }
  }

  /** Opens a file for its owner alone; what stood in it is gone. */
  static FileChannel create(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING),
        OwnerOnly.FILE);
  }

  /** Puts a whole file into its place at once. */
  static void rename(Path part, Path target) throws IOException {
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Forces the names in a folder to disk. */
  static void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder)) {
      channel.force(true);
    }
  }

  private static boolean ofAnotherProcess(Path part) {
    Matcher named = OF_A_PROCESS.matcher(part.getFileName().toString());
    if (!named.matches()) return false;
    long process = Long.parseLong(named.group(1));
    return process != ProcessHandle.current().pid()
        && ProcessHandle.of(process).map(ProcessHandle::isAlive).orElse(false);
  }
}
