package omnipoints.jobs;

import java.nio.file.Path;
import java.time.LocalDate;
import omnipoints.sql.Database;

/** A process of its own that runs a night and dies on the way as in a power cut. */
final class CrashingNight {

  private CrashingNight() {}

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
