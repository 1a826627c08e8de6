package omnipoints.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Watches a PostgreSQL server, and one process beside it, from /proc while something runs: CPU time
 * and memory. Knows nothing (zeros) where there is no /proc.
 */
final class Meter implements AutoCloseable {

  private static final long EVERY_NANOS = 100_000_000;
  private static final long TICKS_PER_SECOND = 100;

  private final long server;
  private final long serverTicks;
  private final long started = System.nanoTime();
  private final Thread watching;
  private volatile boolean stopped;
  private volatile long process;
  private volatile long processTicks;
  private volatile long serverPrivate;
  private volatile long processResident;

  Meter(long serverPid) {
    server = serverPid;
    serverTicks = serverTicks();
    watching = new Thread(this::watch, "meter");
    watching.setDaemon(true);
    watching.start();
  }

  /** Also watches this process, from now on. */
  void process(long pid) {
    process = pid;
  }

  /**
   * What was seen.
   *
   * @param serverPrivate most memory all processes of the server had for themselves, bytes; shared
   *     buffers are not in it
   * @param processResident most memory the other process held, bytes
   */
  record Seen(
      double seconds,
      double serverCpu,
      double processCpu,
      long serverPrivate,
      long processResident) {}

  Seen stop() {
    double seconds = (System.nanoTime() - started) / 1e9;
    close();
    return new Seen(
        seconds,
        (serverTicks() - serverTicks) / (double) TICKS_PER_SECOND,
        processTicks / (double) TICKS_PER_SECOND,
        serverPrivate,
        processResident);
  }

  @Override
  public void close() {
    stopped = true;
    LockSupport.unpark(watching);
    try {
      watching.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void watch() {
    while (!stopped) {
      look();
      LockSupport.parkNanos(EVERY_NANOS);
    }
  }

  private void look() {
    long bytes = 0;
    for (long pid : backends()) bytes += status(pid, "RssAnon:");
    serverPrivate = Math.max(serverPrivate, bytes);
    if (process == 0) return;
    processTicks = Math.max(processTicks, ticks(process, 13) + ticks(process, 14));
    processResident = Math.max(processResident, status(process, "VmHWM:"));
  }

  /** The postmaster's own time, that of its children that ended, and that of those that live. */
  private long serverTicks() {
    long sum = 0;
    for (int field = 13; field <= 16; field++) sum += ticks(server, field);
    for (long pid : backends()) if (pid != server) sum += ticks(pid, 13) + ticks(pid, 14);
    return sum;
  }

  private List<Long> backends() {
    return ProcessHandle.of(server)
        .map(handle -> Stream.concat(Stream.of(handle), handle.children()))
        .orElse(Stream.empty())
        .map(ProcessHandle::pid)
        .toList();
  }

  /** A field of /proc/PID/stat, counted from 0; the name, which may hold blanks, is field 1. */
  private static long ticks(long pid, int field) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[field - 2]);
    } catch (IOException e) {
      return 0; // it ended
    }
  }

  private static long status(long pid, String key) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      return lines
          .filter(line -> line.startsWith(key))
          .map(line -> line.replaceAll("\\D", ""))
          .mapToLong(Long::parseLong)
          .map(kib -> kib << 10)
          .findFirst()
          .orElse(0);
    } catch (IOException | java.io.UncheckedIOException e) {
      return 0;
    }
  }
}
