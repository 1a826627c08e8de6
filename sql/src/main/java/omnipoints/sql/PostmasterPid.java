package omnipoints.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the server itself writes into its data directory while it runs ({@code postmaster.pid}).
 *
 * @param status {@code starting}, {@code ready}, {@code stopping} …; empty in the first moments
 */
record PostmasterPid(long pid, Instant started, int port, String status) {

  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(30);

  // Larger than any process number a system hands out.
  private static final String NOBODY = "99999999";

  static Optional<PostmasterPid> in(Path data) {
    try {
      List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
      long pid = Long.parseLong(line(lines, 0));
      Instant started = Instant.ofEpochSecond(Long.parseLong(line(lines, 2)));
      int port = line(lines, 3).isEmpty() ? 0 : Integer.parseInt(line(lines, 3));
      return Optional.of(new PostmasterPid(pid, started, port, line(lines, 7)));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static String line(List<String> lines, int index) {
    return index < lines.size() ? lines.get(index).strip() : "";
  }

  /**
   * True if the process that wrote the file still runs; a number that was given to another process
   * does not count.
   */
  boolean alive() {
    Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
    if (process.isEmpty() || isZombie()) return false;
    ProcessHandle.Info info = process.get().info();
    if (info.command().isPresent() && !info.command().get().endsWith("postgres")) return false;
    return info.startInstant()
        .map(start -> Duration.between(start, started).abs().compareTo(CLOCK_TOLERANCE) < 0)
        .orElse(true);
  }

  // Containers without an init leave killed orphans behind; they hold a number but no longer run.
  private boolean isZombie() {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return stat.substring(stat.lastIndexOf(')') + 1).strip().startsWith("Z");
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Lets a server start although a number in the file of a dead one is taken by some other process
   * or a zombie. The rest of the file stays: by it the server checks that no child of the dead one
   * is left.
   */
  static void disown(Path data) throws IOException {
    Path file = data.resolve("postmaster.pid");
    List<String> lines = new java.util.ArrayList<>(Files.readAllLines(file));
    if (lines.isEmpty()) return;
    lines.set(0, NOBODY);
    Files.write(file, lines);
  }
}
