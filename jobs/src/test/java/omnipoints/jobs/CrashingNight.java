package omnipoints.jobs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import omnipoints.sql.Database;

/** A process of its own that runs a night and dies on the way as in a power cut. */
final class CrashingNight {

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
      Nightly.run(
          Home.open(Path.of(args[0])), database, request.crashingAt(CrashPoints.at(args[3])));
    }
  }
}
