package omnipoints.jobs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.atomic.AtomicBoolean;
import omnipoints.sql.Database;

/**
 * A process of its own that runs a night and on the way dies as in a power cut, or stands still.
 */
final class CrashingNight {

  /** Before the name of a point: there the process is stopped (SIGSTOP), and does not die. */
  static final String STOP = "stop ";

  private CrashingNight() {}

  /**
   * Starts a night in a process of its own and returns when it has begun.
   *
   * @param errors where what it says to stderr goes
   */
  static Process start(TestHome home, String night, String point, ProcessBuilder.Redirect errors) {
    try {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx256m",
                  "-Xshare:auto",
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+UseSerialGC",
                  "-Dfile.encoding=UTF-8",
                  "-cp",
                  System.getProperty("java.class.path"),
                  CrashingNight.class.getName(),
                  home.dir.toString(),
                  home.database.url(),
                  night,
                  point)
              .redirectError(errors)
              .start();
      new BufferedReader(process.inputReader(StandardCharsets.UTF_8)).readLine();
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Arguments: home, JDBC URL, business date, crash point ("" runs to the end). Prints a line when
   * the night begins.
   */
  public static void main(String[] args) {
    try (Database database = Database.open(args[1])) {
      System.out.println("running");
      NightRequest request = NightRequest.of(LocalDate.parse(args[2]), Progress.SILENT);
      Nightly.run(Home.open(Path.of(args[0])), database, request.crashingAt(points(args[3])));
    }
  }

  private static CrashPoints points(String wanted) {
    if (!wanted.startsWith(STOP)) return CrashPoints.at(wanted);
    var stopped = new AtomicBoolean();
    return point -> {
      if (wanted.equals(STOP + point) && stopped.compareAndSet(false, true))
        signal("STOP", ProcessHandle.current().pid());
    };
  }

  static void signal(String name, long pid) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
