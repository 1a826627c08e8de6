package omnipoints.sql;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Runs a short command and reads what it prints. */
final class Shell {

  /** Exit code 127 also stands for "no such program". */
  record Result(int exit, String output) {}

  private Shell() {}

  static ProcessBuilder prepared(List<String> command, Path directory) {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    if (directory != null) builder.directory(directory.toFile());
    // Messages are read by us, and the servers of macOS need a locale they know.
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("PG") || name.startsWith("LC_") || name.equals("LANG"));
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("TZ", "UTC");
    return builder;
  }

  static Result run(List<String> command, Path directory) {
    try {
      Process process = prepared(command, directory).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Result(process.waitFor(), output);
    } catch (IOException e) {
      return new Result(127, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Result(130, "interrupted");
    }
  }
}
