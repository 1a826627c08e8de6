package omnipoints.jobs;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

  private static boolean ofAnotherProcess(Path part) {
    Matcher named = OF_A_PROCESS.matcher(part.getFileName().toString());
    if (!named.matches()) return false;
    long process = Long.parseLong(named.group(1));
    return process != ProcessHandle.current().pid()
        && ProcessHandle.of(process).map(ProcessHandle::isAlive).orElse(false);
  }
}
