package omnipoints.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;

/** Where and with what a report was measured. */
final class Machine {

  private Machine() {}

  static String heading(Options options, Clock clock) {
    Runtime runtime = Runtime.getRuntime();
    return """
        # How fast a night is

        Written by `bench/run`; what it measures and how to repeat it says [bench/README.md](../bench/README.md).
        %s, %s %s, %d processors, %s, Java %s.

        `bench/run %s`

        """
        .formatted(
            LocalDate.now(clock),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            runtime.availableProcessors(),
            memory(),
            System.getProperty("java.version"),
            options.words());
  }

  private static String memory() {
    try {
      String total = Files.readAllLines(Path.of("/proc/meminfo")).get(0).replaceAll("\\D", "");
      return Math.round(Long.parseLong(total) / 1048576.0) + " GiB of memory";
    } catch (IOException e) {
      return "memory unknown";
    }
  }
}
