package omnipoints.console;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * What a command sees of the process it runs in; tests hand in their own.
 *
 * @param directory relative paths on the command line start here
 * @param out the result and nothing else, UTF-8
 * @param err progress, notes and failures for people, UTF-8
 */
record Surroundings(
    Path directory,
    InputStream in,
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    Clock clock,
    Screen screen) {

  /**
   * The process itself. Whatever a library prints to {@link System#out} goes to stderr from here
   * on.
   */
  static Surroundings ofThisProcess() {
    PrintStream out = stream(FileDescriptor.out, 1 << 16, false);
    PrintStream err = stream(FileDescriptor.err, 1 << 10, true);
    System.setOut(err);
    System.setErr(err);
    Map<String, String> environment = System.getenv();
    return new Surroundings(
        Path.of(""),
        System.in,
        out,
        err,
        environment,
        Clock.systemUTC(),
        Screen.ofThisProcess(environment));
  }

  /** False in tests: they have the process for themselves. */
  boolean isThisProcess() {
    return in == System.in;
  }

  Words words() {
    return Words.of(environment);
  }

  private static PrintStream stream(FileDescriptor descriptor, int buffer, boolean flush) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(descriptor), buffer),
        flush,
        StandardCharsets.UTF_8);
  }
}
