package omnipoints.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How the product is called. */
interface Launcher {

  /**
   * Who looks on while a night runs.
   *
   * @param gc where the JVM writes what its collector does
   * @param live whether it collects everything again and again, to see what lives
   */
  record Watch(Meter meter, Path gc, boolean live) {}

  /**
   * Runs one verb.
   *
   * @param out where stdout goes
   * @param log where stderr goes
   * @param watch null for verbs nobody measures
   * @return its exit code
   */
  int run(List<String> arguments, Path out, Path log, Watch watch) throws IOException;

  /** The way people call it: a command in a process of its own. */
  static Launcher of(List<String> command) {
    return (arguments, out, log, watch) -> {
      List<String> words = new ArrayList<>(command);
      words.addAll(arguments);
      ProcessBuilder builder =
          new ProcessBuilder(words).redirectOutput(out.toFile()).redirectError(log.toFile());
      if (watch != null) {
        builder
            .environment()
            .merge("JAVA_OPTS", "-Xlog:gc:file=" + watch.gc(), (given, ours) -> given + " " + ours);
      }
      Process process = builder.start();
      if (watch != null) watch.meter().process(process.pid());
      Collecting live = watch != null && watch.live() ? new Collecting(process.pid()) : null;
      try {
        return process.waitFor();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      } finally {
        if (live != null) live.close();
      }
    };
  }
}
