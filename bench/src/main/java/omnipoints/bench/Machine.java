package omnipoints.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;

/** Where and with what a report was measured. */
final class Machine {

  private Machine() {}

  /**
   * The head of a part of a report.
   *
   * @param title its line, with the marks of a heading
   * @param command what was run, with its words
   */
  static String heading(String title, String command, Clock clock) {
    Runtime runtime = Runtime.getRuntime();
    return """
        %s

        Written by `%s`; what it measures and how to repeat it says [bench/README.md](../bench/README.md).
        %s, %s %s, %d processors, %s, Java %s.

        `%s`

        """
        .formatted(
            title,
            command.split(" ")[0],
            LocalDate.now(clock),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            runtime.availableProcessors(),
            memory(),
            System.getProperty("java.version"),
            command);
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
